/** The delivery stream: from EventBridge into the bucket, with a role for each side. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import type { Construct } from "constructs";
import { type Expression, policyDocument, resource, serviceTrust } from "../../lib";
import type { archiveBucket } from "./bucket";

interface StreamInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

export function deliveryStream(scope: Construct, input: StreamInput, bucket: ReturnType<typeof archiveBucket>) {
  const delivery = deliveryRole(scope, input, bucket.arn);
  const stream = resource(scope, KinesisFirehoseDeliveryStream, "this", {
    name: `${input.name}-archive`,
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: input.kmsKeyArn },
    extendedS3Configuration: {
      roleArn: delivery.role.arn,
      bucketArn: bucket.arn,
      kmsKeyArn: input.kmsKeyArn,
      prefix: "findings/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
      errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
      compressionFormat: "GZIP",
      // Few objects: the largest buffer and the longest time.
      bufferingInterval: 900,
      bufferingSize: 128,
      // EventBridge ends no record with a new line.
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: "AppendDelimiterToRecord",
            parameters: [{ parameterName: "Delimiter", parameterValue: String.raw`\n` }],
          },
        ],
      },
    },
    dependsOn: [...bucket.ready, delivery.policy],
  });
  const writer = writerRole(scope, input, stream.arn);
  return { arn: stream.arn, name: stream.name, writerRoleArn: writer.role.arn, writerPolicy: writer.policy };
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
function deliveryRole(scope: Construct, input: StreamInput, bucketArn: Expression<string>) {
  const role = resource(scope, IamRole, "delivery", {
    name: `${input.name}-archive`,
    description: "Writes findings into their archive",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "delivery_trust", "firehose.amazonaws.com", input.accountId),
  });
  const allow = { Effect: "Allow" } as const;
  const policy = resource(scope, IamRolePolicy, "delivery", {
    name: "write-archive",
    role: role.name,
    policy: policyDocument(scope, "write_archive", [
      {
        ...allow,
        Sid: "FindUploads",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: bucketArn,
      },
      {
        ...allow,
        Sid: "WriteObjects",
        Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        Resource: `${bucketArn}/*`,
      },
      {
        ...allow,
        Sid: "UseKeyThroughServices",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: input.kmsKeyArn,
        Condition: {
          StringEquals: {
            "kms:ViaService": [`firehose.${input.region}.amazonaws.com`, `s3.${input.region}.amazonaws.com`],
          },
        },
      },
    ]),
  });
  return { role, policy };
}

function writerRole(scope: Construct, input: StreamInput, streamArn: Expression<string>) {
  const role = resource(scope, IamRole, "events", {
    name: `${input.name}-events`,
    description: "Passes findings from EventBridge to their archive",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "events_trust", "events.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "events", {
    name: "put-records",
    role: role.name,
    policy: policyDocument(scope, "put_records", [
      {
        Sid: "PutRecords",
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: streamArn,
      },
    ]),
  });
  return { role, policy };
}
