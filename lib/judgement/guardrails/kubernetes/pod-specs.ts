/** The pods of a resource: its own, or those that a controller makes from its template. */
import { show } from "../../configuration";
import { type HclValue, isMapping, isUnknown, type Mapping } from "../../hcl";
import { type Judge, judgeAt, judgeValues, worst } from "../attributes";
import { HOLDS, undecided, type Verdict } from "../guardrail";
import { itemsAt, itemsOf, stemsFromNothing, valuesAt } from "../values";

const TEMPLATE = "spec.template";
const TEMPLATE_OF_JOBS = "spec.job_template.spec.template";

/**
 * Types with pods, and the path of the object that has the metadata and the specification of the pod. A test compares
 * this table with the bindings.
 */
export const PODS = {
  kubernetes_cron_job: TEMPLATE_OF_JOBS,
  kubernetes_cron_job_v1: TEMPLATE_OF_JOBS,
  kubernetes_daemon_set_v1: TEMPLATE,
  kubernetes_daemonset: TEMPLATE,
  kubernetes_deployment: TEMPLATE,
  kubernetes_deployment_v1: TEMPLATE,
  kubernetes_job: TEMPLATE,
  kubernetes_job_v1: TEMPLATE,
  kubernetes_pod: "",
  kubernetes_pod_v1: "",
  kubernetes_replication_controller: TEMPLATE,
  kubernetes_replication_controller_v1: TEMPLATE,
  kubernetes_stateful_set: TEMPLATE,
  kubernetes_stateful_set_v1: TEMPLATE,
} as const;

export const POD_TYPES: readonly string[] = Object.keys(PODS);

const paths: Readonly<Record<string, string>> = PODS;

/** A block with its name for messages: the name of the container, or nothing for the pod. */
export type BlockJudge = (block: Mapping, place: string, pod: Mapping) => Verdict;

/** Judges the specification of each pod. */
export function eachPod(judge: BlockJudge): Judge {
  return ({ type, values }) => {
    const path = paths[type] ?? "";
    const place = path === "" ? "spec" : `${path}.spec`;
    return worst(
      valuesAt(values, place)
        .flatMap(itemsOf)
        .map((spec) => judgeBlock(spec, place, (block) => judge(block, "", block))),
    );
  };
}

/** Judges every container and every init container. */
export function eachPodContainer(judge: BlockJudge): Judge {
  return eachPod((spec) =>
    worst(
      ["container", "init_container"].flatMap((kind) =>
        itemsAt(spec, kind).map((container, position) =>
          judgeBlock(container, `${kind}[${position}]`, (block) =>
            judge(block, `${nameOf(block) ?? `${kind}[${position}]`}: `, spec),
          ),
        ),
      ),
    ),
  );
}

/** A missing block holds: what it has to contain is judged where it stands. */
function judgeBlock(block: HclValue, place: string, judge: (block: Mapping) => Verdict): Verdict {
  if (isMapping(block)) return judge(block);
  return isUnknown(block) ? undecided(`${place} = ${show(block)}`) : HOLDS;
}

function nameOf({ name = null }: Mapping): string | undefined {
  return typeof name === "string" ? name : undefined;
}

/** The argument of a pod or container passes the test. */
export function keepsInPod(path: string, test: (value: HclValue) => boolean): BlockJudge {
  return (block, place) => judgeAt(block, path, test, place);
}

/** The same for a name, which may be that of another resource. */
export function keepsName(path: string, test: (value: HclValue) => boolean): BlockJudge {
  return (block, place) => judgeNames(block, path, test, place);
}

/** A name that is known only after the apply is that of the resource which it is made from. */
export function judgeNames(value: HclValue, path: string, test: (value: HclValue) => boolean, place = ""): Verdict {
  return judgeValues(`${place}${path}`, valuesAt(value, path), test, stemsFromNothing);
}

export function allOf(...judgements: readonly BlockJudge[]): BlockJudge {
  return (block, place, pod) => worst(judgements.map((judge) => judge(block, place, pod)));
}

/** Terraform converts text to booleans. */
export function isOn(value: HclValue): boolean {
  return value === true || value === "true";
}

export function isNotOn(value: HclValue): boolean {
  return !isOn(value);
}
