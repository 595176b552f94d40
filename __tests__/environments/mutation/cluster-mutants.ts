/** Mutants of Kubernetes clusters, their nodes, and the roles of service accounts. */
import { type Mutant, ofModule } from "./mutant";

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
  }),
];
