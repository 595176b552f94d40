/** The record of what has passed before a migration reaches production. */
import { type HclValue, isMapping } from "../hcl";
import { daysBetween, isDay, LONGEST_LIFE_DAYS } from "./life";
import { valuesAt } from "./values";

/** A rehearsal proves little about a source that has changed for months. */
const LONGEST_DAYS = LONGEST_LIFE_DAYS.high;

const STEPS = ["schema_review", "rollback_criteria", "cutover_design", "rehearsal"] as const;
const TEXTS = ["document", "approver"] as const;

/**
 * The first problem of the record, in the words of the root's props.
 * @param migration the local value of the root @param today as `2026-11-22`
 */
export function recordProblem(migration: HclValue, today: string): string | undefined {
  const passed = textsAt(migration, "passed");
  if (passed === undefined) return "migration.passed = null";
  return firstOf([
    ...STEPS.flatMap((step) => TEXTS.map((name) => () => isGiven(migration, `passed.${step}.${name}`))),
    ...[...STEPS.map((step) => `passed.${step}.day`), "passed.ends"].map(
      (path) => () => isCalendarDay(migration, path),
    ),
    ...STEPS.map((step) => () => notBefore(migration, today, `passed.${step}.day`)),
    () => order(migration, "schema_review", "cutover_design", 1),
    () => order(migration, "schema_review", "rehearsal", 1),
    () => order(migration, "rollback_criteria", "rehearsal", 0),
    () => endsInTime(migration, today),
  ]);
}

type Check = () => string | undefined;

function firstOf(checks: readonly Check[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isGiven(migration: HclValue, path: string): string | undefined {
  const value = textAt(migration, path);
  return value === undefined || value.trim() === "" ? shown(migration, path) : undefined;
}

function isCalendarDay(migration: HclValue, path: string): string | undefined {
  return isDay(textAt(migration, path) ?? "") ? undefined : `${shown(migration, path)}, which is no day`;
}

function notBefore(migration: HclValue, today: string, path: string): string | undefined {
  return daysBetween(textAt(migration, path) ?? "", today) >= 0
    ? undefined
    : `${shown(migration, path)}, which is after ${today}`;
}

/** @param least days between the two steps */
function order(migration: HclValue, earlier: string, later: string, least: number): string | undefined {
  const [first, second] = [earlier, later].map((step) => textAt(migration, `passed.${step}.day`) ?? "");
  if (daysBetween(first ?? "", second ?? "") >= least) return undefined;
  const relation = least === 0 ? "after" : "not before";
  return `${shown(migration, `passed.${earlier}.day`)}, which is ${relation} ${spelled(`passed.${later}.day`)} = "${second}"`;
}

function endsInTime(migration: HclValue, today: string): string | undefined {
  const ends = textAt(migration, "passed.ends") ?? "";
  const rehearsal = textAt(migration, "passed.rehearsal.day") ?? "";
  if (daysBetween(today, ends) < 0) return `${shown(migration, "passed.ends")}, which is over`;
  if (daysBetween(rehearsal, ends) <= LONGEST_DAYS) return undefined;
  return `${shown(migration, "passed.ends")}, more than ${LONGEST_DAYS} days after the rehearsal`;
}

function textsAt(migration: HclValue, path: string): HclValue | undefined {
  const [value = null] = valuesAt(migration, path);
  return isMapping(value) ? value : undefined;
}

function textAt(migration: HclValue, path: string): string | undefined {
  const [value] = valuesAt(migration, path);
  return typeof value === "string" ? value : undefined;
}

function shown(migration: HclValue, path: string): string {
  return `${spelled(path)} = ${JSON.stringify(textAt(migration, path) ?? null)}`;
}

/** A path in the spelling of the root's props: `migration.passed.schemaReview.day`. */
function spelled(path: string): string {
  return `migration.${path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
