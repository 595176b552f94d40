import { SecretsManager } from "../../modules/secrets-manager";
import { emitted } from "../lib/support";
import { describePlan } from "../planned";
import { arnOf } from "../stand-ins";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";

describePlan(
  "secrets",
  (root) => {
    new SecretsManager(root, "secrets", {
      name: "orders",
      accountId: "111122223333",
      kmsKeyArn,
      secrets: { "payment-api": "API key of the payment provider", application: "Key of sessions" },
    });
  },
  (plan) => {
    test("have names of their own below the given one, and are encrypted with the given key", () => {
      expect(plan().keys("module.secrets.aws_secretsmanager_secret.this")).toEqual(["application", "payment-api"]);
      expect(plan().values('module.secrets.aws_secretsmanager_secret.this["payment-api"]')).toMatchObject({
        name: "orders/payment-api",
        description: "API key of the payment provider",
        kms_key_id: kmsKeyArn,
        recovery_window_in_days: 30,
      });
    });

    test("have no value that Terraform could write into its state", () => {
      expect(plan().all("aws_secretsmanager_secret_version")).toEqual([]);
    });

    test("are closed to other accounts, each by a policy of its own", () => {
      expect(plan().keys("module.secrets.aws_secretsmanager_secret_policy.this")).toEqual([
        "application",
        "payment-api",
      ]);
      const address = 'module.secrets.aws_secretsmanager_secret_policy.this["application"]';
      expect(plan().values(address)).toMatchObject({
        secret_arn: arnOf('module.secrets.aws_secretsmanager_secret.this["application"]'),
        block_public_policy: true,
      });
      expect(plan().statements(address)).toEqual({
        DenyOtherAccounts: {
          Effect: "Deny",
          Principal: "*",
          Action: "secretsmanager:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      });
    });
  },
);

test("ARNs of secrets are handed on once other accounts are locked out", () => {
  expect(emitted(SecretsManager, "outputs.tf.json")).toMatchObject({
    output: { arns: { depends_on: ["aws_secretsmanager_secret_policy.this"] } },
  });
});
