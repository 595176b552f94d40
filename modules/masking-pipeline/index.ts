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
  readyAfter,
  resource,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
  set,
  sizing,
  text,
} from "../../lib";
import { machineStatements } from "./permissions";
import { maskingStates } from "./states";
import { stepRoles } from "./step-roles";

const { topicKeyArn: _, ...SCHEDULED } = SCHEDULE_INPUTS;

export const MaskingPipeline = defineModule({
  name: "masking-pipeline",
  description:
    "Masks a copy of another account's PostgreSQL database, and exports a dump of it. On a schedule, a state machine copies the snapshot that the `rds-snapshot-share` module of the other account shares, restores it into isolated subnets with a password that RDS manages, and runs a task for each step: `mask` changes the data, `verify` reads all of it as a role that may change nothing and fails if it finds an e-mail address, and `export` writes the dump to a bucket. The instance and the copy are deleted in the end, also if a step fails. The tasks run the program in `program/`, whose image `program/Dockerfile` builds. The task definition has the variable `MASK_MAP`: JSON with a method for each column, `schema.table.column`, of the database: `keep`, `email`, `text`, `token` or `truncate`. A column without a method ends the run. With the variable `SUBSET`, JSON with an SQL condition for some tables, only the rows that meet it stay, and those of other tables that do not refer to missing ones. The export refuses a database that has not passed the check, and the module `masked-import` a dump without its record. The check reads text as it is, in JSON, URLs, HTML and bytes; it reads no compressed, encrypted or base64 content, whose columns are `token` or `truncate`.",
  inputs: {
    ...SCHEDULED,
    logRetentionDays: EXECUTION_LOG_RETENTION,
    sourceSnapshotArn: arnOf("rds").describe("Snapshot that the other account shares, from `rds-snapshot-share`."),
    sourceKmsKeyArn: arnOf("kms").describe(
      "Key of the shared snapshot, from `rds-snapshot-share`. The key needs the role of this module, so that its ARN is known only after a first apply of both roots: give any ARN of a key of that account until then.",
    ),
    databaseName: text(/^[A-Za-z_]\w{0,62}$/, "a name of letters, digits and underscores", "no-hyphens").describe(
      "Database that is masked and exported. Others of the instance are deleted with it.",
    ),
    engineVersion: text(
      /^(?:1[4-9]|[2-9]\d)(?:\.\d+)?$/,
      "a PostgreSQL version from 14 on, such as 15 or 15.12",
      "13.22",
    ).describe("PostgreSQL version of the snapshot."),
    instanceClass: sizing(
      text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.t4g.medium", "t4g.medium"),
    ).describe("Class of the restored instance, which exists for some hours a run."),
    subnetIds: set(z.string())
      .min(2)
      .describe(
        "Subnets in two zones or more, without a route out of the VPC: with endpoints for S3, ECR, CloudWatch Logs and Secrets Manager only.",
      ),
    databaseSecurityGroupId: z
      .string()
      .min(1)
      .describe("Security group of the instance, which admits the tasks to port 5432, and nothing else."),
    taskSecurityGroupId: z
      .string()
      .min(1)
      .describe("Security group of the tasks, which may reach the instance and the endpoints, and nothing else."),
    clusterName: z.string().min(1).describe("Cluster of the tasks, from `ecs-cluster`."),
    taskDefinitionArn: arnOf("ecs").describe(
      "Revision with the program's image, from `ecs-task-definition`: all steps of an execution run the same. It needs no permissions: each step has a role of its own.",
    ),
    taskFamily: z.string().min(1).describe("Family of the revision."),
    executionRoleArn: arnOf("iam").describe("Execution role of the task definition."),
    exportBucket: BUCKET_NAME.describe("Bucket that receives the dump, from `masked-export-bucket`."),
    exportKmsKeyArn: arnOf("kms").describe("Key of the bucket."),
  },
  outputs: {
    stateMachineArn: z.string().describe("ARN of the state machine, for a run outside of the schedule: one at a time."),
    roleArn: z.string().describe("Role that copies the shared snapshot, for `rds-snapshot-share`."),
    dumpKey: z.string().describe("Key of the dump in the bucket. Each run writes a version."),
  },
  rules: [
    {
      inputs: ["exportKmsKeyArn", "kmsKeyArn"],
      allowed: "another key than that of the unmasked data",
      holds: ({ exportKmsKeyArn, kmsKeyArn }) => exportKmsKeyArn !== kmsKeyArn,
      condition: "var.export_kms_key_arn != var.kms_key_arn",
      counterexample: {
        exportKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
        kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      },
    },
    {
      inputs: ["databaseSecurityGroupId", "taskSecurityGroupId"],
      allowed: "a security group for the instance and another one for the tasks",
      holds: ({ databaseSecurityGroupId, taskSecurityGroupId }) => databaseSecurityGroupId !== taskSecurityGroupId,
      condition: "var.database_security_group_id != var.task_security_group_id",
      counterexample: { databaseSecurityGroupId: "sg-0123456789abcdef0", taskSecurityGroupId: "sg-0123456789abcdef0" },
    },
  ],
  example: {
    name: "shop-masking",
    accountId: "111122223333",
    region: "eu-central-1",
    schedule: "cron(0 3 1 * ? *)",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:shop-events-dead-letters",
    logRetentionDays: 365,
    sourceSnapshotArn: "arn:aws:rds:eu-central-1:777788889999:snapshot:shop-masking-share",
    sourceKmsKeyArn: "arn:aws:kms:eu-central-1:777788889999:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    databaseName: "shop",
    engineVersion: "15",
    instanceClass: "db.t4g.medium",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    databaseSecurityGroupId: "sg-0123456789abcdef0",
    taskSecurityGroupId: "sg-0123456789abcdef1",
    clusterName: "shop-masking",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-masking:1",
    taskFamily: "shop-masking",
    executionRoleArn: "arn:aws:iam::111122223333:role/shop-masking-execution",
    exportBucket: "shop-masked-exports",
    exportKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/9012abcd-12ab-34cd-56ef-1234567890ab",
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
    const dumpKey = `${input.databaseName}.dump` as const;
    const steps = stepRoles(scope, place, dumpKey);
    const roles = { mask: steps.mask.arn, verify: steps.verify.arn, export: steps.export.arn };
    const { machine, role } = scheduledStateMachine(scope, place, {
      description:
        "Restores a shared snapshot, starts the tasks that mask and export it, and deletes the restored data",
      policyName: "masking",
      statements: machineStatements(place, roles, { subnetGroup: subnetGroup.arn, parameterGroup: parameterGroup.arn }),
      comment: "Masks and exports a database as",
      states: maskingStates(input, roles, {
        subnetGroup: subnetGroup.name,
        parameterGroup: parameterGroup.name,
        dumpKey,
      }),
      alarmDescription: `The masking failed, so that nothing was exported, or its restored data was not deleted. Read the last execution of the state machine ${input.name} and the log of its task, and delete the instance and the snapshot ${input.name} if they are there.`,
      scheduleDescription: "Starts the masking of a database",
      startId: "StartMasking",
    });
    const stateMachineArn = readyAfter(machine.arn, steps.mask.policy, steps.verify.policy, steps.export.policy);
    return { stateMachineArn, roleArn: role.arn, dumpKey: `${input.databaseName}.dump` };
  },
});
