import { TerraformLockTable } from "../../modules/terraform-lock-table";
import { emitted, failure, newRoot } from "../lib/generator/support";

const table = () => emitted(TerraformLockTable, "main.tf.json");

test("a lock table has the key that Terraform needs, and on-demand billing", () => {
  expect(table()).toMatchObject({
    resource: {
      aws_dynamodb_table: {
        this: {
          billing_mode: "PAY_PER_REQUEST",
          hash_key: "LockID",
          attribute: [{ name: "LockID", type: "S" }],
        },
      },
    },
  });
});

test("it is encrypted, has point-in-time recovery, and is protected by DynamoDB and Terraform", () => {
  expect(table()).toMatchObject({
    resource: {
      aws_dynamodb_table: {
        this: {
          server_side_encryption: { enabled: true, kms_key_arn: "${var.kms_key_arn}" },
          point_in_time_recovery: { enabled: true },
          deletion_protection_enabled: true,
          lifecycle: { prevent_destroy: true },
        },
      },
    },
  });
});

test("a name that DynamoDB refuses is refused", () => {
  const inputs = { name: "a b", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" };
  expect(failure(() => new TerraformLockTable(newRoot(), "locks", inputs)).message).toContain(
    'name: got "a b"; allowed: text, 3 to 255 letters, digits, dots, hyphens and underscores',
  );
});
