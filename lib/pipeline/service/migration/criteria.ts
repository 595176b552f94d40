/** The criteria of a migration, compared with what the AWS CLI prints. */
import type { DatabaseMigration } from "../../../generator/root/root-props";
import type { Datapoints, Outputs, Tables, Task } from "./outputs";

export const PHASES = ["rehearsal", "before-switch", "after-switch"] as const;

/** A rehearsal, and the cutover before and after clients use the new database. */
export type Phase = (typeof PHASES)[number];

export interface CriterionResult {
  readonly criterion: string;
  readonly allowed: string;
  readonly got: string;
  readonly met: boolean;
}

/** @param now in milliseconds; a decision during the cutover rests on metrics of the last minutes */
export function compare(phase: Phase, migration: DatabaseMigration, outputs: Outputs, now: number): CriterionResult[] {
  const { tables: names, rehearsal, rollback } = migration;
  const task = outputs.task();
  const tables = outputs.tables();
  const health = [noFailure(task), validated(tables)];
  switch (phase) {
    case "rehearsal":
      return [
        assessed(outputs, rehearsal.assessmentWarnings),
        ...arrived(names, tables),
        fullLoad(task, rehearsal.fullLoadMinutes),
        ...health,
        ...latencies(outputs, rehearsal, undefined),
      ];
    case "before-switch":
      return [...arrived(names, tables), ...health, ...latencies(outputs, rollback, now)];
    case "after-switch":
      return [...health, errorRate(outputs, rollback, now)];
  }
}

function assessed(outputs: Outputs, warnings: number): CriterionResult {
  const run = outputs.assessments().find(({ IsLatestTaskAssessmentRun: isLatest }) => isLatest);
  const { Passed = 0, Failed = 0, Error: errors = 0, Warning = 0, Cancelled = 0 } = run?.ResultStatistic ?? {};
  return {
    criterion: "premigration assessment",
    allowed: `status passed or warning, at least one passed check, none failed, at most ${warnings} warnings`,
    got:
      run === undefined
        ? "no latest run"
        : `status ${run.Status}, ${Passed} passed, ${Failed} failed, ${errors} errors, ${Cancelled} cancelled, ${Warning} warnings`,
    met:
      run !== undefined &&
      ["passed", "warning"].includes(run.Status) &&
      Passed > 0 &&
      Failed + errors + Cancelled === 0 &&
      Warning <= warnings,
  };
}

/** Exactly the expected tables: a pattern of a selection can match too few and too many. */
function arrived(names: readonly string[], tables: Tables): CriterionResult[] {
  const found = tables.map(nameOf);
  const missing = names.filter((name) => !found.includes(name));
  const unexpected = found.filter((name) => !names.includes(name));
  const incomplete = tables.filter(
    ({ TableState, FullLoadErrorRows, FullLoadCondtnlChkFailedRows }) =>
      TableState !== "Table completed" || FullLoadErrorRows + FullLoadCondtnlChkFailedRows > 0,
  );
  return [
    none("expected tables", "every table of the criteria and no other", [
      ...missing.map((name) => `${name} missing`),
      ...unexpected.map((name) => `${name} unexpected`),
    ]),
    none(
      "loaded tables",
      "state Table completed, without rows in error",
      incomplete.map((table) => `${nameOf(table)} ${table.TableState}, ${table.FullLoadErrorRows} rows in error`),
    ),
  ];
}

function validated(tables: Tables): CriterionResult {
  const open = tables.filter(
    (table) =>
      table.ValidationState !== "Validated" ||
      table.ValidationPendingRecords + table.ValidationFailedRecords + table.ValidationSuspendedRecords > 0,
  );
  const problems = open.map(
    (table) =>
      `${nameOf(table)} ${table.ValidationState}, ${table.ValidationFailedRecords} failed, ${table.ValidationSuspendedRecords} suspended, ${table.ValidationPendingRecords} pending`,
  );
  return none(
    "validated tables",
    "state Validated, without failed, suspended and pending records",
    tables.length === 0 ? ["no tables"] : problems,
  );
}

