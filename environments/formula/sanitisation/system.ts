/** The root of the account for sanitisation: production's snapshot is restored in a network without a way out, masked, checked and exported. */
import type { Root } from "../../../lib";
import { Ecr } from "../../../modules/ecr";
import { EcsCluster } from "../../../modules/ecs-cluster";
import { EcsTaskDefinition } from "../../../modules/ecs-task-definition";
import { ImageScanAlerts } from "../../../modules/image-scan-alerts";
import { MaskedExportBucket } from "../../../modules/masked-export-bucket";
import { MaskingPipeline } from "../../../modules/masking-pipeline";
import { S3AccessLogs } from "../../../modules/s3-access-logs";
import { workloadsBoundaryArn } from "../../common/delivery";
import { githubEnvironment, rootPath, systemRoot } from "../../common/system-root";
import { nameOf, SYSTEM } from "../context";
import { ENGINE_VERSION } from "../data";
import { MASKING } from "../masking";
import type { SanitisationEnvironment } from "../sanitisation";
import { type Context, foundations } from "./foundations";
import { isolatedNetwork } from "./network";

const IMAGE = "masking";

/** The root as its account sees it, and the image that a workflow pushes for it. */
export function sanitisationRoot(environment: SanitisationEnvironment) {
  return {
    path: rootPath(SYSTEM, environment),
    environment: githubEnvironment(SYSTEM, environment),
    images: { region: environment.region, repositories: [`${nameOf(environment)}/${IMAGE}`] },
  };
}

export function formulaSanitisation(environment: SanitisationEnvironment): Root {
  const root = systemRoot(SYSTEM, environment, {});
  const context = { root, environment, name: nameOf(environment), ...foundations(root, environment) };
  const network = isolatedNetwork(context, MASKING.exports.bucket);
  const task = maskingTask(context);
  const exports = exportBucket(context);
  const cluster = new EcsCluster(root, "cluster", {
    name: context.name,
    logKmsKeyArn: context.dataKeyArn,
    logRetentionDays: environment.logRetentionDays,
    alertTopicArn: context.alertTopicArn,
  });
  const pipeline = new MaskingPipeline(root, "masking", {
    ...MASKING.pipeline,
    accountId: environment.account.id,
    region: environment.region,
    kmsKeyArn: context.dataKeyArn,
    topicArn: context.alertTopicArn,
    deadLetterArn: context.deadLetterArn,
    permissionsBoundaryArn: workloadsBoundaryArn(environment.account),
    logRetentionDays: environment.logRetentionDays,
    engineVersion: ENGINE_VERSION,
    instanceClass: environment.instanceClass,
    subnetIds: network.subnetIds,
    databaseSecurityGroupId: network.groups.ids.at("database"),
    taskSecurityGroupId: network.groups.ids.at("tasks"),
    clusterName: cluster.name,
    taskDefinitionArn: task.arn,
    taskFamily: task.family,
    executionRoleArn: task.executionRoleArn,
    exportBucket: exports.name,
    exportKmsKeyArn: exports.kmsKeyArn,
  });
  root.output("state_machine_arn", pipeline.stateMachineArn, "State machine of the masking, for a run by hand.");
  root.output("export_key_arn", exports.kmsKeyArn, "Key of the exports, for the data of the import.");
  return root;
}

/** The program, which has no permissions of its own: the masking gives each step a role. */
function maskingTask({ root, environment, name, dataKeyArn, alertTopicArn }: Context) {
  const { account, region, mask, image, logRetentionDays } = environment;
  const images = new Ecr(root, "images", { name, services: [IMAGE], kmsKeyArn: dataKeyArn });
  new ImageScanAlerts(root, "scan_alerts", { name, repositoryNames: [`${name}/${IMAGE}`], alertTopicArn });
  return new EcsTaskDefinition(root, "task", {
    name: `${name}-task`,
    accountId: account.id,
    region,
    image: `${images.urls.at(IMAGE)}:${image}`,
    repositoryArn: images.arns.at(IMAGE),
    cpu: 1024,
    memoryMiB: 2048,
    environment: { MASK_MAP: JSON.stringify(mask.map), SUBSET: JSON.stringify(mask.subset) },
    logKmsKeyArn: dataKeyArn,
    logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
}

function exportBucket({ root, environment, name }: Context) {
  const { account, region, logRetentionDays } = environment;
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: logRetentionDays,
  });
  return new MaskedExportBucket(root, "exports", {
    name: MASKING.exports.bucket,
    keyName: `${name}-exports`,
    accountId: account.id,
    region,
    readerRoleArn: MASKING.exports.readerRoleArn,
    accessLogBucket: accessLogs.name,
  });
}
