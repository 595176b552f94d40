/** What the AWS CLI prints about a migration, read from the files of one folder. */
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../../common/errors";
import { parsedInput, readText } from "../../../common/input-file";

/** The CLI writes times as text, its first version as seconds. */
const TIME = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === "number" ? value * 1000 : Date.parse(value)))
  .refine((time) => !Number.isNaN(time));

const COUNT = z.number().default(0);

const TABLES = z.object({
  ReplicationTaskArn: z.string(),
  TableStatistics: z.array(
    z.object({
      SchemaName: z.string(),
      TableName: z.string(),
      TableState: z.string(),
      FullLoadErrorRows: COUNT,
      FullLoadCondtnlChkFailedRows: COUNT,
      ValidationPendingRecords: COUNT,
      ValidationFailedRecords: COUNT,
      ValidationSuspendedRecords: COUNT,
      ValidationState: z.string().default("Not enabled"),
    }),
  ),
  Marker: z.undefined().optional(),
});

const TASK = z.object({
  ReplicationTasks: z.tuple([
    z.object({
      ReplicationTaskArn: z.string(),
      Status: z.string(),
      LastFailureMessage: z.string().default(""),
      ReplicationTaskStats: z
        .object({
          FullLoadProgressPercent: COUNT,
          TablesErrored: COUNT,
          FullLoadStartDate: TIME.optional(),
          FullLoadFinishDate: TIME.optional(),
        })
        .default({ FullLoadProgressPercent: 0, TablesErrored: 0 }),
    }),
  ]),
});

const ASSESSMENT = z.object({
  ReplicationTaskAssessmentRuns: z.array(
    z.object({
      ReplicationTaskArn: z.string(),
      Status: z.string(),
      IsLatestTaskAssessmentRun: z.boolean().default(false),
      ResultStatistic: z
        .object({ Passed: COUNT, Failed: COUNT, Error: COUNT, Warning: COUNT, Cancelled: COUNT })
        .default({ Passed: 0, Failed: 0, Error: 0, Warning: 0, Cancelled: 0 }),
    }),
  ),
  Marker: z.undefined().optional(),
});

/** `Maximum` of a delay, `Sum` of a count. */
const METRIC = z.object({
  Datapoints: z.array(z.object({ Timestamp: TIME, Maximum: z.number().optional(), Sum: z.number().optional() })),
});

/** The commands that write the files. */
const COMMANDS = {
  "tables.json": "aws dms describe-table-statistics",
  "task.json": "aws dms describe-replication-tasks for one task",
  "assessment.json": "aws dms describe-replication-task-assessment-runs",
  "source-latency.json": "aws cloudwatch get-metric-statistics for CDCLatencySource",
  "target-latency.json": "aws cloudwatch get-metric-statistics for CDCLatencyTarget",
  "requests.json": "aws cloudwatch get-metric-statistics for RequestCount",
  "errors.json": "aws cloudwatch get-metric-statistics for HTTPCode_Target_5XX_Count",
} as const;

export type OutputFile = keyof typeof COMMANDS;
export type Tables = z.infer<typeof TABLES>["TableStatistics"];
export type Task = z.infer<typeof TASK>["ReplicationTasks"][0];
export type AssessmentRuns = z.infer<typeof ASSESSMENT>["ReplicationTaskAssessmentRuns"];
export type Datapoints = z.infer<typeof METRIC>["Datapoints"];

/** Reads files of a folder when they are asked for. All of them have to be about one task of the account. */
export class Outputs {
  constructor(
    private readonly folder: string,
    private readonly accountId: string,
  ) {}

  task(): Task {
    const { ReplicationTasks } = this.read("task.json", TASK);
    const [task] = ReplicationTasks;
    this.requireTask("task.json", task.ReplicationTaskArn, new RegExp(`^arn:[^:]+:dms:[^:]+:${this.accountId}:task:`));
    return task;
  }

  tables(): Tables {
    const { ReplicationTaskArn, TableStatistics } = this.read("tables.json", TABLES);
    this.requireTask("tables.json", ReplicationTaskArn, this.task().ReplicationTaskArn);
    return TableStatistics;
  }

  assessments(): AssessmentRuns {
    const { ReplicationTaskAssessmentRuns: runs } = this.read("assessment.json", ASSESSMENT);
    const { ReplicationTaskArn } = this.task();
    for (const run of runs) this.requireTask("assessment.json", run.ReplicationTaskArn, ReplicationTaskArn);
    return runs;
  }

  metric(file: "source-latency.json" | "target-latency.json" | "requests.json" | "errors.json"): Datapoints {
    return this.read(file, METRIC).Datapoints;
  }

  private read<T>(file: OutputFile, schema: z.core.$ZodType<T>): T {
    const place = path.join(this.folder, file);
    const allowed = `what \`${COMMANDS[file]}\` prints, with all pages`;
    return parsedInput(place, readText(place, allowed), schema, { noun: "the output of the AWS CLI", allowed });
  }

  private requireTask(file: OutputFile, arn: string, expected: string | RegExp): void {
    if (typeof expected === "string" ? arn === expected : expected.test(arn)) return;
    const allowed = typeof expected === "string" ? expected : `a task of account ${this.accountId}`;
    throw new InputError(path.join(this.folder, file), [`ReplicationTaskArn: got "${arn}"; allowed: ${allowed}`]);
  }
}
