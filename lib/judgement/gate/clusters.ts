/** Plans of a cluster's objects: whether the provider could read them, and whether they are in the cluster of the state. */
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { stateAsChanges } from "../configuration";
import type { GateContext } from "./context";
import { noticedIn } from "./drift";
import type { ActionFinding, ActionGuardrail } from "./rule";

export const CLUSTERS: readonly ActionGuardrail[] = [
  {
    id: "cluster-readable",
    title: "A plan of Helm releases is made where the cluster and its Secrets can be read",
    why: "The provider takes a release that it cannot read for a deleted one. The apply would create it again and fail for its name, or would forget it while it runs.",
    severity: "high",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed:
      "a plan from a network that reaches the cluster, with a role that may read Secrets; a release that somebody uninstalled is removed from the state first, with terraform state rm",
    judge: ({ plan }) =>
      goneIn(plan)
        .filter(({ type }) => type === "helm_release")
        .map(({ address }) => ({ address, got: "read as deleted: the cluster was not reachable, or not readable" })),
  },
  {
    id: "cluster-unchanged",
    title: "A plan is for the cluster that the state describes",
    why: "In another cluster, the provider finds no object of the state. The apply would create all objects there, and Terraform would no longer manage those of the first cluster.",
    severity: "critical",
    controls: { soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "the endpoint of the same cluster; if the cluster was made again, its objects are removed from the state first, with terraform state rm",
    judge: anotherCluster,
  },
];

/** Objects that the state had, and that the provider did not find. */
function goneIn(plan: PlanJson): ResourceChange[] {
  return noticedIn(plan).filter(({ change }) => change.after === null);
}

function anotherCluster({ plan, root }: GateContext): ActionFinding[] {
  const gone = goneIn(plan).filter(isInCluster);
  if (!gone.some(({ type }) => type !== "helm_release") || stateAsChanges(plan).some(isInCluster)) return [];
  return [{ address: root.path, got: `none of the ${gone.length} objects of the state in the cluster` }];
}

function isInCluster({ type }: Pick<ResourceChange, "type">): boolean {
  return /^(kubernetes|helm)_/.test(type);
}
