/** The part of an environment in the way of masked data: production shares a snapshot, staging imports what comes out. */
import { values } from "../../lib";
import type { EcsCluster } from "../../modules/ecs-cluster";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { EventDeadLetters } from "../../modules/event-dead-letters";
import { Kms } from "../../modules/kms";
import { MaskedImport } from "../../modules/masked-import";
import { RdsSnapshotShare } from "../../modules/rds-snapshot-share";
import { taskBasics } from "../common/containers";
import { workloadsBoundaryArn } from "../common/delivery";
import { type Context, DATABASE_NAME, MASKING_IMAGE } from "./context";
import type { Data } from "./data";
import { MASKING } from "./masking";
import type { Network } from "./network";

interface Parts {
  readonly network: Network;
  readonly data: Data;
  readonly database: NonNullable<Data["database"]>;
  readonly cluster: InstanceType<typeof EcsCluster>;
}

export function maskedData(context: Context, parts: Omit<Parts, "database">): void {
  const { masking } = context.environment;
  const { database } = parts.data;
  if (database === null) return;
  if (masking === "source") share(context, { ...parts, database });
  if (masking === "target") importMasked(context, { ...parts, database });
}

function share(context: Context, { database }: Parts): void {
  new RdsSnapshotShare(context.root, "masking_share", {
    ...scheduled(context),
    ...MASKING.share,
    dbInstanceIdentifier: database.identifier,
    sourceKmsKeyArn: context.dataKeyArn,
  });
}

function importMasked(context: Context, { network, data, database, cluster }: Parts): void {
  const { family, ...inputs } = MASKING.import;
  const task = new EcsTaskDefinition(context.root, "masked_import_task", {
    ...taskBasics(context, data.images, MASKING_IMAGE),
    name: family,
    cpu: 1024,
    memoryMiB: 2048,
  });
  new MaskedImport(context.root, "masked_import", {
    ...scheduled(context),
    ...inputs,
    databaseHost: database.address,
    databaseName: DATABASE_NAME,
    masterSecretArn: database.masterUserSecretArn,
    masterSecretKeyArn: context.dataKeyArn,
    subnetIds: values(network.vpc.privateSubnetIds),
    taskSecurityGroupId: network.groups.ids.at("tasks"),
    clusterName: cluster.name,
    taskDefinitionArn: task.arn,
    taskFamily: task.family,
    executionRoleArn: task.executionRoleArn,
  });
}

/** Inputs of a module with a schedule. The other keys of the environment admit neither queues nor logs of executions. */
function scheduled({ root, environment, name, alertTopicArn }: Context) {
  const { account, region, sizing } = environment;
  const place = { accountId: account.id, region };
  const { arn: kmsKeyArn } = new Kms(root, "masking_key", {
    ...place,
    name: `${name}-masking`,
    description: "Formula: schedules and executions of the masking",
    services: ["events-queues", "log-delivery", "logs"],
  });
  const { arn: deadLetterArn } = new EventDeadLetters(root, "masking_dead_letters", {
    ...place,
    name: `${name}-masking`,
    kmsKeyArn,
    alertTopicArn,
  });
  return {
    ...place,
    kmsKeyArn,
    deadLetterArn,
    topicArn: alertTopicArn,
    logRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };
}
