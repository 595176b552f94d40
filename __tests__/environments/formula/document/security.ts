/** Sections 4 and 10 of Formula's document: security, and risks. */
import { differs, holds, names, type Row, type Value } from "./row";

/** TLS 1.2 and 1.3. */
const TLS = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
const PAGE = "docs/systems/formula.md";

export const SECURITY: readonly Row[] = [
  names("4.1.1.1-2 4.1.1.4", "sign-in of users: its name and scope"),
  holds(
    "4.1.1.3",
    "Cognito user pools",
    ["prod", "users.aws_cognito_user_pool.this", "deletion_protection", "ACTIVE"],
    ["prod", 'users.aws_cognito_identity_provider.saml["Corporate"]', "provider_type", "SAML"],
  ),
  names("4.1.2.1-2 4.1.2.4", "sign-in of people to AWS: its name and scope"),
  holds(
    "4.1.2.3",
    "MFA for people with access to the console",
    "trust-users-with-mfa",
    "__tests__/environments/formula/organization.test.ts",
  ),
  holds("4.2", "roles of users in the application, IAM roles between services", "prod/blue_task", `${PAGE}#database`),
  differs(
    "4.3",
    "certificates of an external authority, renewed and monitored",
    "ACM is a public authority that renews by itself; an alarm says when it did not",
    "prod/certificate",
    ...["api", "origin", "sign-in", "website"].map(
      (name): Value => [
        "prod",
        `alarms.aws_cloudwatch_metric_alarm.this["${name}-certificate-expires"]`,
        "metric_name",
        "DaysToExpiry",
      ],
    ),
  ),
  names("4.4.1.1 4.4.1.4 4.4.2.1 4.4.2.4", "encryption: its scopes and frameworks"),
  holds(
    "4.4.1.2-3",
    "AES-256 at rest with keys of KMS",
    ["prod", "database.aws_db_instance.this", "storage_encrypted", true],
    "rds-encrypted",
    "s3-encrypted",
  ),
  holds(
    "4.4.2.2",
    "TLS 1.2 at least",
    "lb-listener-tls-policy",
    ["prod", "blue_load_balancer.aws_lb_listener.https", "ssl_policy", TLS],
    ["prod", "green_load_balancer.aws_lb_listener.https", "ssl_policy", TLS],
    ["prod", "site.aws_cloudfront_distribution.this", "viewer_certificate.minimum_protocol_version", "TLSv1.2_2021"],
    ["prod", "api.aws_api_gateway_domain_name.this", "security_policy", "TLS_1_2"],
  ),
  differs(
    "4.4.2.2",
    "TLS 1.3 preferred",
    "provider 5.100.0 has no policy with TLS 1.3 for a domain of API Gateway; the load balancers have 1.2 and 1.3",
    ["prod", "api.aws_api_gateway_domain_name.this", "security_policy", "TLS_1_2"],
  ),
  holds("4.4.2.3", "certificates of ACM", "prod/certificate", "prod/api_certificate", "prod/website_certificate"),
  names("4.5.1.1-3", "security groups: their kind and scope"),
  ...(["dev", "staging", "prod"] as const).flatMap((name) => [
    holds("4.5.1.4", `${name}: load balancer to tasks on the port of the application`, [
      name,
      'security_groups.aws_vpc_security_group_ingress_rule.this["load-balancer-to-tasks-3000"]',
      "from_port",
      3000,
    ]),
    holds("4.5.1.4", `${name}: tasks to the database on its port`, [
      name,
      'security_groups.aws_vpc_security_group_ingress_rule.this["tasks-to-database-5432"]',
      "from_port",
      5432,
    ]),
  ]),
  names("4.5.2.1 4.5.2.3", "WAF: its kind and scope"),
  holds(
    "4.5.2.2",
    "WAF at CloudFront and API Gateway of prod",
    ["prod", "web_acl.aws_wafv2_web_acl_association.this", "resource_arn", "api.aws_api_gateway_stage.this.arn"],
    ["prod", "site.aws_cloudfront_distribution.this", "web_acl_id", "website_web_acl.aws_wafv2_web_acl.this.arn"],
  ),
  holds(
    "4.5.2.4",
    "managed rules for SQL injection and XSS, a rule by rate",
    "web-acl-rules",
    ...(["web_acl", "website_web_acl"] as const).flatMap((acl): Value[] => [
      ["prod", acl, "rules.sql-injection.managed_rule_group.name", "AWSManagedRulesSQLiRuleSet"],
      ["prod", acl, "rules.common.managed_rule_group.name", "AWSManagedRulesCommonRuleSet"],
      ["prod", acl, "rules.rate-limit.requests_per5_minutes", 2000],
    ]),
  ),
  holds(
    "4.6",
    "data of people is masked by a program, for staging",
    "environments/formula/sanitisation/mask.ts",
    "staging/masked_import",
    "prod/masking_share",
  ),
  holds(
    "4.7",
    "Shield Advanced in prod",
    "accounts/formula-prod/shield",
    [
      "prod",
      'shield.aws_shield_protection.this["website"]',
      "resource_arn",
      "site.aws_cloudfront_distribution.this.arn",
    ],
    ["prod", 'shield.aws_shield_protection.this["blue"]', "resource_arn", "blue_load_balancer.aws_lb.this.arn"],
    ["prod", 'shield.aws_shield_protection.this["green"]', "resource_arn", "green_load_balancer.aws_lb.this.arn"],
  ),
  names("4.8.1.1", "scans of vulnerabilities"),
  holds(
    "4.8.1.2-3",
    "scans of images and of packages on each push",
    "ecr-scanned",
    ["prod", 'images.aws_ecr_repository.this["api"]', "image_scanning_configuration.scan_on_push", true],
    ".github/workflows/analyze.yml",
    ".github/workflows/service.yml",
  ),
  holds(
    "4.8.1.4",
    "findings of scans are alerts",
    "prod/scan_alerts",
    ...(["dev", "staging", "prod"] as const).map(
      (name): Value => [name, "scan_alerts.aws_cloudwatch_event_target.this", "arn", "alerts.aws_sns_topic.this.arn"],
    ),
    "__tests__/environments/formula/findings.test.ts",
  ),
  names("4.8.2.1", "collection of events"),
  holds(
    "4.8.2.2",
    "GuardDuty; trails and flow logs of all accounts in the security account",
    "accounts/formula-security/threats",
    ["accounts/formula-security", "trail.aws_cloudtrail.this", "is_organization_trail", true],
    "accounts/formula-security/sink",
    ...["dev", "staging", "prod"].map(
      (name): Value => [
        `accounts/formula-${name}`,
        "link",
        "sink_arn",
        "arn:aws:oam:us-east-1:161616161616:sink/00000000-0000-4000-8000-000000000001",
      ],
    ),
  ),
  holds(
    "4.8.2.3-4",
    "continuously, with alerts of all accounts",
    "accounts/formula-security/findings_alerts",
    ["accounts/formula-prod", "threats.aws_cloudwatch_event_target.finding", "arn", "alerts.aws_sns_topic.this.arn"],
    "__tests__/environments/formula/findings.test.ts",
  ),
  holds(
    "4.9",
    "backups encrypted, restricted by IAM, tested each quarter",
    "accounts/formula-prod/backup_access",
    ["dr", "restore_test.aws_scheduler_schedule.this", "schedule_expression", "cron(0 16 5 1,4,7,10 ? *)"],
    ["prod", "database.aws_db_instance.this", "storage_encrypted", true],
  ),
  holds(
    "4.10",
    "GDPR: encryption, access, masking, erasure",
    "prod/erasure",
    "prod/log_masking",
    "environments/formula/retention.ts",
  ),
  names("10.1.1-3", "risk of data that leaks: its weight"),
  holds(
    "10.1.4",
    "separate accounts and a masking pipeline against leaks",
    "environments/isolation.ts",
    "__tests__/environments/mutation/isolation.test.ts",
  ),
  holds(
    "10.1.5",
    "plan for an incident: revoke credentials, rebuild",
    `${PAGE}#incidents`,
    `${PAGE}#revoke-every-credential-of-production`,
    "__tests__/environments/formula/incidents.test.ts",
  ),
  names("10.2.1-3", "risk of costs: its weight"),
  holds(
    "10.2.4",
    "budgets with alerts, reviews of costs",
    ["accounts/formula-dev", "budget", "monthly_usd", 300],
    ["accounts/formula-staging", "budget", "monthly_usd", 1500],
    ["accounts/formula-prod", "budget", "monthly_usd", 4000],
    ["accounts/formula-management", "cost_anomalies", "impact_usd", 50],
    [
      "accounts/formula-management",
      "cost_review.aws_scheduler_schedule.this",
      "schedule_expression",
      "cron(0 7 2 * ? *)",
    ],
  ),
  holds("10.2.5", "scaling down by hand", "lib/cli/scale.ts", "docs/delivery.md#scale-down-by-hand", `${PAGE}#costs`),
];
