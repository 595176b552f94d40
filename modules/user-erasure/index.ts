import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  condition,
  defineModule,
  EXECUTION_LOG_RETENTION,
  partition,
  policyDocument,
  REGION,
  readyAfter,
  resource,
  resourceIf,
  resourceName,
  set,
  stateMachine,
  text,
} from "../../lib";
import { machineStatements, objectStatements } from "./permissions";
import { replayRole } from "./replay-role";
import { erasureStates } from "./states";

export const UserErasure = defineModule({
  name: "user-erasure",
  description:
    "Erases a user on request from a user pool, a database and buckets, and records the erasure in a ledger that outlives restores. The application writes the request to the ledger: `request_id`, `requested_at` and `subject`, the SHA-256 of `<salt>:<user id>` in hexadecimal digits. An execution with `requestId` and `userId`, the `sub` of the user, begins only if the ledger has this request of this user without an erasure. It disables the user and signs it out, runs a task that deletes the user from the database, deletes all versions of the user's objects, then the user of the pool, and completes the record: date and systems. A failed execution can be started again with the same input. An execution with `replay: true` runs a task that deletes every user of the ledger from a restored database. The tasks are the application's: the erasure reads the variable `USER_ID`, the replay `LEDGER_TABLE` and `SALT_SECRET_ARN`. They delete in one transaction, succeed if nothing is left to delete, and end with another exit code than 0 if they fail.",
  inputs: {
    name: resourceName(40).describe("Name of the state machine, its roles and the ledger."),
    accountId: ACCOUNT_ID.describe("Account of the state machine."),
    region: REGION.describe("Region of the state machine."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the ledger, the executions and their log. Its policy has to allow CloudWatch Logs and the delivery of logs.",
    ),
    logRetentionDays: EXECUTION_LOG_RETENTION,
    topicArn: arnOf("sns").describe("Topic that receives each completed erasure, and the alarm on failed ones."),
    topicKeyArn: arnOf("kms").describe("Key of the topic."),
    userPoolId: z.string().min(1).describe("Id of the user pool, from `cognito-user-pool`."),
    userPoolArn: arnOf("cognito-idp").describe("ARN of the user pool."),
    saltSecretArn: arnOf("secretsmanager").describe(
      "Secret whose whole value is the salt of the hashes: random, and never changed, because the ledger could not be replayed with another one.",
    ),
    saltKmsKeyArn: arnOf("kms").describe("Key of the secret."),
    clusterName: z.string().min(1).describe("Cluster of the tasks, from `ecs-cluster`."),
    taskFamily: z
      .string()
      .min(1)
      .describe("Family of the task definition, from `ecs-task-definition`. Its newest revision runs."),
    taskRoleArn: arnOf("iam").describe("Task role of the family, which the erasure keeps."),
    executionRoleArn: arnOf("iam").describe("Execution role of the family."),
    subnetIds: set(z.string()).min(1).describe("Private subnets of the tasks."),
    taskSecurityGroupId: z
      .string()
      .min(1)
      .describe("Security group of the tasks, which may reach the database and AWS services."),
    eraseCommand: z.array(z.string()).min(1).describe("Command that deletes the user `USER_ID` from the database."),
    replayCommand: z
      .array(z.string())
      .min(1)
      .describe("Command that deletes every user of the ledger from the database."),
    buckets: set(BUCKET_NAME).default([]).describe("Buckets with objects of users. An empty set deletes no objects."),
    objectPrefix: text(/^(?:[\w.-]+\/)*$/, "folders that end with a slash, such as users/", "users")
      .default("users/")
      .describe("Folder with the folders of the users in each bucket: `<prefix><user id>/`."),
    ledgerRetentionDays: z
      .int()
      .min(36)
      .describe(
        "Days after which DynamoDB deletes a record. More than the age of the oldest backup of the database, and as long as an erasure may have to be proven.",
      ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    stateMachineArn: z.string().describe("ARN of the state machine, for the role that starts erasures."),
    ledgerName: z.string().describe("Name of the ledger, for the application that writes requests."),
    ledgerArn: z.string().describe("ARN of the ledger, for the application's policy: `dynamodb:PutItem` alone."),
  },
  example: {
    name: "shop-erasure",
    accountId: "111122223333",
    region: "eu-central-1",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 365,
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    topicKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    userPoolId: "eu-central-1_AbCdEfGhI",
    userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI",
    saltSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/erasure-salt-AbCdEf",
    saltKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    clusterName: "shop",
    taskFamily: "shop-erasure",
    taskRoleArn: "arn:aws:iam::111122223333:role/shop-erasure-task",
    executionRoleArn: "arn:aws:iam::111122223333:role/shop-erasure-execution",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    taskSecurityGroupId: "sg-0123456789abcdef0",
    eraseCommand: ["node", "dist/erase-user.js"],
    replayCommand: ["node", "dist/replay-erasures.js"],
    buckets: ["shop-uploads"],
    ledgerRetentionDays: 1096,
  },
  build(scope, input) {
    /** Beside the database, so that a restore of the database takes back no erasure. */
    const ledger = resource(scope, DynamodbTable, "ledger", {
      name: input.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "request_id",
      attribute: [{ name: "request_id", type: "S" }],
      ttl: { enabled: true, attributeName: "expires_at" },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: input.kmsKeyArn },
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
    });
    const place = { ...input, arnPartition: partition(scope) };
    const replay = replayRole(scope, place, ledger.arn);
    const { machine, role } = stateMachine(scope, place, {
      description: "Deletes a user from the user pool, the database and buckets, and records it",
      policyName: "erasure",
      statements: machineStatements(place, { ledger: ledger.arn, replayRole: replay.arn }),
      comment: "Erases a user as",
      states: erasureStates(input, { ledger: ledger.name, replayRole: replay.arn }),
      alarmDescription: `An erasure failed: data of the user is left, and the record in the ledger ${input.name} is open. Read the failed state of the execution of ${input.name}, and start it again with the same input.`,
    });
    const objects = resourceIf(scope, IamRolePolicy, "objects", condition`length(${input.buckets}) > 0`, {
      name: "objects",
      role: role.name,
      policy: policyDocument(scope, "objects", objectStatements(place)),
    });
    const stateMachineArn = readyAfter(machine.arn, replay.policy, objects);
    return { stateMachineArn, ledgerName: ledger.name, ledgerArn: ledger.arn };
  },
});
