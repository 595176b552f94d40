import { SecretsManager } from "../../modules/secrets-manager";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";

const replicas = {
  "us-west-2": "arn:aws:kms:us-west-2:111122223333:alias/orders-data",
  "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/2",
};

describePlan(
  "secrets",
  (root) => {
    new SecretsManager(root, "secrets", {
      name: "orders",
      accountId: "111122223333",
      kmsKeyArn,
      secrets: { "payment-api": "API key of the payment provider", application: "Key of sessions" },
    });
    new SecretsManager(root, "copied", {
      name: "copied",
      accountId: "111122223333",
      kmsKeyArn,
      secrets: { one: "A value", other: "Another value" },
      replicas,
    });
  },
  (plan) => {
    test("have names below the given prefix, and are encrypted with the given key", () => {
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

    test("have a copy in every given region, with the key of that region, and no other", () => {
      const copies = ["eu-west-1", "us-west-2"] as const;
      for (const name of ["one", "other"]) {
        expect(plan().values(`module.copied.aws_secretsmanager_secret.this["${name}"]`).replica).toMatchObject(
          copies.map((region) => ({ region, kms_key_id: replicas[region] })),
        );
      }
      expect(plan().values('module.secrets.aws_secretsmanager_secret.this["application"]').replica).toBe(
        "(known after apply)",
      );
    });

    test("have a policy each that refuses other accounts", () => {
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

test("the output with the ARNs waits until the policies exist", () => {
  expect(emitted(SecretsManager, "outputs.tf.json")).toMatchObject({
    output: { arns: { depends_on: ["aws_secretsmanager_secret_policy.this"] } },
  });
});

test("a copy with a key of another region is refused", () => {
  const call = () =>
    new SecretsManager(newRoot(), "secrets", {
      name: "orders",
      accountId: "111122223333",
      kmsKeyArn,
      secrets: {},
      replicas: { "us-west-2": kmsKeyArn },
    });
  expect(failure(call).message).toContain(
    `replicas: got {"us-west-2":"${kmsKeyArn}"}; allowed: keys in the region of their copies`,
  );
});
