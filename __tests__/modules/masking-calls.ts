/** Calls of the modules of a masking, for their tests and for the mutants. */
import type { Root } from "../../lib";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { MaskedExportBucket } from "../../modules/masked-export-bucket";
import { MaskedImport } from "../../modules/masked-import";
import { MaskingPipeline } from "../../modules/masking-pipeline";
import { RdsSnapshotShare } from "../../modules/rds-snapshot-share";
import { SecurityGroups } from "../../modules/security-groups";
import { connections } from "../../modules/security-groups/connections";

const place = { accountId: "111122223333", region: "eu-central-1" };
export const scheduled = {
  ...place,
  schedule: "cron(0 3 1 * ? *)",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:shop-events-dead-letters",
  logRetentionDays: 365,
} as const;
export const reader = "arn:aws:iam::444455556666:role/shop-masked-restore";
export const recipient = "arn:aws:iam::777788889999:role/shop-masking";
export const share = {
  ...scheduled,
  name: "shop-share",
  dbInstanceIdentifier: "shop",
  sourceKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/2",
  recipientRoleArn: recipient,
};
export const bucket = {
  ...place,
  name: "shop-masked",
  keyName: "shop-masked",
  readerRoleArn: reader,
  accessLogBucket: "shop-access-logs",
};
export const pipeline = {
  ...scheduled,
  name: "shop-masking",
  sourceSnapshotArn: "arn:aws:rds:eu-central-1:999900001111:snapshot:shop-share",
  sourceKmsKeyArn: "arn:aws:kms:eu-central-1:999900001111:key/3",
  databaseName: "shop",
  engineVersion: "15",
  instanceClass: "db.t4g.medium",
  subnetIds: ["subnet-1", "subnet-2"],
  clusterName: "masking",
  exportBucket: "shop-masked",
};

export const masked = {
  ...scheduled,
  name: "shop-import",
  databaseHost: "shop.abc.eu-central-1.rds.amazonaws.com",
  databaseName: "shop",
  masterSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-1-AbCdEf",
  masterSecretKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/4",
  keptTables: ["public.typeorm", "public.migrations"],
  subnetIds: ["subnet-1", "subnet-2"],
  taskSecurityGroupId: "sg-0123456789abcdef0",
  clusterName: "shop",
  exportBucket: "shop-exports",
  dumpKey: "shop.dump",
  exportKmsKeyArn: "arn:aws:kms:eu-central-1:999900001111:key/5",
};

export function composed(root: Root): void {
  new RdsSnapshotShare(root, "share", share);
  const { kmsKeyArn } = new MaskedExportBucket(root, "bucket", bucket);
  const task = new EcsTaskDefinition(root, "task", {
    ...place,
    name: "masking",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/masking:1.0.0",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/masking",
    cpu: 1024,
    memoryMiB: 2048,
    environment: { MASK_MAP: JSON.stringify({ "public.users.email": "email" }) },
    logKmsKeyArn: scheduled.kmsKeyArn,
    logRetentionDays: 30,
  });
  const groups = new SecurityGroups(root, "groups", {
    name: "masking",
    vpcId: "vpc-0123456789abcdef0",
    groups: { database: "Restored instance", tasks: "Tasks of the masking", endpoints: "Endpoints of AWS services" },
    peers: { s3: { prefixListId: "pl-0123456789abcdef0" } },
    connections: connections([
      { from: "tasks", to: "database", port: 5432, description: "Masking, check and export" },
      { from: "tasks", to: "endpoints", port: 443, description: "Image, log and login" },
      { from: "tasks", to: "s3", port: 443, description: "Layers of the image, and the dump" },
    ]),
  });
  new MaskingPipeline(root, "pipeline", {
    ...pipeline,
    databaseSecurityGroupId: groups.ids.at("database"),
    taskSecurityGroupId: groups.ids.at("tasks"),
    taskDefinitionArn: task.arn,
    taskFamily: task.family,
    executionRoleArn: task.executionRoleArn,
    exportKmsKeyArn: kmsKeyArn,
  });
  new MaskedImport(root, "import", {
    ...masked,
    taskDefinitionArn: task.arn,
    taskFamily: task.family,
    executionRoleArn: task.executionRoleArn,
  });
}
