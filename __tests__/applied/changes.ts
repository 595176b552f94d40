/** Changes of a root that a person would commit, made to its tree, for a root of any system. */
import { z } from "zod";
import type { Approval } from "../../lib/judgement/gate/context";
import type { StandingRoot } from "../support/cloud/standing";

const CALL = z.looseObject({ source: z.string() });
const MAIN = z.looseObject({ module: z.record(z.string(), CALL) });

type Calls = z.infer<typeof MAIN>["module"];

interface Size {
  readonly kind: "count" | "class" | "retention" | "threshold" | "capacity";
  readonly module: string;
  readonly input: string;
  readonly change: (value: unknown) => unknown;
  /** The resource that changes, and its new value. */
  readonly effect: readonly [type: string, action: "update" | "replace"];
}

const ALARMS = z.record(z.string(), z.looseObject({ threshold: z.number().optional() }));

/** One sizing input of each kind. Their values are literals in every call. No approval is needed for any of them. */
const SIZES: readonly Size[] = [
  {
    kind: "count",
    module: "ecs-service",
    input: "max_tasks",
    change: add(1),
    effect: ["aws_appautoscaling_target", "update"],
  },
  { kind: "class", module: "rds", input: "instance_class", change: nextClass, effect: ["aws_db_instance", "update"] },
  {
    kind: "retention",
    module: "s3-access-logs",
    input: "retention_days",
    change: add(30),
    effect: ["aws_s3_bucket_lifecycle_configuration", "update"],
  },
  {
    kind: "threshold",
    module: "cloudwatch-alarms",
    input: "alarms",
    change: higherThreshold,
    effect: ["aws_cloudwatch_metric_alarm", "update"],
  },
  {
    kind: "capacity",
    module: "ecs-task-definition",
    input: "memory_mib",
    change: double,
    effect: ["aws_ecs_task_definition", "replace"],
  },
];

/** Modules that a life acts on: those above, and the service of the other deployment controller. */
export const ACTED_ON: ReadonlySet<string> = new Set([...SIZES.map(({ module }) => module), "ecs-service-codedeploy"]);

/** Calls that no other refers to, and the approvals that the gate requires for their removal. */
const REMOVABLE: readonly { readonly module: string; readonly approvals: readonly Approval[] }[] = [
  { module: "cloudwatch-dashboard", approvals: [] },
  { module: "cloudwatch-alarms", approvals: ["security"] },
  { module: "github-actions-role", approvals: ["security"] },
  { module: "irsa-role", approvals: ["security"] },
  { module: "image-scan-alerts", approvals: ["security"] },
  { module: "log-data-protection", approvals: ["security"] },
];

/** Changes of one commit to a root. */
export interface Changed {
  readonly sized: readonly { readonly kind: Size["kind"]; readonly call: string; readonly effect: Size["effect"] }[];
  /** A renamed call, with a `moved` block. */
  readonly renamed: string;
  readonly removed: { readonly call: string; readonly approvals: readonly Approval[] };
}

/**
 * Changes an input of each kind that the root has, renames one call without other changes, and removes one, in the tree
 * itself, for a root of any system.
 */
export function change(standing: StandingRoot): Changed {
  const { address } = standing.root;
  const main = `${address}/main.tf.json`;
  const { module: calls, ...rest } = MAIN.parse(JSON.parse(standing.read(main)));
  const removed = removable(
    calls,
    standing
      .files()
      .map((file) => standing.read(file))
      .join(),
  );
  delete calls[removed.call];
  const sized = SIZES.flatMap(({ kind, module, input, change, effect }) => {
    const [call, inputs] = callsOf(calls, module).find(([, candidate]) => input in candidate) ?? [];
    if (call === undefined || inputs === undefined) return [];
    inputs[input] = change(inputs[input]);
    return [{ kind, call, effect }];
  });
  const renamed = Object.keys(calls).find((call) => sized.every((one) => one.call !== call)) ?? "";
  const { [renamed]: call, ...others } = calls;
  const module = { ...others, [newName(renamed)]: call };
  const moved = [{ from: `module.${renamed}`, to: `module.${newName(renamed)}` }];
  standing.write(main, JSON.stringify({ ...rest, module }, null, 2));
  const references = new RegExp(`module\\.${renamed}\\b`, "g");
  for (const file of standing.files()) {
    standing.write(file, standing.read(file).replace(references, `module.${newName(renamed)}`));
  }
  standing.write(main, JSON.stringify({ ...MAIN.parse(JSON.parse(standing.read(main))), moved }, null, 2));
  return { sized, renamed, removed };
}

export function newName(call: string): string {
  return `${call}_renamed`;
}

/** @throws if the root has no unreferenced call of these modules */
function removable(calls: Calls, text: string): Changed["removed"] {
  for (const { module, approvals } of REMOVABLE) {
    const [call] = callsOf(calls, module).findLast(([id]) => !new RegExp(`module\\.${id}\\b`).test(text)) ?? [];
    if (call !== undefined) return { call, approvals };
  }
  throw new Error(
    `got no call that can be removed; allowed: one of ${REMOVABLE.map(({ module }) => module).join(", ")}`,
  );
}

function callsOf(calls: Calls, module: string): [string, Record<string, unknown>][] {
  return Object.entries(calls).filter(([, { source }]) => source.endsWith(`/modules/${module}`));
}

function add(more: number): (value: unknown) => unknown {
  return (value) => z.number().parse(value) + more;
}

/** Fargate also offers most sizes with twice the memory. */
function double(value: unknown): number {
  return z.number().parse(value) * 2;
}

function nextClass(value: unknown): string {
  return value === "db.t4g.micro" ? "db.t4g.small" : "db.t4g.large";
}

function higherThreshold(value: unknown): object {
  const alarms = ALARMS.parse(value);
  const [name, alarm] = Object.entries(alarms).find(([, { threshold = 0 }]) => threshold > 0) ?? ["", {}];
  return { ...alarms, [name]: { ...alarm, threshold: (alarm.threshold ?? 0) + 1 } };
}
