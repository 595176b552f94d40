import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Root } from "../../../../lib";
import { Refusal } from "../../../../lib/common/errors";
import { type Custody, custodyText, planKey, readCustody } from "../../../../lib/pipeline/delivery/custody";
import { PlansBucket } from "../../../../lib/pipeline/delivery/plans-bucket";
import { putPlan } from "../../../../lib/pipeline/delivery/put";
import { sha256 } from "../../../../lib/pipeline/delivery/tree-digest";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { temporaryFolder } from "../../terraform/sample";
import { KEY_ARN, shopProps } from "./shop";

jest.setTimeout(60_000);

const folder = temporaryFolder();
const root = new Root(shopProps("dev"));
let servers: LoopbackServers;
let count = 0;

beforeAll(async () => {
  servers = await startServers({ buckets: ["plans"], tables: [] });
  Object.assign(process.env, servers.environment);
});
afterAll(() => servers.stop());

/** What `plan --keep` leaves, with a plan that says just this. */
function kept(plan: string): { readonly file: string; readonly custody: Custody } {
  const own = path.join(folder, String(count++));
  mkdirSync(own);
  writeFileSync(path.join(own, "plan.tfplan"), plan);
  const custody: Custody = {
    format: 1,
    root: root.address,
    commit: "a".repeat(40),
    lastApply: null,
    commits: [],
    planSha256: sha256(plan),
    treeSha256: sha256("tree"),
    state: { lineage: null, serial: 0 },
    terraform: "1.11.4",
    providers: {},
    plannedAt: "2026-03-01T12:00:00.000Z",
  };
  writeFileSync(path.join(own, "custody.json"), custodyText(custody));
  return { file: path.join(own, "custody.json"), custody };
}

test("a plan is put encrypted, under a name that says what it is, and custody.json says where", async () => {
  const { file, custody } = kept("one");
  const digest = await putPlan(root, file, custody);
  const key = `plans/environments/shop/dev/${custody.commit}-${custody.planSha256}.tfplan`;
  expect(servers.versions("plans", key).map(String)).toEqual(["one"]);
  expect(servers.headers("plans", key)).toEqual([
    expect.objectContaining({
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": KEY_ARN,
    }),
  ]);
  expect(readCustody(file)).toEqual({ ...custody, object: { bucket: "plans", key, versionId: expect.any(String) } });
  expect(digest).toBe(sha256(readFileSync(file)));
});

test("a second upload stores nothing and prints the same digest", async () => {
  const { file, custody } = kept("two");
  const digest = await putPlan(root, file, custody);
  expect(await putPlan(root, file, readCustody(file))).toBe(digest);
  expect(servers.versions("plans", planKey(custody))).toHaveLength(1);
});

test("a plan that was changed beside its custody.json is not uploaded", async () => {
  const { file, custody } = kept("three");
  const plan = path.join(path.dirname(file), "plan.tfplan");
  writeFileSync(plan, "other");
  await expect(putPlan(root, file, custody)).rejects.toThrow(
    `${plan}\n  got SHA-256 ${sha256("other")}; allowed: ${sha256("three")}, as ${file} says`,
  );
  expect(servers.versions("plans", planKey(custody))).toEqual([]);
});

test("a missing bucket is reported with the refused action", async () => {
  const props = shopProps("dev");
  const { delivery } = props;
  if (delivery === undefined) throw new Error("the shop has a delivery");
  const elsewhere = new Root({ ...props, delivery: { ...delivery, plansBucket: "gone" } });
  const { file, custody } = kept("four");
  const refused = expect(putPlan(elsewhere, file, custody)).rejects;
  await refused.toThrow(Refusal);
  await refused.toThrow(
    /^s3:\/\/gone\/plans\/environments\/shop\/dev\/.*\n {2}put: got NoSuchBucket: .*; allowed: an existing bucket, and a role that may put the object$/,
  );
});

test("a root with another backend than S3 has its plans in a bucket of its region, under the key of the bucket", async () => {
  const { file, custody } = kept("six");
  const root = new Root({ ...shopProps("dev"), backend: { type: "pg" } });
  await putPlan(root, file, custody);
  expect(servers.versions("plans", planKey(custody)).map(String)).toEqual(["six"]);
  expect(servers.headers("plans", planKey(custody))[0]).not.toHaveProperty("x-amz-server-side-encryption");
});

test("a root without delivery has no bucket", () => {
  const { delivery: _, ...props } = shopProps("dev");
  expect(() => new PlansBucket(new Root(props))).toThrow(
    "environments/shop/dev\n  delivery: got nothing; allowed: the roles and the plans bucket of the root",
  );
});

test("an invalid custody.json is reported", () => {
  const file = path.join(folder, "custody.json");
  writeFileSync(file, JSON.stringify({ ...kept("five").custody, format: 2, commit: "main" }));
  expect(() => readCustody(file)).toThrow(
    /custody\.json\n {2}got something else than a custody\.json; allowed: the files that `groundplan plan --keep` wrote\n {2}format: .*\n {2}commit: /,
  );
  expect(() => readCustody(path.join(folder, "gone.json"))).toThrow(
    "got no such file; allowed: the files that `groundplan plan --keep` wrote",
  );
});
