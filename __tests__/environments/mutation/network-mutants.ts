/** Mutants of networks: flow logs and their role, certificates, and connections of security groups. */
import { type Mutant, ofModule } from "./mutant";
import { ANYWHERE, ROLES } from "./role-mutants";

const ALL = { security_group_id: "sg-0123456789abcdef0", cidr_ipv4: "0.0.0.0/0", description: "Anybody" };

export const NETWORK_MUTANTS: readonly Mutant[] = [
  ...ofModule("vpc", {
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.flow_logs.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.flow_logs.retention_in_days"],
    "iam-people-bounded": ROLES["iam-people-bounded"],
    "trust-named-principals": ROLES["trust-named-principals"],
    "trust-users-with-mfa": ROLES["trust-users-with-mfa"],
    "no-secret-values-in-state": ANYWHERE["no-secret-values-in-state"],
  }),
  ...ofModule("acm-certificate", {
    // Alarms watch the certificates of the module in some roots.
    "certificate-renewed": [
      "resource.aws_acm_certificate.extra",
      { domain_name: "extra.example", validation_method: "EMAIL" },
    ],
  }),
  ...ofModule("security-groups", {
    "ingress-from-anywhere": [
      "resource.aws_vpc_security_group_ingress_rule.extra",
      { ...ALL, ip_protocol: "tcp", from_port: 22, to_port: 22 },
    ],
    "egress-to-anywhere": ["resource.aws_vpc_security_group_egress_rule.extra", { ...ALL, ip_protocol: "-1" }],
  }),
];
