import { ConfigAccount } from "../../modules/config-account";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

describePlan(
  "what AWS Config needs once",
  (root) => {
    new ConfigAccount(root, "config", {
      accountId: "111122223333",
      bucketName: "shop-config",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      accessLogBucket: "shop-access-logs",
    });
  },
  (plan) => {
    const bucket = arnOf("module.config.aws_s3_bucket.this");

    test("is its service-linked role", () => {
      expect(plan().values("module.config.aws_iam_service_linked_role.this").aws_service_name).toBe(
        "config.amazonaws.com",
      );
    });

    test("is a bucket without Object Lock that accepts deliveries for this account, and denies deletion", () => {
      expect(plan().addresses.filter((address) => address.includes("object_lock"))).toEqual([]);
      expect(plan().statements("module.config.aws_s3_bucket_policy.this")).toMatchObject({
        ConfigFindsBucket: { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } },
        ConfigDelivers: {
          Action: "s3:PutObject",
          Resource: `${bucket}/AWSLogs/111122223333/Config/*`,
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
        DenyDeleting: { Effect: "Deny", Principal: "*", Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"] },
      });
    });
  },
);

test("the output with the bucket's name waits until AWS Config may write", () => {
  expect(emitted(ConfigAccount, "outputs.tf.json")).toMatchObject({
    output: {
      bucket_name: {
        depends_on: ["aws_s3_bucket_server_side_encryption_configuration.this", "aws_s3_bucket_policy.this"],
      },
    },
  });
});
