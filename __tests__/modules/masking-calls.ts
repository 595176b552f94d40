/** Calls of the modules of a masking, for their tests and for the mutants. */
import type { Root } from "../../lib";
import { MaskedExportBucket } from "../../modules/masked-export-bucket";
import { MaskingPipeline } from "../../modules/masking-pipeline";
import { RdsSnapshotShare } from "../../modules/rds-snapshot-share";

const place = { accountId: "111122223333", region: "eu-central-1" };
export const scheduled = {
  ...place,
  schedule: "cron(0 3 1 * ? *)",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:shop-events-dead-letters",
};
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
  databaseSecurityGroupId: "sg-1",
  taskSecurityGroupId: "sg-2",
  clusterArn: "arn:aws:ecs:eu-central-1:111122223333:cluster/masking",
  taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/masking:1",
  executionRoleArn: "arn:aws:iam::111122223333:role/masking-execution",
  exportBucket: "shop-masked",
};

export function composed(root: Root): void {
  new RdsSnapshotShare(root, "share", share);
  const { kmsKeyArn } = new MaskedExportBucket(root, "bucket", bucket);
  new MaskingPipeline(root, "pipeline", { ...pipeline, exportKmsKeyArn: kmsKeyArn });
}
