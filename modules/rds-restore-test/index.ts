import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  defineModule,
  EXECUTION_LOG_RETENTION,
  partition,
  postgresParameters,
  resource,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
  set,
  sizing,
  text,
} from "../../lib";
import { restoreStatements } from "./permissions";
import { restoreStates } from "./states";

const { topicKeyArn: _, ...SCHEDULED } = SCHEDULE_INPUTS;

export const RdsRestoreTest = defineModule({
  name: "rds-restore-test",
  description:
    "Tests on a schedule that copied backups of a PostgreSQL instance can be restored, by the same call as after an outage: a state machine restores the newest point into a new instance that nothing can connect to, measures the time until it is available, writes a record into a bucket for evidence, and deletes the instance, also if a step fails. It does not read the restored data.",
  inputs: {
    ...SCHEDULED,
    logRetentionDays: EXECUTION_LOG_RETENTION,
    automatedBackupsArn: arnOf("rds").describe("Backups that are restored, from `rds-backup-replication`."),
    backupsKmsKeyArn: arnOf("kms").describe("Key of these backups."),
    engineVersion: text(
      /^(?:1[3-9]|[2-9]\d)(?:\.\d+)?$/,
      "a PostgreSQL version from 13 on, such as 15 or 15.12",
      "12.22",
    ).describe("PostgreSQL version of the backups."),
    instanceClass: sizing(
      text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.t4g.medium", "t4g.medium"),
    ).describe("Class of the restored instance: the one that a recovery uses, because it decides the time."),
    subnetIds: set(z.string()).min(2).describe("Data subnets, in two zones or more."),
    securityGroupId: z.string().min(1).describe("Security group of the instance, which admits nothing."),
    maxRestoreSeconds: sizing(z.int().min(600).max(14_400)).describe(
      "Longest time until the instance is available, as the recovery plan assumes it. A longer one fails the test.",
    ),
    evidenceBucket: BUCKET_NAME.describe("Bucket for the records, from the `evidence-bucket` module."),
    evidenceKmsKeyArn: arnOf("kms").describe("Key of that bucket."),
  },
  outputs: {
    stateMachineArn: z
      .string()
      .describe("ARN of the state machine, for a test outside of the schedule: one at a time."),
  },
  example: {
    name: "shop-restore-test",
    accountId: "111122223333",
    region: "eu-west-1",
    schedule: "cron(0 9 1 1,4,7,10 ? *)",
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-west-1:111122223333:shop-alerts",
    deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:shop-events-dead-letters",
    logRetentionDays: 365,
    automatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdefghijklmnop",
    backupsKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/9012abcd-12ab-34cd-56ef-1234567890ab",
    engineVersion: "15",
    instanceClass: "db.t4g.medium",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    maxRestoreSeconds: 5400,
    evidenceBucket: "shop-evidence",
    evidenceKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const subnetGroup = resource(scope, DbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    const parameterGroup = resource(
      scope,
      DbParameterGroup,
      "this",
      postgresParameters(input.name, "postgres", input.engineVersion),
    );
    const place = { ...input, arnPartition: partition(scope) };
    const { machine } = scheduledStateMachine(scope, place, {
      description: "Restores copied backups, records the result, and deletes the instance",
      policyName: "restore",
      statements: restoreStatements(place, { subnetGroup: subnetGroup.arn, parameterGroup: parameterGroup.arn }),
      comment: "Tests the restore of backups as",
      states: restoreStates(input, { subnetGroup: subnetGroup.name, parameterGroup: parameterGroup.name }),
      alarmDescription: `The backups could not be restored in ${input.maxRestoreSeconds} seconds, or the restored instance was not deleted. Read the last execution of the state machine ${input.name} and its record in ${input.evidenceBucket}, and delete the instance ${input.name} if it is there.`,
      scheduleDescription: "Starts the test of a restore",
      startId: "StartTest",
    });
    return { stateMachineArn: machine.arn };
  },
});
