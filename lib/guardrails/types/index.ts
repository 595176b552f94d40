/** Verdicts on types and arguments: what a resource holds, and what a change of an argument can change. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { GUARDRAILS } from "../catalogue";
import type { Guardrail } from "../guardrail";
import { POLICY_DOCUMENTS } from "../policy-documents";
import { SECRETS } from "../secrets";
import { type Holds, holdsOf } from "./held";
import { JUDGED_TYPES } from "./judged-types";
import { isHarmless, MARKS, type Mark, markOf } from "./marks";
import type { TypeTable } from "./schema";

/** Made by `.ci/types` from the schema of the AWS provider. */
const TABLE = path.join(__dirname, "aws.json");

let table: TypeTable | undefined;

function rowOf(type: string) {
  table ??= JSON.parse(readFileSync(TABLE, "utf8"));
  return table?.[type];
}

const guardrails: readonly Guardrail[] = GUARDRAILS;

/** Rules about one kind of argument, whatever the type has besides. */
const ABOUT_ARGUMENTS: readonly string[] = [...SECRETS, ...POLICY_DOCUMENTS].map(({ id }) => id);

/** A rule about every type, or about one kind of argument alone, does not judge what a type holds. */
const RULED = new Set(
  guardrails.flatMap(({ id, types }) => (types === "root" || ABOUT_ARGUMENTS.includes(id) ? [] : types)),
);

/** Whether a guardrail is about the type, or somebody has judged what it holds. */
export function isJudged(type: string): boolean {
  return RULED.has(type) || type in JUDGED_TYPES;
}

/** @returns undefined where nothing tells */
export function heldBy(type: string): Holds | undefined {
  const row = rowOf(type);
  return row === undefined ? holdsOf(type, []) : row.holds;
}

/** Alarms are tuned more often than records change; who hears of them has marks of its own. */
const TUNED = new Set(["aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm"]);

/**
 * What a change at a path can change. A key of a map is no argument: its mark is that of the map. An argument without a
 * mark has that of the block around it, such as `logging_configuration`, or of what its type holds.
 * @param path names from the resource down: `network_configuration.subnets`, `tags.App`
 * @returns undefined where it can change none of these, `unknown` where the table does not have the argument
 */
export function markAt(type: string, path: string): Mark | "unknown" | undefined {
  const names = path.split(".").reverse();
  const row = rowOf(type);
  if (row === undefined) return isJudged(type) ? markOf(type, path) : "unknown";
  for (const [depth, name] of names.entries()) {
    const mark = MARKS.find((one) => has(row.marks[one], name));
    if (mark !== undefined) return mark;
    if (!has(row.others, name)) continue;
    if (isHarmless(type, name)) return undefined;
    const records = row.holds === "logging" && !TUNED.has(type);
    return markOfBlocks(type, names.slice(depth + 1)) ?? (records ? "logging" : undefined);
  }
  return "unknown";
}

/** Blocks such as `retry_policy` hold no policy of access. @param names from the inside out */
function markOfBlocks(type: string, names: readonly string[]): Mark | undefined {
  return names.map((name) => markOf(type, name)).find((mark) => mark !== undefined && mark !== "policy");
}

function has(names: string | undefined, name: string): boolean {
  return names?.split(" ").includes(name) ?? false;
}
