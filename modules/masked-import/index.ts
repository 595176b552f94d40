import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  defineModule,
  EXECUTION_LOG_RETENTION,
  hcl,
  partition,
  readyAfter,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
  set,
  taskState,
  taskStatements,
} from "../../lib";
import { importRole } from "./permissions";

const { topicKeyArn: _, ...SCHEDULED } = SCHEDULE_INPUTS;

/** An import that takes longer has a problem. */
const IMPORT_SECONDS = 6 * 3600;

export const MaskedImport = defineModule({
  name: "masked-import",
  description:
    "Puts the newest masked dump of another account into a PostgreSQL database that is in use, on a schedule. A task replaces the rows in one transaction: definitions, owners and privileges stay, the application waits, and after a failure it has the rows of before. The task refuses a dump without a passed check. It runs the program of the module `masking-pipeline` with the command `import`. The tables in `keptTables` keep their rows, such as that of the migrations; the subset of the masking leaves their rows out. A dump whose columns the database does not have is refused: apply the migrations of the other account first.",
  inputs: {
    ...SCHEDULED,
    logRetentionDays: EXECUTION_LOG_RETENTION,
    databaseHost: z.string().min(1).describe("Host name of the database."),
    databaseName: z.string().min(1).describe("Database whose rows are replaced."),
    masterSecretArn: arnOf("secretsmanager").describe("Secret with the login of the master user, which RDS manages."),
    masterSecretKeyArn: arnOf("kms").describe("Key of this secret."),
    keptTables: set(z.string().regex(/^[A-Za-z_]\w*\.[A-Za-z_]\w*$/))
      .default([])
      .describe("Tables whose rows stay, as `schema.table`."),
    subnetIds: set(z.string())
      .min(2)
      .describe("Subnets of the task, which reach the database, S3, Secrets Manager, ECR and CloudWatch Logs."),
    taskSecurityGroupId: z.string().min(1).describe("Security group of the task, which the database admits."),
    clusterName: z.string().min(1).describe("Cluster of the task, from `ecs-cluster`."),
    taskDefinitionArn: arnOf("ecs").describe(
      "Revision with the program's image, from `ecs-task-definition`. It needs no permissions: the task has the role of this module.",
    ),
    taskFamily: z.string().min(1).describe("Family of the revision."),
    executionRoleArn: arnOf("iam").describe("Execution role of the task definition."),
    exportBucket: BUCKET_NAME.describe("Bucket of the dump, from `masked-export-bucket` in the other account."),
    dumpKey: z.string().min(1).describe("Key of the dump in the bucket, from `masking-pipeline`."),
    exportKmsKeyArn: arnOf("kms").describe(
      "Key of the bucket. Its policy needs the role of this module: give any ARN of a key of that account until both roots are applied.",
    ),
  },
  outputs: {
    stateMachineArn: z.string().describe("ARN of the state machine, for an import outside of the schedule."),
    roleArn: z.string().describe("Role that reads the dump, for `masked-export-bucket`."),
  },
  example: {
    name: "shop-masked-import",
    accountId: "111122223333",
    region: "eu-central-1",
    schedule: "cron(0 3 2 * ? *)",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:shop-events-dead-letters",
    logRetentionDays: 365,
    databaseHost: "shop.abcdefghijkl.eu-central-1.rds.amazonaws.com",
    databaseName: "shop",
    masterSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-0123abcd-AbCdEf",
    masterSecretKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    keptTables: ["public.migrations"],
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    taskSecurityGroupId: "sg-0123456789abcdef0",
    clusterName: "shop",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-masking:1",
    taskFamily: "shop-masking",
    executionRoleArn: "arn:aws:iam::111122223333:role/shop-masking-execution",
    exportBucket: "shop-masked-exports",
    dumpKey: "shop.dump",
    exportKmsKeyArn: "arn:aws:kms:eu-central-1:444455556666:key/9012abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const place = { ...input, arnPartition: partition(scope) };
    const { roleArn, policy } = importRole(scope, place);
    const environment = {
      PGHOST: input.databaseHost,
      PGPORT: "5432",
      PGDATABASE: input.databaseName,
      MASTER_SECRET_ARN: input.masterSecretArn,
      EXPORT_BUCKET: input.exportBucket,
      EXPORT_KEY: input.dumpKey,
      KEPT_TABLES: hcl<string>`join(",", sort(${input.keptTables}))`,
    };
    const { machine } = scheduledStateMachine(scope, place, {
      description: "Starts the task that imports a masked dump",
      policyName: "import",
      statements: taskStatements(place, [input.executionRoleArn, roleArn]),
      comment: "Imports a masked dump as",
      states: {
        QueryLanguage: "JSONata",
        StartAt: "Import",
        States: {
          Import: {
            ...taskState({
              ...input,
              taskDefinition: input.taskDefinitionArn,
              roleArn,
              command: ["import"],
              environment,
              timeoutSeconds: IMPORT_SECONDS,
            }),
            End: true,
          },
        },
      },
      alarmDescription: `The masked dump was not imported: the database has the rows of the last import. Read the last execution of the state machine ${input.name} and the log of its task.`,
      scheduleDescription: "Starts the import of a masked dump",
      startId: "StartImport",
    });
    return { stateMachineArn: readyAfter(machine.arn, policy), roleArn };
  },
});
