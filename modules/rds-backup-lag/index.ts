import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { z } from "zod";
import {
  arnOf,
  defineModule,
  EXECUTION_LOG_RETENTION,
  hcl,
  partition,
  rdsCall,
  resource,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
  sizing,
} from "../../lib";

const { topicKeyArn: _, schedule: __, ...SCHEDULED } = SCHEDULE_INPUTS;

const METRIC = "BackupLag";

/** RDS uploads transaction logs at this interval, so that a denser measurement shows nothing new. */
const MINUTES = 5;

/**
 * RDS has no metric of the age of copied backups, only the latest time that they contain.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreWindow.html
 */
export const RdsBackupLag = defineModule({
  name: "rds-backup-lag",
  description:
    "Measures the age of the newest restorable point in copied backups of a database, which is the loss of data if the database's region fails now, and alarms if it exceeds the recovery point objective or cannot be measured. A state machine reads the copies every five minutes.",
  inputs: {
    ...SCHEDULED,
    logRetentionDays: EXECUTION_LOG_RETENTION,
    automatedBackupsArn: arnOf("rds").describe("Copies of the backups, from `rds-backup-replication`."),
    maxLagSeconds: sizing(z.int().min(600).max(86_400)).describe(
      "Recovery point objective: largest age of the newest restorable point. RDS uploads transaction logs every five minutes.",
    ),
  },
  outputs: {
    alarmArn: z.string().describe("ARN of the alarm on the age."),
    stateMachineArn: z.string().describe("ARN of the state machine."),
  },
  example: {
    name: "shop-backup-lag",
    accountId: "111122223333",
    region: "eu-west-1",
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-west-1:111122223333:shop-alerts",
    deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:shop-events-dead-letters",
    logRetentionDays: 90,
    automatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdefghijklmnop",
    maxLagSeconds: 900,
  },
  build(scope, input) {
    const { machine } = scheduledStateMachine(
      scope,
      { ...input, arnPartition: partition(scope), schedule: hcl<string>`"cron(0/5 * * * ? *)"` },
      {
        description: "Reads copied backups and writes the age of their newest restorable point",
        policyName: "measure",
        statements: [
          {
            Sid: "ReadBackups",
            Effect: "Allow",
            Action: "rds:DescribeDBInstanceAutomatedBackups",
            Resource: input.automatedBackupsArn,
          },
          {
            Sid: "WriteMetric",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": input.name } },
          },
        ],
        comment: "Measures the age of backups as",
        states: {
          QueryLanguage: "JSONata",
          StartAt: "ReadBackups",
          States: {
            ReadBackups: {
              ...rdsCall("describeDBInstanceAutomatedBackups"),
              Arguments: { DbInstanceAutomatedBackupsArn: input.automatedBackupsArn },
              Assign: {
                lag: "{% ($millis() - $toMillis($states.result.DbInstanceAutomatedBackups[0].RestoreWindow.LatestTime)) / 1000 %}",
              },
              Next: "WriteMetric",
            },
            WriteMetric: {
              Type: "Task",
              Resource: "arn:aws:states:::aws-sdk:cloudwatch:putMetricData",
              Arguments: {
                Namespace: input.name,
                MetricData: [{ MetricName: METRIC, Value: "{% $lag %}", Unit: "Seconds" }],
              },
              End: true,
            },
          },
        },
        alarmDescription: `The age of the copied backups could not be measured. Read the last execution of the state machine ${input.name}.`,
        scheduleDescription: "Starts the measurement of copied backups",
        startId: "StartMeasurement",
      },
    );
    const alarm = resource(scope, CloudwatchMetricAlarm, "lag", {
      alarmName: input.name,
      alarmDescription: `The copied backups are older than ${input.maxLagSeconds} seconds or were not measured: if the region of the database fails now, more data than that is lost. Compare the RestoreWindow of aws rds describe-db-instance-automated-backups in both regions.`,
      namespace: input.name,
      metricName: METRIC,
      statistic: "Maximum",
      period: MINUTES * 60,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanThreshold",
      threshold: input.maxLagSeconds,
      treatMissingData: "breaching",
      alarmActions: [input.topicArn],
      okActions: [input.topicArn],
    });
    return { alarmArn: alarm.arn, stateMachineArn: machine.arn };
  },
});
