import { S3AccessLogs } from "../../modules/s3-access-logs";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

describePlan(
  "a bucket for access logs",
  (root) => {
    new S3AccessLogs(root, "logs", { name: "orders-access-logs", accountId: "111122223333", retentionDays: 90 });
  },
  (plan) => {
    const bucket = arnOf("module.logs.aws_s3_bucket.this");

    test("deletes objects and noncurrent versions after the retention", () => {
      expect(plan().values("module.logs.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        {
          status: "Enabled",
          expiration: [{ days: 90 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
        },
      ]);
    });

    test("is encrypted by S3, because load balancers cannot write to a bucket with a KMS key", () => {
      expect(plan().values("module.logs.aws_s3_bucket_server_side_encryption_configuration.this").rule).toMatchObject([
        { apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] },
      ]);
    });

    test("has neither ACLs nor public access", () => {
      expect(plan().values("module.logs.aws_s3_bucket_ownership_controls.this")).toMatchObject({
        rule: [{ object_ownership: "BucketOwnerEnforced" }],
      });
      expect(plan().values("module.logs.aws_s3_bucket_public_access_block.this")).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    });

    test("allows only load balancers and buckets of its account to write, over TLS 1.2 or newer", () => {
      expect(plan().statements("module.logs.aws_s3_bucket_policy.this")).toEqual({
        LoadBalancerLogs: {
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucket}/*/AWSLogs/111122223333/*`,
        },
        BucketLogs: {
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucket}/s3/*`,
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
        DenyPlainHttp: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket, `${bucket}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        DenyOldTls: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket, `${bucket}/*`],
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      });
    });
  },
);

test("the output with the bucket's name waits until the services may write", () => {
  expect(emitted(S3AccessLogs, "outputs.tf.json")).toMatchObject({
    output: { name: { depends_on: ["aws_s3_bucket_policy.this"] } },
  });
});