function noFailure({ Status, LastFailureMessage, ReplicationTaskStats }: Task): CriterionResult {
  const { TablesErrored } = ReplicationTaskStats;
  return {
    criterion: "task",
    allowed: "status running or stopped, without a failure and without tables in error",
    got: `status ${Status}, ${TablesErrored} tables in error${LastFailureMessage === "" ? "" : `, ${LastFailureMessage}`}`,
    met: ["running", "stopped"].includes(Status) && TablesErrored === 0 && LastFailureMessage === "",
  };
}

function fullLoad({ ReplicationTaskStats: stats }: Task, longest: number): CriterionResult {
  const { FullLoadProgressPercent, FullLoadStartDate: start, FullLoadFinishDate: finish } = stats;
  const minutes = start === undefined || finish === undefined ? undefined : (finish - start) / 60_000;
  return {
    criterion: "full load",
    allowed: `100 % in at most ${longest} minutes`,
    got: `${FullLoadProgressPercent} % in ${minutes === undefined ? "an unknown time" : `${Math.ceil(minutes)} minutes`}`,
    met: FullLoadProgressPercent === 100 && minutes !== undefined && minutes >= 0 && minutes <= longest,
  };
}

interface Latency {
  readonly latencySeconds: number;
  readonly latencyMinutes: number;
}

function latencies(outputs: Outputs, limits: Latency, now: number | undefined): CriterionResult[] {
  return (["source", "target"] as const).map((side) => {
    const { latencySeconds, latencyMinutes } = limits;
    const datapoints = outputs.metric(`${side}-latency.json`);
    const recent = within(datapoints, latencyMinutes, endOf(datapoints, now));
    const highest = recent.flatMap(({ Maximum }) => (Maximum === undefined ? [] : [Maximum]));
    const most = Math.max(...highest);
    return {
      criterion: `latency of the ${side}`,
      allowed: `at most ${latencySeconds} s in each of the last ${latencyMinutes} minutes`,
      got: highest.length === 0 ? "no maximum in this time" : `${most} s at most, in ${highest.length} minutes`,
      met: highest.length >= latencyMinutes && most <= latencySeconds,
    };
  });
}

function errorRate(
  outputs: Outputs,
  { errorPercent, errorMinutes }: DatabaseMigration["rollback"],
  now: number,
): CriterionResult {
  const answered = outputs.metric("requests.json");
  const end = endOf(answered, now);
  const total = (datapoints: Datapoints) =>
    within(datapoints, errorMinutes, end).reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  const [requests, errors] = [total(answered), total(outputs.metric("errors.json"))];
  const percent = (100 * errors) / requests;
  return {
    criterion: "failed requests",
    allowed: `at most ${errorPercent} % of the requests of the last ${errorMinutes} minutes`,
    got: requests === 0 ? "no requests in this time" : `${percent.toFixed(2)} % of ${requests} requests`,
    met: requests > 0 && percent <= errorPercent,
  };
}

/** CloudWatch has the datapoint of a minute some minutes later. */
const OLDEST_MS = 10 * 60_000;

/** The newest datapoint. @param now of a decision that older datapoints say nothing about */
function endOf(datapoints: Datapoints, now: number | undefined): number | undefined {
  const newest = Math.max(...datapoints.map(({ Timestamp }) => Timestamp));
  return Number.isFinite(newest) && (now === undefined || newest >= now - OLDEST_MS) ? newest : undefined;
}

function within(datapoints: Datapoints, minutes: number, end: number | undefined): Datapoints {
  if (end === undefined) return [];
  return datapoints.filter(({ Timestamp }) => Timestamp > end - minutes * 60_000 && Timestamp <= end);
}

function none(criterion: string, allowed: string, problems: readonly string[]): CriterionResult {
  return { criterion, allowed, got: problems.length === 0 ? "all" : problems.join("; "), met: problems.length === 0 };
}

function nameOf({ SchemaName, TableName }: Tables[number]): string {
  return `${SchemaName}.${TableName}`;
}
