/** Kubernetes clusters on EKS: their API, their Secrets, their logs, their nodes, and who may use them. */
import { type ResourceInstance, show } from "../configuration";
import { type HclValue, isList, isUnknown } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, either, equals, given, type Judge, keptFromDestruction } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided } from "./guardrail";
import { documentOf } from "./policies";
import { isNarrowRange } from "./ranges";
import { isEmpty, valuesAt } from "./values";

const CLUSTERS = ["aws_eks_cluster"] as const;

export const KUBERNETES_CLUSTERS = [
  {
    id: "eks-endpoint-private",
    title: "The internet does not reach the API of a cluster",
    why: "One vulnerability in the API, or one leaked credential, is enough to take over every workload from anywhere.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      fsbp: ["EKS.1"],
    },
    allowed:
      "vpc_config with endpoint_private_access = true and endpoint_public_access = false, or with public_access_cidrs that together are no larger than a /8",
    types: CLUSTERS,
    judge: all(
      equals("vpc_config.endpoint_private_access", true),
      either(
        equals("vpc_config.endpoint_public_access", false),
        allows("vpc_config.public_access_cidrs", (value) => !isEmpty(value) && isList(value) && isNarrow(value)),
      ),
    ),
  },
  {
    id: "eks-secrets-encrypted",
    title: "A cluster encrypts Secrets with a customer managed key",
    why: "Nobody can revoke or log the use of a key of AWS, and a copy of the cluster's storage contains every password.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["EKS.3"] },
    allowed: `encryption_config for secrets with ${KEY_OF_ACCOUNT}`,
    types: CLUSTERS,
    judge: all(
      allows("encryption_config.resources", (value) => isList(value) && value.includes("secrets")),
      keyOfAccount("encryption_config.provider.key_arn"),
    ),
  },
  {
    id: "eks-logs",
    title: "A cluster logs who used its API",
    why: "After an incident, nobody can find out who read a Secret or started a pod.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], gdpr: ["32(1)(b)"], fsbp: ["EKS.8"] },
    allowed: "enabled_cluster_log_types with api, audit and authenticator",
    types: CLUSTERS,
    judge: allows(
      "enabled_cluster_log_types",
      (value) => isList(value) && ["api", "audit", "authenticator"].every((type) => value.includes(type)),
    ),
  },
  {
    id: "eks-access-entries",
    title: "Only access entries give access to a cluster, and its creator gets none",
    why: "The creator stays an administrator whom no access entry lists, and a ConfigMap in the cluster is outside of every review.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: 'access_config with authentication_mode = "API" and bootstrap_cluster_creator_admin_permissions = false',
    types: CLUSTERS,
    judge: all(
      equals("access_config.authentication_mode", "API"),
      equals("access_config.bootstrap_cluster_creator_admin_permissions", false),
    ),
  },
  {
    id: "eks-standard-support",
    title: "A cluster has a Kubernetes version, and leaves it before its standard support ends",
    why: "In extended support a cluster costs six times as much, and its add-ons get no fixes.",
    severity: "medium",
    controls: { soc2: ["CC7.1"], fsbp: ["EKS.2"] },
    allowed: 'version, and upgrade_policy with support_type = "STANDARD"',
    types: CLUSTERS,
    judge: all(given("version"), equals("upgrade_policy.support_type", "STANDARD")),
  },
  {
    id: "eks-destroy-prevented",
    title: "Terraform refuses to destroy a cluster",
    why: "With the cluster go all objects and Secrets in it, and the volumes that nothing else names. EKS has no deletion protection in this provider version.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle with prevent_destroy = true",
    types: CLUSTERS,
    judge: keptFromDestruction,
  },
  {
    id: "eks-one-administrator",
    title: "One role administers a cluster: the one that applies its root",
    why: "Every further administrator can change what the review of a plan has shown, and read every Secret.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "AmazonEKSClusterAdminPolicy for one role of the root; no entry with the group system:masters",
    types: ["aws_eks_access_policy_association", "aws_eks_access_entry"],
    judge: (resource, root) =>
      resource.type === "aws_eks_access_entry"
        ? inNoMastersGroup(resource, root)
        : isOnlyAdministrator(resource, root.of(resource.type)),
  },
  {
    id: "eks-nodes-from-template",
    title: "Nodes come from a launch template, whose settings are judged, and have no remote access",
    why: "Without a template, pods reach the credentials of their node, disks have the default encryption, and an SSH key opens every node.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "launch_template with a version, and no remote_access",
    types: ["aws_eks_node_group"],
    judge: all(given("launch_template.version"), allows("remote_access", isEmpty)),
  },
  {
    id: "instance-metadata-one-hop",
    title: "The metadata service of instances from a template is out of reach for containers",
    why: "A container on the instance gets the credentials of the instance's role, which can do more than any pod.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], fsbp: ["AutoScaling.4"] },
    allowed: 'metadata_options with http_put_response_hop_limit = 1, or http_endpoint = "disabled"',
    types: ["aws_launch_template"],
    judge: either(
      equals("metadata_options.http_put_response_hop_limit", 1),
      equals("metadata_options.http_endpoint", "disabled"),
    ),
  },
  {
    id: "eks-addons-pinned",
    title: "An add-on has an exact version, and the network plug-in enforces network policies",
    why: "An add-on without a version changes with the day of its creation. Without the setting, network policies have no effect, and every pod reaches every other pod.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: 'addon_version; and for vpc-cni, configuration_values with "enableNetworkPolicy": "true"',
    types: ["aws_eks_addon"],
    judge: all(given("addon_version"), ({ values }) =>
      values.addon_name === "vpc-cni" ? enforcesPolicies(values.configuration_values ?? null) : HOLDS,
    ),
  },
] as const satisfies readonly ResourceGuardrail[];

function isNarrow(blocks: readonly HclValue[]): boolean {
  return isNarrowRange(blocks.map(String));
}

const inNoMastersGroup = allows(
  "kubernetes_groups",
  (groups) => isEmpty(groups) || (isList(groups) && !groups.includes("system:masters")),
) satisfies Judge;

function isOnlyAdministrator(resource: ResourceInstance, associations: readonly ResourceInstance[]) {
  const policy = resource.values.policy_arn ?? null;
  if (isUnknown(policy) && policy.references.length === 0) return undecided(`policy_arn = ${show(policy)}`);
  if (!administers(resource)) return HOLDS;
  const others = associations.filter((other) => other.address !== resource.address && administers(other));
  return others.length === 0
    ? HOLDS
    : broken(`policy_arn = ${show(policy)}, which ${others.map(({ address }) => address).join(", ")} has as well`);
}

function administers({ values }: ResourceInstance): boolean {
  return show(values.policy_arn ?? null).includes("AmazonEKSClusterAdminPolicy");
}

function enforcesPolicies(configuration: HclValue) {
  if (isUnknown(configuration)) return undecided(`configuration_values = ${show(configuration)}`);
  const [setting] = valuesAt(documentOf(configuration), "enableNetworkPolicy");
  return setting === "true" ? HOLDS : broken(`configuration_values = ${show(configuration)}`);
}
