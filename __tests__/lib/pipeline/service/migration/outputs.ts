/** Outputs of the AWS CLI about a rehearsal that meets every criterion, in the form in which the CLI prints them. */

export const ACCOUNT = "111122223333";
export const TASK_ARN = `arn:aws:dms:eu-central-1:${ACCOUNT}:task:IKIQ5HCLLNBCRFZJ2SLC2TXQWA`;
const NEWEST = Date.parse("2026-11-20T12:00:00Z");

/** The end of the outputs' metrics, and a time at which they are still new. */
export const NOW = NEWEST + 4 * 60_000;

export const table = (schema: string, name: string, more: object = {}) => ({
  SchemaName: schema,
  TableName: name,
  Inserts: 0,
  Deletes: 0,
  Updates: 3,
  Ddls: 0,
  FullLoadRows: 120_431,
  FullLoadCondtnlChkFailedRows: 0,
  FullLoadErrorRows: 0,
  FullLoadStartTime: "2026-11-20T10:00:05.311000+00:00",
  FullLoadEndTime: "2026-11-20T10:21:40.100000+00:00",
  FullLoadReloaded: false,
  LastUpdateTime: "2026-11-20T11:59:12.712000+00:00",
  TableState: "Table completed",
  ValidationPendingRecords: 0,
  ValidationFailedRecords: 0,
  ValidationSuspendedRecords: 0,
  ValidationState: "Validated",
  ...more,
});

export const tables = (...statistics: readonly object[]) => ({
  ReplicationTaskArn: TASK_ARN,
  TableStatistics: statistics,
});

export const task = (more: object = {}, stats: object = {}) => ({
  ReplicationTasks: [
    {
      ReplicationTaskIdentifier: "shop-rehearsal",
      SourceEndpointArn: `arn:aws:dms:eu-central-1:${ACCOUNT}:endpoint:A`,
      TargetEndpointArn: `arn:aws:dms:eu-central-1:${ACCOUNT}:endpoint:B`,
      ReplicationInstanceArn: `arn:aws:dms:eu-central-1:${ACCOUNT}:rep:C`,
      MigrationType: "full-load-and-cdc",
      TableMappings: '{"rules":[]}',
      ReplicationTaskSettings: "{}",
      Status: "running",
      ReplicationTaskCreationDate: "2026-11-20T09:40:00.000000+00:00",
      ReplicationTaskStartDate: "2026-11-20T10:00:00.000000+00:00",
      ReplicationTaskArn: TASK_ARN,
      ReplicationTaskStats: {
        FullLoadProgressPercent: 100,
        ElapsedTimeMillis: 1_300_000,
        TablesLoaded: 2,
        TablesLoading: 0,
        TablesQueued: 0,
        TablesErrored: 0,
        FreshStartDate: "2026-11-20T10:00:00.000000+00:00",
        StartDate: "2026-11-20T10:00:00.000000+00:00",
        FullLoadStartDate: "2026-11-20T10:00:05.000000+00:00",
        FullLoadFinishDate: "2026-11-20T10:30:05.000000+00:00",
        ...stats,
      },
      ...more,
    },
  ],
});

export const assessment = (more: object = {}) => ({
  ReplicationTaskAssessmentRuns: [
    { ...RUN, IsLatestTaskAssessmentRun: false, Status: "failed" },
    { ...RUN, ...more },
  ],
});

const RUN = {
  ReplicationTaskAssessmentRunArn: `arn:aws:dms:eu-central-1:${ACCOUNT}:assessment-run:D`,
  ReplicationTaskArn: TASK_ARN,
  Status: "passed",
  ReplicationTaskAssessmentRunCreationDate: "2026-11-20T09:45:00.000000+00:00",
  AssessmentProgress: { IndividualAssessmentCount: 12, IndividualAssessmentCompletedCount: 12 },
  ResultLocationBucket: "shop-assessments",
  ResultLocationFolder: "shop-rehearsal",
  ResultEncryptionMode: "SSE_KMS",
  AssessmentRunName: "first",
  IsLatestTaskAssessmentRun: true,
  ResultStatistic: { Passed: 11, Failed: 0, Error: 0, Warning: 1, Cancelled: 0, Skipped: 0 },
};

/** One datapoint for each minute; the last value is the newest. CloudWatch returns them in no order. */
export const metric = (statistic: "Maximum" | "Sum", values: readonly number[]) => ({
  Label: "metric",
  Datapoints: values
    .map((value, position) => ({
      Timestamp: new Date(NEWEST - (values.length - 1 - position) * 60_000).toISOString(),
      [statistic]: value,
      Unit: "Seconds",
    }))
    .reverse(),
});

const minutes = (count: number, value: number) => Array.from({ length: count }, () => value);

export const GOOD = {
  "task.json": task(),
  "tables.json": tables(table("shop", "orders"), table("shop", "customers")),
  "assessment.json": assessment(),
  "source-latency.json": metric("Maximum", [400, ...minutes(30, 2)]),
  "target-latency.json": metric("Maximum", minutes(30, 30)),
  "requests.json": metric("Sum", minutes(10, 100)),
  "errors.json": metric("Sum", [9, 1]),
};
