/** Verdicts on types and arguments: what a resource holds, and what a change of an argument can change. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { GUARDRAILS } from "../catalogue";
import type { Guardrail } from "../guardrail";
import { POLICY_DOCUMENTS } from "../policy-documents";
import { SECRETS } from "../secrets";
import { holdsOf } from "./held";
import type { Holds } from "./holds";
import { JUDGED_TYPES } from "./judged-types";
import { MARKS, type Mark, markOfName } from "./marks";
import { SOURCES, type TypeTable } from "./schema";

/** Made by `.ci/types` from the schema of the AWS provider. */
const TABLE = path.join(__dirname, "aws.json");

/** A type's row by name. */
interface Verdicts {
  readonly holds: Holds | undefined;
  /** Arguments: the mark, `harmless` where a person judged so, `none` where nothing says more. */
  readonly arguments: ReadonlyMap<string, Mark | "harmless" | "none">;
  readonly blocks: ReadonlyMap<string, Mark>;
}

let table: TypeTable | undefined;

const read = new Map<string, Verdicts>();

function verdictsOn(type: string): Verdicts | undefined {
  table ??= JSON.parse(readFileSync(TABLE, "utf8"));
  const row = table?.[type];
  const known = read.get(type);
  if (row === undefined || known !== undefined) return known;
  const verdicts: Verdicts = {
    holds: row.holds,
    arguments: new Map<string, Mark | "harmless" | "none">([
      ...namesIn(row.others, "none" as const),
      ...namesIn(row.harmless, "harmless" as const),
      ...MARKS.flatMap((mark) => SOURCES.flatMap((source) => namesIn(row.marks[mark]?.[source], mark))),
    ]),
    blocks: new Map(MARKS.flatMap((mark) => namesIn(row.blocks?.[mark], mark))),
  };
  read.set(type, verdicts);
  return verdicts;
}

function namesIn<V>(names: string | undefined, value: V): (readonly [string, V])[] {
  return names?.split(" ").map((name) => [name, value] as const) ?? [];
}

const guardrails: readonly Guardrail[] = GUARDRAILS;

/** Rules about one kind of argument, whatever the type has besides. */
const ABOUT_ARGUMENTS: readonly string[] = [
  ...[...SECRETS, ...POLICY_DOCUMENTS].map(({ id }) => id),
  "ebs-encrypted",
  "instance-disk-encrypted",
];

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
  const verdicts = verdictsOn(type);
  return verdicts === undefined ? holdsOf(type, []) : verdicts.holds;
}

/** Whether a person judged that a change of the argument changes none of what the marks name. @param path as in `markAt` */
export function isHarmless(type: string, path: string): boolean {
  return verdictsOn(type)?.arguments.get(path.split(".").at(-1) ?? "") === "harmless";
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
  const verdicts = verdictsOn(type);
  if (verdicts === undefined) return isJudged(type) ? markOfName(path) : "unknown";
  const names = path.split(".").reverse();
  const depth = names.findIndex((name) => verdicts.arguments.has(name));
  const verdict = verdicts.arguments.get(names[depth] ?? "");
  if (verdict === undefined) return "unknown";
  if (verdict === "harmless") return undefined;
  if (verdict !== "none") return verdict;
  const records = verdicts.holds === "logging" && !TUNED.has(type);
  const inside = names.slice(depth + 1);
  const setting = names[depth] === "value" ? markOfSetting(verdicts, inside[0]) : undefined;
  return setting ?? markOfBlocks(verdicts, inside) ?? (records ? "logging" : undefined);
}

/** A setting has no argument of its own: `parameter.log_statement.value`, `setting.ManagedActionsEnabled.value`. */
function markOfSetting(verdicts: Verdicts, name = ""): Mark | undefined {
  return verdicts.arguments.has(name) || verdicts.blocks.has(name) ? undefined : markOfName(snakeCase(name));
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[.:-]/g, "_")
    .toLowerCase();
}

/** Blocks such as `retry_policy` hold no policy of access. @param names from the inside out */
function markOfBlocks({ blocks }: Verdicts, names: readonly string[]): Mark | undefined {
  return names.map((name) => blocks.get(name)).find((mark) => mark !== undefined && mark !== "policy");
}
