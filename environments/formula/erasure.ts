/** Erasure of a user on request, and the ledger that repeats erasures in a restored database. */
import { values } from "../../lib";
import type { CognitoUserPool } from "../../modules/cognito-user-pool";
import type { EcsCluster } from "../../modules/ecs-cluster";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { Kms } from "../../modules/kms";
import { SecretsManager } from "../../modules/secrets-manager";
import { UserErasure } from "../../modules/user-erasure";
import { databaseEnvironment, login, taskBasics } from "../common/containers";
import { workloadsBoundaryArn } from "../common/delivery";
import { copiedSecretsKeys } from "../common/standby";
import { type Context, DATABASE_NAME } from "./context";
import type { Data } from "./data";
import type { Network } from "./network";
import { RETENTION } from "./retention";

interface Parts extends Data {
  readonly network: Network;
  readonly cluster: InstanceType<typeof EcsCluster>;
  readonly pool: InstanceType<typeof CognitoUserPool>;
}

/** @returns the log of the task, and what the service needs to write requests and to start erasures */
export function erasure(context: Context, parts: Parts) {
  const { root, environment, name } = context;
  const { account, region } = environment;
  const key = new Kms(root, "erasure_key", {
    accountId: account.id,
    region,
    name: `${name}-erasure`,
    description: "Formula: ledger and executions of erasures, and the salt of the ledger",
    services: ["logs", "log-delivery"],
  });
  const salt = new SecretsManager(root, "erasure_secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: key.arn,
    secrets: {
      "erasure-salt":
        "Salt of the ledger of erasures: 32 random bytes in hexadecimal digits, written once by an operator",
    },
  }).arns.at("erasure-salt");
  const task = new EcsTaskDefinition(root, "erasure_task", {
    ...taskBasics(context, parts.images, "api"),
    ...copiedSecretsKeys(environment),
    name: `${name}-erasure`,
    cpu: 256,
    memoryMiB: 512,
    command: ERASE,
    environment: parts.database === null ? {} : databaseEnvironment(parts.database, DATABASE_NAME),
    secrets: login("DATABASE", parts.databaseSecretArn),
  });
  const machine = new UserErasure(root, "erasure", {
    name: `${name}-erasure`,
    accountId: account.id,
    region,
    kmsKeyArn: key.arn,
    logRetentionDays: RETENTION.erasureLog.days[environment.name],
    topicArn: context.alertTopicArn,
    topicKeyArn: context.alertsKeyArn,
    userPoolId: parts.pool.id,
    userPoolArn: parts.pool.arn,
    saltSecretArn: salt,
    saltKmsKeyArn: key.arn,
    clusterName: parts.cluster.name,
    taskFamily: task.family,
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    subnetIds: values(parts.network.vpc.privateSubnetIds),
    taskSecurityGroupId: parts.network.groups.ids.at("tasks"),
    eraseCommand: ERASE,
    replayCommand: ["node", "dist/erasure/replay.js"],
    ledgerRetentionDays: RETENTION.ledger.days[environment.name],
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  root.output("erasure", machine.stateMachineArn, "State machine that erases users, and replays their erasures.");
  return {
    logGroupName: task.logGroupName,
    environment: {
      ERASURE_LEDGER: machine.ledgerName,
      ERASURE_MACHINE_ARN: machine.stateMachineArn,
      ERASURE_SALT_SECRET_ARN: salt,
    },
    permissions: {
      RequestErasures: { actions: ["dynamodb:PutItem"], resources: [machine.ledgerArn] },
      StartErasures: { actions: ["states:StartExecution"], resources: [machine.stateMachineArn] },
      ReadErasureSalt: { actions: ["secretsmanager:GetSecretValue"], resources: [salt] },
      UseErasureKey: { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key.arn] },
    },
  };
}

/** Programs of the application's image. */
const ERASE = ["node", "dist/erasure/erase.js"];
