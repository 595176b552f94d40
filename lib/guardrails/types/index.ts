/** Verdicts on types and arguments: what a resource holds, and what a change of an argument can change. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { GUARDRAILS } from "../catalogue";
import type { Guardrail } from "../guardrail";
import { type Holds, holdsOf } from "./held";
import { JUDGED_TYPES } from "./judged-types";
import { MARKS, type Mark, markOf } from "./marks";
import type { TypeTable } from "./schema";

/** Made by `.ci/types` from the schema of the AWS provider. */
const TABLE = path.join(__dirname, "aws.json");

let table: TypeTable | undefined;

function rowOf(type: string) {
  table ??= JSON.parse(readFileSync(TABLE, "utf8"));
  return table?.[type];
}

const guardrails: readonly Guardrail[] = GUARDRAILS;

/** A rule about every type does not judge any of them. */
const RULED = new Set(guardrails.flatMap(({ types }) => (types === "root" ? [] : types)));

/** Whether a guardrail is about the type, or somebody has judged what it holds. */
export function isJudged(type: string): boolean {
  return RULED.has(type) || type in JUDGED_TYPES;
}

/** @returns undefined where nothing tells */
export function heldBy(type: string): Holds | undefined {
  const row = rowOf(type);
  return row === undefined ? holdsOf(type, []) : row.holds;
}

/**
 * What a change at a path can change. A key of a map is no argument: its mark is that of the map.
 * @param path names from the resource down: `network_configuration.subnets`, `tags.App`
 * @returns undefined where it can change none of these, `unknown` where the table does not have the argument
 */
export function markAt(type: string, path: string): Mark | "unknown" | undefined {
  const names = path.split(".").reverse();
  const row = rowOf(type);
  if (row === undefined) return isJudged(type) ? markOf(type, path) : "unknown";
  for (const name of names) {
    const mark = MARKS.find((one) => has(row.marks[one], name));
    if (mark !== undefined) return mark;
    if (has(row.others, name)) return undefined;
  }
  return "unknown";
}

function has(names: string | undefined, name: string): boolean {
  return names?.split(" ").includes(name) ?? false;
}
