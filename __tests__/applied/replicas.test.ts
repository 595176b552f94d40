/** Copies of secrets, applied to a mock of AWS: a copy without its key fails after the call has succeeded. */
import { z } from "zod";
import { Kms } from "../../modules/kms";
import { SecretsManager } from "../../modules/secrets-manager";
import { newRoot } from "../lib/generator/support";
import { callJson } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const REGION = "us-west-2";
const ALIAS = "alias/copies";

function copied() {
  const root = newRoot();
  const { accountId, region } = root.props;
  const key = new Kms(root, "key", { accountId, region, name: "shop", description: "Shop: secrets" });
  new SecretsManager(root, "secrets", {
    name: "shop",
    accountId,
    kmsKeyArn: key.arn,
    secrets: { "payment-api": "API key" },
    replicas: { [REGION]: `arn:aws:kms:${REGION}:${accountId}:${ALIAS}` },
  });
  return root;
}

const REMOVE = "secretsmanager.RemoveRegionsFromReplication";

describeWithCloudNightly("a secret with a copy whose key is not there", () => {
  test("fails the apply, and every plan until the copy is made as the message says", async () => {
    const root = copied();
    await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        const refused = /got us-west-2 \(Replication failed: KMS\s+key[^;]+;\s+allowed: copies that exist/;
        await expect(standing.apply()).rejects.toThrow(refused);
        await expect(standing.plan()).rejects.toThrow(refused);

        await makeKey(cloud);
        await callJson(cloud, { service: "secretsmanager", region: root.props.region }, REMOVE, {
          SecretId: "shop/payment-api",
          RemoveReplicaRegions: [REGION],
        });
        await standing.apply();
        expect(standing.gate(await standing.plan()).isEmpty).toBe(true);
      }),
    );
  }, 240_000);
});

async function makeKey(cloud: Cloud): Promise<void> {
  const place = { service: "kms", region: REGION };
  const made = JSON.parse(await callJson(cloud, place, "TrentService.CreateKey", {}));
  const { KeyId: TargetKeyId } = z.object({ KeyMetadata: z.object({ KeyId: z.string() }) }).parse(made).KeyMetadata;
  await callJson(cloud, place, "TrentService.CreateAlias", { AliasName: ALIAS, TargetKeyId });
}
