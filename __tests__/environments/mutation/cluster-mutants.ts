/** Mutants of Kubernetes clusters, their nodes, and the roles of service accounts. */
import { inFile, type Mutant, ofModule, PERSON } from "./mutant";

const CLUSTER = "resource.aws_eks_cluster.this";
const TEMPLATE = "resource.aws_launch_template.this";

export const CLUSTER_MUTANTS: readonly Mutant[] = [
  ...ofModule("eks-cluster", {
    "eks-endpoint-private": [`${CLUSTER}.vpc_config.endpoint_public_access`, true],
    "eks-secrets-encrypted": [`${CLUSTER}.encryption_config`],
    "eks-logs": [`${CLUSTER}.enabled_cluster_log_types`, ["api", "audit"]],
    "eks-access-entries": [`${CLUSTER}.access_config.bootstrap_cluster_creator_admin_permissions`, true],
    "eks-standard-support": [`${CLUSTER}.upgrade_policy.support_type`, "EXTENDED"],
    "eks-destroy-prevented": [`${CLUSTER}.lifecycle`],
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.control_plane.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.control_plane.retention_in_days"],
    "trust-named-principals": ["locals.trust.Statement.0.Principal", "*"],
    "eks-one-administrator": [
      "resource.aws_eks_access_policy_association.this.policy_arn",
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    ],
  }),
  ...ofModule("eks-node-group", {
    "eks-nodes-from-template": ["resource.aws_eks_node_group.this.remote_access", [{ ec2_ssh_key: "key" }]],
    "instance-metadata-v2": [`${TEMPLATE}.metadata_options.http_tokens`, "optional"],
    "instance-metadata-one-hop": [`${TEMPLATE}.metadata_options.http_put_response_hop_limit`, 2],
    "instance-disk-encrypted": [`${TEMPLATE}.block_device_mappings.0.ebs.encrypted`, "false"],
    "no-secrets-in-user-data": [
      `${TEMPLATE}.user_data`,
      Buffer.from("#!/bin/sh\nexport DB_PASSWORD=swordfish\n").toString("base64"),
    ],
    "instance-no-public-address": [`${TEMPLATE}.network_interfaces`, [{ associate_public_ip_address: "true" }]],
  }),
  ...ofModule("eks-addons", {
    "eks-addons-pinned": ["resource.aws_eks_addon.this.addon_version"],
  }),
  ...ofModule("irsa-role", {
    "trust-service-account": [
      ["locals", "trust", "Statement", 0, "Condition", "StringEquals", "${var.issuer}:sub"],
      "system:serviceaccount:${var.namespace}:*",
    ],
    "iam-people-bounded": [
      "resource.aws_iam_role.this",
      role({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }, null),
    ],
    "trust-users-with-mfa": ["resource.aws_iam_role.this", role({}, "arn:aws:iam::111111111111:policy/boundary")],
  }),
  ...inFile("<root>/main.tf.json", {
    "ingress-from-anywhere": ["module.security_groups.connections.cluster-to-database-5432.from", "internet"],
    "egress-to-anywhere": ["module.security_groups.connections.runner-to-endpoints-443.to", "internet"],
  }),
];

/** A role that a person assumes. */
function role(condition: object, permissions_boundary: string | null) {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: PERSON }, ...condition };
  const assume_role_policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return { name: "${var.name}", permissions_boundary, assume_role_policy };
}
