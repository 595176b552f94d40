/** Removed calls whose resources hold data: the gate's decisions, and AWS's refusals after an approval. */

import { z } from "zod";
import type { Decision } from "../../lib/judgement/gate";
import { Ecr } from "../../modules/ecr";
import { shop } from "../lib/judgement/gate/shop";
import { callJson } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const CALLS = ["database", "documents", "images", "secrets", "spare_key"] as const;

function shopWithImages() {
  const root = shop();
  const { accountId, region } = root.props;
  const kmsKeyArn = `arn:aws:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  new Ecr(root, "images", { name: "shop", services: ["api"], kmsKeyArn });
  return root;
}

interface Outcome {
  readonly renamed: Decision;
  readonly removed: Decision;
  /** AWS's answer to the apply. */
  readonly refusals: string;
  readonly left: readonly string[];
}

describeWithCloudNightly("a call that is taken out of a root that stands", () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await removeCalls();
  }, 600_000);

  const found = ({ refused, toApprove }: Decision, type: string) =>
    [...refused, ...toApprove]
      .filter(({ guardrail, address }) => guardrail.id === "stateful-kept" && address.includes(`.${type}.`))
      .map(({ approval, got }) => `${approval ?? "refused"}: ${got}`);

  test.each([
    ["aws_db_instance", "module.database"],
    ["aws_s3_bucket", "module.documents"],
    ["aws_ecr_repository", "module.images"],
    ["aws_secretsmanager_secret", "module.secrets"],
    ["aws_kms_key", "module.spare_key"],
  ])("is planned to destroy %s, and the gate names the moved block for a renamed one", (type, call) => {
    expect(found(outcome.removed, type)).not.toEqual([]);
    expect(found(outcome.renamed, type).join()).toContain(`write a moved block from ${call} to ${call}_renamed`);
  });

  test.each([
    ["a database", "aws_db_instance", /Cannot delete protected DB Instance|DeletionProtection/i],
    ["a bucket with objects", "aws_s3_bucket", /BucketNotEmpty/],
    ["a repository with images", "aws_ecr_repository", /RepositoryNotEmpty/],
  ])("AWS refuses to delete %s", (_, type, answer) => {
    expect(outcome.refusals).toMatch(answer);
    expect(outcome.left.join()).toContain(`.${type}.`);
  });

  test("AWS deletes a key and a secret, for which the windows of 30 days are left", () => {
    expect(
      outcome.left.filter((address) => /spare_key\.aws_kms_key|aws_secretsmanager_secret\./.test(address)),
    ).toEqual([]);
  });
});

function removeCalls(): Promise<Outcome> {
  const root = shopWithImages();
  return withCloud(root.props.accountId, [root], (cloud) =>
    StandingRoot.in(cloud, root, async (standing) => {
      await standing.apply();
      await fill(cloud, root.props.region);
      const main = `${root.address}/main.tf.json`;
      const content = standing.read(main);
      standing.write(
        main,
        withCalls(content, (id) => [`${id}_renamed`]),
      );
      await standing.terraform("get", "-no-color");
      const renamed = standing.gate(await standing.plan());
      standing.write(
        main,
        withCalls(content, () => []),
      );
      const removed = standing.gate(await standing.plan());
      const refusals = await standing.applyPlan().then(() => "none", String);
      return { renamed, removed, refusals, left: await standing.resources() };
    }),
  );
}

const MAIN = z.looseObject({ module: z.record(z.string(), z.unknown()) });

/** @param names new names of a call that holds data; none if it is removed */
function withCalls(content: string, names: (id: string) => readonly string[]): string {
  const { module, ...rest } = MAIN.parse(JSON.parse(content));
  const calls = Object.entries(module).flatMap(([id, call]) =>
    (CALLS.some((one) => one === id) ? names(id) : [id]).map((name) => [name, call] as const),
  );
  return JSON.stringify({ ...rest, module: Object.fromEntries(calls) });
}

/** Puts an object into a bucket and an image into a repository. */
async function fill(cloud: Cloud, region: string): Promise<void> {
  const Authorization = `AWS4-HMAC-SHA256 Credential=mock/20260101/${region}/s3/aws4_request, SignedHeaders=host, Signature=mock`;
  await fetch(`${cloud.url}/shop-documents/record.txt`, { method: "PUT", body: "record", headers: { Authorization } });
  await callJson(cloud, { service: "ecr", region }, "AmazonEC2ContainerRegistry_V20150921.PutImage", {
    repositoryName: "shop/api",
    imageTag: "first",
    imageManifest: JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: {},
      layers: [],
    }),
  });
}
