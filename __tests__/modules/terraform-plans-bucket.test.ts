import { TerraformPlansBucket } from "../../modules/terraform-plans-bucket";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const kmsKeyAliasArn = "arn:aws:kms:eu-central-1:111122223333:alias/terraform-state";

describePlan(
  "a bucket for plans",
  (root) => {
    const accessLogBucket = "shop-access-logs";
    new TerraformPlansBucket(root, "plans", {
      name: "shop-plans",
      kmsKeyArn,
      kmsKeyAliasArn,
      accessLogBucket,
      planRetentionDays: 3,
    });
  },
  (plan) => {
    const bucket = arnOf("module.plans.aws_s3_bucket.this");
    const statements = () => plan().statements("module.plans.aws_s3_bucket_policy.this");
    const deny = { Effect: "Deny", Principal: "*" };

    test("accepts an upload only with the condition that the key is new", () => {
      expect(statements().DenyOverwriting).toEqual({
        ...deny,
        Action: "s3:PutObject",
        Resource: `${bucket}/*`,
        Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
      });
    });

    test("allows nobody to delete an object, because another plan could replace it", () => {
      expect(statements().DenyDeleting).toEqual({
        ...deny,
        Action: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: [bucket, `${bucket}/*`],
      });
    });

    test("expires plans after the given days, and no other object", () => {
      expect(plan().values("module.plans.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        {
          id: "expire-plans",
          filter: [{ prefix: "plans/" }],
          expiration: [{ days: 3 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
        },
        { id: "abort-incomplete-uploads", expiration: [], noncurrent_version_expiration: [] },
      ]);
      expect(plan().values("module.plans.aws_s3_bucket_versioning.this")).toMatchObject({
        versioning_configuration: [{ status: "Enabled" }],
      });
    });

    test("is encrypted with its own key, refuses public access and plain HTTP, and logs access", () => {
      expect(statements()).toMatchObject({
        DenyOtherKeys: {
          Condition: {
            StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": [kmsKeyArn, kmsKeyAliasArn] },
          },
        },
        DenyOtherEncryption: deny,
        DenyPlainHttp: deny,
      });
      expect(plan().values("module.plans.aws_s3_bucket_public_access_block.this")).toMatchObject({
        block_public_policy: true,
        restrict_public_buckets: true,
      });
      expect(plan().values("module.plans.aws_s3_bucket_logging.this")).toMatchObject({
        target_prefix: "s3/shop-plans/",
      });
    });
  },
);

test("Terraform refuses to destroy the bucket", () => {
  expect(emitted(TerraformPlansBucket, "main.tf.json")).toMatchObject({
    resource: { aws_s3_bucket: { this: { lifecycle: { prevent_destroy: true } } } },
  });
});
