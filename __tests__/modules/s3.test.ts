import { S3 } from "../../modules/s3";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = { kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1", accessLogBucket: "orders-access-logs" };

describePlan(
  "a bucket for records",
  (root) => {
    new S3(root, "plain", { ...base, name: "orders-plain" });
    new S3(root, "browsers", {
      ...base,
      name: "orders-browsers",
      corsOrigins: ["https://b.example.com", "https://a.example.com"],
    });
  },
  (plan) => {
    const bucket = arnOf("module.plain.aws_s3_bucket.this");

    test("keeps every version", () => {
      expect(plan().values("module.plain.aws_s3_bucket_versioning.this")).toMatchObject({
        versioning_configuration: [{ status: "Enabled" }],
      });
    });

    test("has a single rule, which ends unfinished uploads and deletes no object or version", () => {
      expect(plan().values("module.plain.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        {
          id: "abort-incomplete-uploads",
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          expiration: [],
          noncurrent_version_expiration: [],
          transition: [],
          noncurrent_version_transition: [],
        },
      ]);
    });

    test("encrypts with the given key", () => {
      expect(plan().values("module.plain.aws_s3_bucket_server_side_encryption_configuration.this").rule).toMatchObject([
        {
          apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: base.kmsKeyArn }],
          bucket_key_enabled: true,
        },
      ]);
    });

    test("has neither ACLs nor public access", () => {
      expect(plan().values("module.plain.aws_s3_bucket_ownership_controls.this")).toMatchObject({
        rule: [{ object_ownership: "BucketOwnerEnforced" }],
      });
      expect(plan().values("module.plain.aws_s3_bucket_public_access_block.this")).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    });

    const deny = { Effect: "Deny", Principal: "*" };

    test("refuses plain HTTP and old TLS", () => {
      const everything = { ...deny, Action: "s3:*", Resource: [bucket, `${bucket}/*`] };
      expect(plan().statements("module.plain.aws_s3_bucket_policy.this")).toMatchObject({
        DenyPlainHttp: { ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
        DenyOldTls: { ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      });
    });

    test("refuses uploads with another encryption, and accepts those without one", () => {
      const { DenyPlainHttp, DenyOldTls, ...uploads } = plan().statements("module.plain.aws_s3_bucket_policy.this");
      const unless = (header: string, value: string) => ({
        ...deny,
        Action: "s3:PutObject",
        Resource: `${bucket}/*`,
        Condition: { StringNotEquals: { [header]: value }, Null: { [header]: "false" } },
      });
      expect(uploads).toEqual({
        DenyOtherKeys: unless("s3:x-amz-server-side-encryption-aws-kms-key-id", base.kmsKeyArn),
        DenyOtherEncryption: unless("s3:x-amz-server-side-encryption", "aws:kms"),
      });
    });

    test("logs access, with its own prefix", () => {
      expect(plan().values("module.plain.aws_s3_bucket_logging.this")).toMatchObject({
        target_bucket: "orders-access-logs",
        target_prefix: "s3/orders-plain/",
      });
    });

    test("allows pages only of the given origins, and of none by default", () => {
      expect(plan().keys("module.plain.aws_s3_bucket_cors_configuration.this")).toEqual([]);
      expect(plan().values("module.browsers.aws_s3_bucket_cors_configuration.this[0]").cors_rule).toMatchObject([
        {
          allowed_methods: ["GET", "HEAD", "PUT"],
          allowed_origins: ["https://a.example.com", "https://b.example.com"],
          allowed_headers: ["content-md5", "content-type", "x-amz-*"],
          expose_headers: ["ETag"],
        },
      ]);
    });
  },
);

test("the output with the bucket's name waits until it is encrypted and private", () => {
  expect(emitted(S3, "outputs.tf.json")).toMatchObject({
    output: {
      name: {
        depends_on: ["aws_s3_bucket_server_side_encryption_configuration.this", "aws_s3_bucket_policy.this"],
      },
    },
  });
});

test("Terraform refuses to destroy the bucket, and blocks public access before it sets a policy", () => {
  expect(emitted(S3, "main.tf.json")).toMatchObject({
    resource: {
      aws_s3_bucket: { this: { lifecycle: { prevent_destroy: true } } },
      aws_s3_bucket_policy: {
        this: { depends_on: ["aws_s3_bucket_public_access_block.this", "aws_s3_bucket_ownership_controls.this"] },
      },
    },
  });
});
