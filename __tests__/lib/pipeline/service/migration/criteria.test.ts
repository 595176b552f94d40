import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DatabaseMigration } from "../../../../../lib/generator/root/root-props";
import { compare, type Phase } from "../../../../../lib/pipeline/service/migration/criteria";
import { Outputs } from "../../../../../lib/pipeline/service/migration/outputs";
import { failure } from "../../../generator/support";
import { temporaryFolder } from "../../../terraform/sample";
import { ACCOUNT, assessment, GOOD, metric, NOW, TASK_ARN, table, tables, task } from "./outputs";

const MIGRATION: DatabaseMigration = {
  tables: ["shop.orders", "shop.customers"],
  rehearsal: { assessmentWarnings: 1, fullLoadMinutes: 30, latencySeconds: 30, latencyMinutes: 30 },
  rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
};

type Files = Partial<Record<keyof typeof GOOD, object>>;

const parent = temporaryFolder();

function folderOf(files: object): string {
  const folder = mkdtempSync(path.join(parent, "outputs-"));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

function comparisons(phase: Phase, files: Files = {}, now = NOW, migration = MIGRATION) {
  return compare(phase, migration, new Outputs(folderOf({ ...GOOD, ...files }), ACCOUNT), now);
}

/** The criteria that are not met, each with what was got. */
function unmet(phase: Phase, files: Files, now = NOW): string[] {
  return comparisons(phase, files, now)
    .filter(({ met }) => !met)
    .map(({ criterion, got }) => `${criterion}: ${got}`);
}

test.each([
  [
    "rehearsal",
    [
      "premigration assessment",
      "expected tables",
      "loaded tables",
      "full load",
      "task",
      "validated tables",
      "latency of the source",
      "latency of the target",
    ],
  ],
  [
    "before-switch",
    ["expected tables", "loaded tables", "task", "validated tables", "latency of the source", "latency of the target"],
  ],
  ["after-switch", ["task", "validated tables", "failed requests"]],
] as const)("in the phase %s, a good run meets every criterion", (phase, criteria) => {
  const found = comparisons(phase);
  expect(found.map(({ criterion }) => criterion)).toEqual(criteria);
  expect(found.filter(({ met }) => !met)).toEqual([]);
});

const late = (values: readonly number[]): Files => ({ "target-latency.json": metric("Maximum", values) });
const thirty = Array.from({ length: 30 }, () => 1);

test.each<[string, Files, string[]]>([
  [
    "a check of the assessment that failed",
    { "assessment.json": assessment({ Status: "failed", ResultStatistic: { Passed: 10, Failed: 1 } }) },
    ["premigration assessment: status failed, 10 passed, 1 failed, 0 errors, 0 cancelled, 0 warnings"],
  ],
  [
    "too many warnings of the assessment",
    { "assessment.json": assessment({ Status: "warning", ResultStatistic: { Passed: 10, Warning: 2 } }) },
    ["premigration assessment: status warning, 10 passed, 0 failed, 0 errors, 0 cancelled, 2 warnings"],
  ],
  [
    "an assessment that has not ended",
    { "assessment.json": assessment({ Status: "running", ResultStatistic: undefined }) },
    ["premigration assessment: status running, 0 passed, 0 failed, 0 errors, 0 cancelled, 0 warnings"],
  ],
  [
    "no assessment at all",
    { "assessment.json": { ReplicationTaskAssessmentRuns: [] } },
    ["premigration assessment: no latest run"],
  ],
  [
    "a missing and an unexpected table",
    { "tables.json": tables(table("shop", "orders"), table("shop", "orders_old")) },
    ["expected tables: shop.customers missing; shop.orders_old unexpected"],
  ],
  [
    "no table",
    { "tables.json": tables() },
    ["expected tables: shop.orders missing; shop.customers missing", "validated tables: no tables"],
  ],
  [
    "a table in error",
    {
      "tables.json": tables(
        table("shop", "customers"),
        table("shop", "orders", { TableState: "Table error", ValidationState: "Table error" }),
      ),
    },
    [
      "loaded tables: shop.orders Table error, 0 rows in error",
      "validated tables: shop.orders Table error, 0 failed, 0 suspended, 0 pending",
    ],
  ],
  [
    "rows that were not loaded",
    { "tables.json": tables(table("shop", "customers"), table("shop", "orders", { FullLoadErrorRows: 2 })) },
    ["loaded tables: shop.orders Table completed, 2 rows in error"],
  ],
  [
    "records that differ",
    {
      "tables.json": tables(
        table("shop", "customers"),
        table("shop", "orders", { ValidationState: "Mismatched records", ValidationFailedRecords: 7 }),
      ),
    },
    ["validated tables: shop.orders Mismatched records, 7 failed, 0 suspended, 0 pending"],
  ],
  [
    "records that could not be compared",
    { "tables.json": tables(table("shop", "customers"), table("shop", "orders", { ValidationSuspendedRecords: 1 })) },
    ["validated tables: shop.orders Validated, 0 failed, 1 suspended, 0 pending"],
  ],
  [
    "a table without a primary key",
    {
      "tables.json": tables(table("shop", "customers"), table("shop", "orders", { ValidationState: "No primary key" })),
    },
    ["validated tables: shop.orders No primary key, 0 failed, 0 suspended, 0 pending"],
  ],
  [
    "a full load that is too long",
    { "task.json": task({}, { FullLoadFinishDate: "2026-11-20T10:30:06+00:00" }) },
    ["full load: 100 % in 31 minutes"],
  ],
  [
    "a full load that has not ended",
    { "task.json": task({}, { FullLoadProgressPercent: 80, FullLoadFinishDate: undefined }) },
    ["full load: 80 % in an unknown time"],
  ],
  [
    "a task that failed",
    { "task.json": task({ Status: "failed", LastFailureMessage: "Last Error  Task error notification" }) },
    ["task: status failed, 0 tables in error, Last Error  Task error notification"],
  ],
  ["a task that nobody started", { "task.json": task({ Status: "ready" }) }, ["task: status ready, 0 tables in error"]],
  ["one late minute", late([...thirty, 31]), ["latency of the target: 31 s at most, in 30 minutes"]],
  ["a late minute long ago", late([31, ...thirty]), []],
  ["minutes without a value", late(thirty.slice(1)), ["latency of the target: 1 s at most, in 29 minutes"]],
  ["no value", late([]), ["latency of the target: no maximum in this time"]],
])("a rehearsal does not pass with %s", (what, files, expected) => {
  expect([what, unmet("rehearsal", files)]).toEqual([what, expected]);
});

test("a rehearsal can be judged later, a switch only with metrics of the last minutes", () => {
  const later = NOW + 86_400_000;
  expect(unmet("rehearsal", {}, later)).toEqual([]);
  expect(unmet("before-switch", {}, later)).toEqual([
    "latency of the source: no maximum in this time",
    "latency of the target: no maximum in this time",
  ]);
  expect(unmet("after-switch", {}, later)).toEqual(["failed requests: no requests in this time"]);
});

test.each<[string, Files, string[]]>([
  ["as many errors as allowed", { "errors.json": metric("Sum", [10]) }, []],
  ["one error more", { "errors.json": metric("Sum", [11]) }, ["failed requests: 1.10 % of 1000 requests"]],
  ["errors before the time", { "errors.json": metric("Sum", [50, ...Array.from({ length: 10 }, () => 0)]) }, []],
  ["no errors, which CloudWatch does not count", { "errors.json": metric("Sum", []) }, []],
  ["no requests", { "requests.json": metric("Sum", []) }, ["failed requests: no requests in this time"]],
])("after the switch: %s", (what, files, expected) => {
  expect([what, unmet("after-switch", files)]).toEqual([what, expected]);
});

test("times in seconds, as the first version of the CLI writes them, are read", () => {
  const start = Date.parse("2026-11-20T10:00:00Z") / 1000;
  const files = { "task.json": task({}, { FullLoadStartDate: start, FullLoadFinishDate: start + 1800 }) };
  expect(unmet("rehearsal", files)).toEqual([]);
});

test.each<[string, object, RegExp]>([
  [
    "a missing file",
    { "task.json": task() },
    /tables\.json\n {2}got no such file; allowed: what `aws dms describe-table-statistics` prints, with all pages$/,
  ],
  [
    "a page of many",
    { ...GOOD, "tables.json": { ...tables(), Marker: "next" } },
    /tables\.json\n {2}got something else than the output of the AWS CLI; .*\n {2}Marker: /,
  ],
  [
    "two tasks",
    { ...GOOD, "task.json": { ReplicationTasks: [...task().ReplicationTasks, ...task().ReplicationTasks] } },
    /task\.json\n {2}got something else than the output of the AWS CLI/,
  ],
  [
    "an output of another task",
    { ...GOOD, "tables.json": { ReplicationTaskArn: `${TASK_ARN}B`, TableStatistics: [] } },
    new RegExp(`tables\\.json\\n {2}ReplicationTaskArn: got "${TASK_ARN}B"; allowed: ${TASK_ARN}$`),
  ],
  [
    "a task of another account",
    { ...GOOD, "task.json": task({ ReplicationTaskArn: "arn:aws:dms:eu-central-1:999999999999:task:A" }) },
    /ReplicationTaskArn: got "arn:aws:dms:eu-central-1:999999999999:task:A"; allowed: a task of account 111122223333$/,
  ],
])("%s is an error", (_what, files, message) => {
  const outputs = new Outputs(folderOf(files), ACCOUNT);
  expect(failure(() => compare("rehearsal", MIGRATION, outputs, NOW)).message).toMatch(message);
});
