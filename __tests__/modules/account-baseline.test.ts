import { AccountBaseline } from "../../modules/account-baseline";
import { emitted } from "../lib/generator/support";

test("no bucket of the account can be public", () => {
  expect(emitted(AccountBaseline, "main.tf.json")).toMatchObject({
    resource: {
      aws_s3_account_public_access_block: {
        this: {
          account_id: "${var.account_id}",
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
    },
  });
});

test("passwords are long, of every kind of character, and new", () => {
  expect(emitted(AccountBaseline, "main.tf.json")).toMatchObject({
    resource: {
      aws_iam_account_password_policy: {
        this: {
          minimum_password_length: 14,
          password_reuse_prevention: 24,
          require_lowercase_characters: true,
          require_uppercase_characters: true,
          require_numbers: true,
          require_symbols: true,
        },
      },
    },
  });
});
