import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { z } from "zod";
import { arnOf, BUCKET_NAME, defineModule, partition, policyDocument, REGION, resource, resourceName } from "../../lib";
import { ASSUMED_BY_S3, replicating } from "./permissions";

/**
 * S3 copies 99.99 percent of new objects in this time, and has no other one.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
 */
const MINUTES = 15;

const BUCKET = z.object({ name: BUCKET_NAME, region: REGION, kmsKeyArn: arnOf("kms"), topicArn: arnOf("sns") });

/** The metric of failures is in the region of the source, and that of the latency in the region of the copies. */
export const S3Replication = defineModule({
  name: "s3-replication",
  description:
    "Copies each new object of a bucket within 15 minutes to a bucket of the same account in another region, and encrypts the copy with a key of that region. Both buckets are versioned. Objects that were there before are not copied, and a deletion is not: the copies survive it. An alarm in each region notifies if an object was not copied, or copies are late. A bucket has one such configuration: another call overwrites it.",
  providers: ["aws", "aws.destination"],
  inputs: {
    name: resourceName(55).describe("Name of the role, of the rule and of the alarms."),
    sourceBucket: BUCKET.describe(
      "Bucket whose objects are copied, its key, and the topic that learns of objects that were not copied.",
    ),
    destinationBucket: BUCKET.describe(
      "Bucket of the copies in the region of `aws.destination`, its key, and the topic of this region that learns of late copies.",
    ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  rules: [
    {
      inputs: ["sourceBucket", "destinationBucket"],
      allowed: "two regions",
      holds: ({ sourceBucket, destinationBucket }) => sourceBucket.region !== destinationBucket.region,
      condition: "var.source_bucket.region != var.destination_bucket.region",
      counterexample: {
        destinationBucket: {
          name: "example-shop-app-replica",
          region: "eu-central-1",
          kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
        },
      },
    },
  ],
  outputs: {
    latencyAlarmArn: z.string().describe("ARN of the alarm on late copies, in the region of the copies."),
  },
  example: {
    name: "shop-app-replica",
    sourceBucket: {
      name: "example-shop-app",
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    },
    destinationBucket: {
      name: "example-shop-app-replica",
      region: "eu-west-1",
      kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      topicArn: "arn:aws:sns:eu-west-1:111122223333:shop-standby-alerts",
    },
  },
  build(scope, input, providers) {
    const { sourceBucket: source, destinationBucket: destination } = input;
    const arnPartition = partition(scope);
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: `Copies ${source.name} to ${destination.region}`,
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: policyDocument(scope, "trust", [ASSUMED_BY_S3]),
    });
    const policy = resource(scope, IamRolePolicy, "this", {
      name: "replicate",
      role: role.name,
      policy: policyDocument(scope, "replicate", replicating(arnPartition, source, destination)),
    });
    const replication = resource(scope, S3BucketReplicationConfigurationA, "this", {
      bucket: source.name,
      role: role.arn,
      rule: [
        {
          id: input.name,
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: `arn:${arnPartition}:s3:::${destination.name}`,
            encryptionConfiguration: { replicaKmsKeyId: destination.kmsKeyArn },
            replicationTime: { status: "Enabled", time: { minutes: MINUTES } },
            metrics: { status: "Enabled", eventThreshold: { minutes: MINUTES } },
          },
        },
      ],
      dependsOn: [policy],
    });
    const watched = {
      namespace: "AWS/S3",
      dimensions: { SourceBucket: replication.bucket, DestinationBucket: destination.name, RuleId: input.name },
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      // S3 measures only while there is something to copy.
      treatMissingData: "notBreaching",
    };
    resource(scope, CloudwatchMetricAlarm, "failed", {
      ...watched,
      alarmName: `${input.name}-failed`,
      alarmDescription: `Objects of ${source.name} were not copied to ${destination.name}, which would answer without them. Read the role's permissions, and upload the objects again.`,
      metricName: "OperationsFailedReplication",
      statistic: "Sum",
      threshold: 0,
      alarmActions: [source.topicArn],
    });
    const late = resource(scope, CloudwatchMetricAlarm, "late", {
      ...watched,
      provider: providers["aws.destination"],
      alarmName: `${input.name}-late`,
      alarmDescription: `Copies in ${destination.name} are more than ${MINUTES} minutes behind ${source.name}.`,
      metricName: "ReplicationLatency",
      statistic: "Maximum",
      threshold: MINUTES * 60,
      alarmActions: [destination.topicArn],
      okActions: [destination.topicArn],
    });
    return { latencyAlarmArn: late.arn };
  },
});
