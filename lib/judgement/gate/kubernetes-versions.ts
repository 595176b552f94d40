/** Versions of Kubernetes in a plan: a control plane is raised by one minor version, and neither it nor nodes go back. */
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
  why: "Terraform plans every other change without complaint. EKS refuses it in the middle of the apply, or leaves nodes that the control plane does not support.",
  severity: "high",
  controls: { soc2: ["A1.2", "CC8.1"] },
  allowed: "the next minor version of a control plane, or a higher version of nodes",
  judge: ({ changes }) => changes.flatMap(wrongStep),
};

function wrongStep({ address, type, action, before, after }: Change) {
  const most = STEPS[type];
  const [from, to] = [minorOf(before?.version), minorOf(after?.version)];
  if (most === undefined || action !== "update" || from === undefined || to === undefined) return [];
  const step = to - from;
  return step >= 0 && step <= most ? [] : [{ address, got: `version 1.${from} changed to 1.${to}` }];
}

function minorOf(version: HclValue | undefined): number | undefined {
  const minor = typeof version === "string" ? /^1\.(\d+)$/.exec(version)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}
