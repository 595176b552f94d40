import { KUBERNETES_CLUSTERS } from "../../../../lib/judgement/guardrails/clusters";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const cluster = (values: Values) => [resourceOf("aws_eks_cluster", values)];
const network = (values: Values) => cluster({ vpc_config: [{ endpoint_private_access: true, ...values }] });
const encrypted = (resources: HclValue, key: HclValue) =>
  cluster({ encryption_config: [{ resources, provider: [{ key_arn: key }] }] });
const KEY = new Reference("module.key.aws_kms_key.this", "arn");
const ENTRIES = { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false };
const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const association = (name: string, policyArn: HclValue) =>
  resourceOf("aws_eks_access_policy_association", { policy_arn: policyArn }, { name });
const nodes = (values: Values) => [resourceOf("aws_eks_node_group", values)];
const TEMPLATE = {
  launch_template: [{ id: "lt-1", version: new Reference("aws_launch_template.this", "latest_version") }],
};
const template = (options: Values) => [resourceOf("aws_launch_template", { metadata_options: [options] })];
const addon = (values: Values) => [resourceOf("aws_eks_addon", { addon_version: "v1.22.4-eksbuild.3", ...values })];
const cni = (configuration: HclValue) => addon({ addon_name: "vpc-cni", configuration_values: configuration });

proveRows(KUBERNETES_CLUSTERS, {
  "eks-endpoint-private": [
    ["holds if the endpoint is private", network({ endpoint_public_access: false }), "holds"],
    [
      "holds for narrow blocks",
      network({ endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/28"] }),
      "holds",
    ],
    [
      "is broken if nothing is set",
      network({}),
      "broken: vpc_config.endpoint_public_access = null and vpc_config.public_access_cidrs = null",
    ],
    [
      "is broken for two halves of the internet",
      network({ endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/1", "128.0.0.0/1"] }),
      'broken: vpc_config.endpoint_public_access = true and vpc_config.public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]',
    ],
    [
      "is broken if nodes use the internet",
      network({ endpoint_private_access: false, endpoint_public_access: false }),
      "broken: vpc_config.endpoint_private_access = false",
    ],
    [
      "is unknown if the blocks are",
      network({ endpoint_public_access: true, public_access_cidrs: new Unknown() }),
      "unknown: vpc_config.public_access_cidrs = (known after apply)",
    ],
  ],
  "eks-secrets-encrypted": [
    ["holds with a key of the account", encrypted(["secrets"], KEY), "holds"],
    ["is broken without a key", cluster({}), "broken: encryption_config.resources = null"],
    ["is broken for other resources", encrypted([], KEY), "broken: encryption_config.resources = []"],
    [
      "is broken with a key of AWS",
      encrypted(["secrets"], "alias/aws/eks"),
      'broken: encryption_config.provider.key_arn = "alias/aws/eks"',
    ],
  ],
  "eks-logs": [
    ["holds with these logs", cluster({ enabled_cluster_log_types: ["audit", "api", "authenticator"] }), "holds"],
    [
      "is broken without the audit log",
      cluster({ enabled_cluster_log_types: ["api", "authenticator"] }),
      'broken: enabled_cluster_log_types = ["api", "authenticator"]',
    ],
    ["is broken without logs", cluster({}), "broken: enabled_cluster_log_types = null"],
  ],
  "eks-access-entries": [
    ["holds with entries alone", cluster({ access_config: [ENTRIES] }), "holds"],
    ["is broken by default", cluster({}), "broken: access_config.authentication_mode = null"],
    [
      "is broken with the ConfigMap",
      cluster({ access_config: [{ ...ENTRIES, authentication_mode: "API_AND_CONFIG_MAP" }] }),
      'broken: access_config.authentication_mode = "API_AND_CONFIG_MAP"',
    ],
    [
      "is broken if the creator administers",
      cluster({ access_config: [{ ...ENTRIES, bootstrap_cluster_creator_admin_permissions: true }] }),
      "broken: access_config.bootstrap_cluster_creator_admin_permissions = true",
    ],
  ],
  "eks-standard-support": [
    [
      "holds in standard support",
      cluster({ version: "1.36", upgrade_policy: [{ support_type: "STANDARD" }] }),
      "holds",
    ],
    ["is broken by default", cluster({ version: "1.36" }), "broken: upgrade_policy.support_type = null"],
    [
      "is broken without a version",
      cluster({ upgrade_policy: [{ support_type: "STANDARD" }] }),
      "broken: version = null",
    ],
  ],
  "eks-destroy-prevented": [
    [
      "holds with prevent_destroy",
      [resourceOf("aws_eks_cluster", {}, { lifecycle: { prevent_destroy: true } })],
      "holds",
    ],
    ["is broken without", cluster({}), "broken: lifecycle.prevent_destroy = null"],
  ],
  "eks-one-administrator": [
    [
      "holds for one administrator and others",
      [
        association("apply", policy("AmazonEKSClusterAdminPolicy")),
        association("people", policy("AmazonEKSViewPolicy")),
        resourceOf("aws_eks_access_entry", { kubernetes_groups: ["viewers"] }),
      ],
      "holds",
      "holds",
      "holds",
    ],
    [
      "is broken for two, for each of them",
      [
        association("apply", policy("AmazonEKSClusterAdminPolicy")),
        association("people", policy("AmazonEKSClusterAdminPolicy")),
      ],
      `broken: policy_arn = "${policy("AmazonEKSClusterAdminPolicy")}", which module.call.aws_eks_access_policy_association.people has as well`,
      `broken: policy_arn = "${policy("AmazonEKSClusterAdminPolicy")}", which module.call.aws_eks_access_policy_association.apply has as well`,
    ],
    [
      "is broken for a group of administrators",
      [resourceOf("aws_eks_access_entry", { kubernetes_groups: ["system:masters"] })],
      'broken: kubernetes_groups = ["system:masters"]',
    ],
    [
      "is unknown if the policy is",
      [association("people", new Unknown())],
      "unknown: policy_arn = (known after apply)",
    ],
  ],
  "eks-nodes-from-template": [
    ["holds with a template", nodes(TEMPLATE), "holds"],
    ["is broken without", nodes({}), "broken: launch_template.version = null"],
    [
      "is broken with an SSH key",
      nodes({ ...TEMPLATE, remote_access: [{ ec2_ssh_key: "key" }] }),
      'broken: remote_access = [{"ec2_ssh_key": "key"}]',
    ],
  ],
  "instance-metadata-one-hop": [
    ["holds for one hop", template({ http_put_response_hop_limit: 1 }), "holds"],
    ["holds if the service is off", template({ http_endpoint: "disabled" }), "holds"],
    [
      "is broken for two hops",
      template({ http_put_response_hop_limit: 2 }),
      "broken: metadata_options.http_put_response_hop_limit = 2 and metadata_options.http_endpoint = null",
    ],
  ],
  "eks-addons-pinned": [
    ["holds for an exact version", addon({ addon_name: "coredns" }), "holds"],
    ["holds if policies are enforced", cni('{"enableNetworkPolicy":"true"}'), "holds"],
    [
      "is broken without a version",
      addon({ addon_name: "coredns", addon_version: null }),
      "broken: addon_version = null",
    ],
    ["is broken without settings", cni(null), "broken: configuration_values = null"],
    [
      "is broken for a boolean, which the add-on ignores",
      cni('{"enableNetworkPolicy":true}'),
      'broken: configuration_values = "{\\"enableNetworkPolicy\\":true}"',
    ],
    ["is unknown if the settings are", cni(new Unknown()), "unknown: configuration_values = (known after apply)"],
  ],
});
