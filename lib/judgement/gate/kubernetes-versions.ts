/** Versions of Kubernetes in a plan: a control plane is raised by one minor version. It, its nodes and its add-ons do not go back. */
import compare from "semver/functions/compare";
import valid from "semver/functions/valid";
import type { HclValue } from "../hcl";
import type { Change } from "./change";
import type { ActionGuardrail } from "./rule";

/**
 * Largest number of minor versions in one change. A node group is replaced node by node and may skip versions, up to that of the
 * control plane.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
const STEPS: Readonly<Record<string, number>> = {
  aws_eks_cluster: 1,
  aws_eks_node_group: Number.POSITIVE_INFINITY,
};

export const KUBERNETES_VERSIONS: ActionGuardrail = {
  id: "kubernetes-version-raised",
  title: "A Kubernetes version is only raised, and that of a control plane by one minor version",
  why: "Terraform plans every other change without complaint. EKS refuses it in the middle of the apply, or leaves nodes and add-ons that the control plane does not support.",
  severity: "high",
  controls: { soc2: ["A1.2", "CC8.1"] },
  allowed: "the next minor version of a control plane, or a higher version of nodes or of an add-on",
  judge: ({ changes }) => changes.flatMap((change) => [...wrongStep(change), ...olderAddon(change)]),
};

function wrongStep({ address, type, action, before, after }: Change) {
  const most = STEPS[type];
  const [from, to] = [minorOf(before?.version), minorOf(after?.version)];
  if (most === undefined || action !== "update" || from === undefined || to === undefined) return [];
  const step = to - from;
  return step >= 0 && step <= most ? [] : [{ address, got: `version 1.${from} changed to 1.${to}` }];
}

/** `v1.22.4-eksbuild.10` comes after `v1.22.4-eksbuild.3`. */
function olderAddon({ address, type, action, before, after }: Change) {
  const [from, to] = [before?.addon_version, after?.addon_version];
  if (type !== "aws_eks_addon" || action !== "update" || !isVersion(from) || !isVersion(to)) return [];
  return compare(to, from) >= 0 ? [] : [{ address, got: `addon_version ${from} changed to ${to}` }];
}

function isVersion(value: HclValue | undefined): value is string {
  return typeof value === "string" && valid(value) !== null;
}

function minorOf(version: HclValue | undefined): number | undefined {
  const minor = typeof version === "string" ? /^1\.(\d+)$/.exec(version)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}
