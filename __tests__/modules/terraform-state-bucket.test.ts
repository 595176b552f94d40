import { TerraformStateBucket } from "../../modules/terraform-state-bucket";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const kmsKeyAliasArn = "arn:aws:kms:eu-central-1:111122223333:alias/terraform-state";

describePlan(
  "a bucket for state",
  (root) => {
    const accessLogBucket = "shop-access-logs";
    new TerraformStateBucket(root, "state", { name: "shop-state", kmsKeyArn, kmsKeyAliasArn, accessLogBucket });
  },
  (plan) => {
    const bucket = arnOf("module.state.aws_s3_bucket.this");
    const statements = () => plan().statements("module.state.aws_s3_bucket_policy.this");

    test("keeps every version, and no rule deletes one", () => {
      expect(plan().values("module.state.aws_s3_bucket_versioning.this")).toMatchObject({
        versioning_configuration: [{ status: "Enabled" }],
      });
      expect(plan().values("module.state.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        { id: "abort-incomplete-uploads", expiration: [], noncurrent_version_expiration: [] },
      ]);
    });

    test("denies the deletion of states and versions, and allows that of lock files", () => {
      const deny = { Effect: "Deny", Principal: "*" };
      expect(statements()).toMatchObject({
        DenyDeletingVersions: {
          ...deny,
          Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
          Resource: [bucket, `${bucket}/*`],
        },
        DenyDeletingState: { ...deny, Action: "s3:DeleteObject", NotResource: [`${bucket}/*.tflock`] },
      });
    });

    test("accepts uploads with its own key, by ARN or alias", () => {
      const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
      expect(statements().DenyOtherKeys).toMatchObject({
        Effect: "Deny",
        Action: "s3:PutObject",
        Condition: { StringNotEquals: { [header]: [kmsKeyArn, kmsKeyAliasArn] }, Null: { [header]: "false" } },
      });
      expect(plan().values("module.state.aws_s3_bucket_server_side_encryption_configuration.this").rule).toMatchObject([
        {
          apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn }],
          bucket_key_enabled: true,
        },
      ]);
    });

    test("refuses public access and plain HTTP, and logs access", () => {
      expect(plan().values("module.state.aws_s3_bucket_public_access_block.this")).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
      expect(statements().DenyPlainHttp).toMatchObject({ Effect: "Deny", Action: "s3:*" });
      expect(plan().values("module.state.aws_s3_bucket_logging.this")).toMatchObject({
        target_bucket: "shop-access-logs",
        target_prefix: "s3/shop-state/",
      });
    });
  },
);

test("Terraform refuses to destroy the bucket, and its output waits until it is encrypted and private", () => {
  expect(emitted(TerraformStateBucket, "main.tf.json")).toMatchObject({
    resource: { aws_s3_bucket: { this: { lifecycle: { prevent_destroy: true } } } },
  });
  expect(emitted(TerraformStateBucket, "outputs.tf.json")).toMatchObject({
    output: {
      name: {
        depends_on: ["aws_s3_bucket_server_side_encryption_configuration.this", "aws_s3_bucket_policy.this"],
      },
    },
  });
});
