/** Resources that are created, destroyed and created again on the mock of AWS: AWS keeps some names after a deletion. */
import type { Root } from "../../lib";
import { Ecr } from "../../modules/ecr";
import { EcsCluster } from "../../modules/ecs-cluster";
import { Kms } from "../../modules/kms";
import { SecretsManager } from "../../modules/secrets-manager";
import { SnsTopic } from "../../modules/sns-topic";
import { newRoot } from "../lib/generator/support";
import { callJson } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT, REGION } from "./databases";
import { lift, protectedResources } from "./protection";

function stores(): Root {
  const root = newRoot();
  const { arn: kmsKeyArn } = new Kms(root, "key", {
    name: "shop",
    description: "Shop: all of it.",
    accountId: ACCOUNT,
    region: REGION,
    services: ["logs", "events"],
  });
  new Ecr(root, "images", { name: "shop", services: ["api"], kmsKeyArn });
  new SecretsManager(root, "secrets", { name: "shop", accountId: ACCOUNT, kmsKeyArn, secrets: { payment: "A key" } });
  const alerts = new SnsTopic(root, "alerts", {
    name: "shop-alerts",
    accountId: ACCOUNT,
    kmsKeyArn,
    publishers: ["events.amazonaws.com"],
  });
  new EcsCluster(root, "cluster", {
    name: "shop",
    logKmsKeyArn: kmsKeyArn,
    logRetentionDays: 30,
    alertTopicArn: alerts.arn,
  });
  return root;
}

const secrets = (cloud: Cloud, action: string, body: object) =>
  callJson(cloud, { service: "secretsmanager", region: REGION }, `secretsmanager.${action}`, body);

describeWithCloudNightly("an environment that is made, destroyed and made again", () => {
  test("takes all of its names again, once its secrets are restored and imported", async () => {
    const root = stores();
    await withCloud(ACCOUNT, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        lift(standing, protectedResources(standing));
        await standing.apply();
        await standing.destroy();
        await expect(secrets(cloud, "CreateSecret", { Name: "shop/payment" })).rejects.toThrow(/already/);
        await secrets(cloud, "RestoreSecret", { SecretId: "shop/payment" });
        const { ARN } = JSON.parse(await secrets(cloud, "DescribeSecret", { SecretId: "shop/payment" }));
        const address = 'module.secrets.aws_secretsmanager_secret.this["payment"]';
        await standing.terraform("import", "-no-color", address, ARN);
        await standing.apply();
        const { isEmpty, changes } = standing.gate(await standing.plan());
        expect({ isEmpty, changes }).toEqual({ isEmpty: true, changes: [] });
      }),
    );
  }, 600_000);
});
