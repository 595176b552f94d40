import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Root } from "../../../lib";
import { type ApplyRequest, applyCustody } from "../../../lib/delivery/apply";
import { type Custody, custodyText, planKey, readCustody } from "../../../lib/delivery/custody";
import { putPlan } from "../../../lib/delivery/put";
import { sha256 } from "../../../lib/delivery/tree-digest";
import { type LoopbackServers, startServers } from "../../loopback";
import { describeWithTerraform } from "../../terraform-needed";
import { Project } from "../cli/project";
import { git, loopbackEnvironment, makeShop, shopProps } from "./shop";

jest.setTimeout(120_000);

describeWithTerraform("a plan is refused, and nothing is applied,", () => {
  const project = new Project();
  const treeFolder = project.file("terraform");
  const custodyFile = project.file("kept/custody.json");
  const dev = new Root(shopProps("dev"));
  const prod = new Root(shopProps("prod"));
  let servers: LoopbackServers;
  let custody: Custody;
  let digest: string;

  beforeAll(async () => {
    servers = await startServers({ buckets: ["state", "plans"], tables: ["locks"] });
    Object.assign(process.env, loopbackEnvironment(servers));
    await makeShop(project, dev.props, prod.props);
    const { exitCode, stderr } = await project.run(["plan", "shop/dev", "--keep", project.file("kept")]);
    if (exitCode !== 0) throw new Error(stderr);
    digest = await putPlan(dev, custodyFile, readCustody(custodyFile));
    custody = readCustody(custodyFile);
  });
  afterAll(() => servers.stop());

  const key = "shop/dev/terraform.tfstate";
  const apply = (other: Partial<ApplyRequest> = {}) =>
    applyCustody({ treeFolder, root: dev, custodyFile, digest, maxAgeHours: 24, approval: null, tell() {}, ...other });
  /** As if the plan had been handed over with this in its custody.json, and the digest of that. */
  const applyAs = (other: Partial<Custody>) => {
    const text = custodyText({ ...custody, ...other });
    const file = project.file("kept/other.json");
    writeFileSync(file, text);
    return apply({ custodyFile: file, digest: sha256(text) });
  };
  const put = (bucket: string, name: string, body: string | Buffer) =>
    new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: body }));

  afterEach(() => {
    expect(servers.versions("state", key).filter((body) => body.includes("terraform_data"))).toEqual([]);
  });

  test("where a byte of custody.json is another one", async () => {
    const text = readFileSync(custodyFile, "utf8");
    const file = project.file("kept/other.json");
    const told = (changed: string) =>
      expect.stringContaining(`custody.json: expected SHA-256 ${digest}, got ${sha256(changed)}; it was changed`);
    const longer = text.replace('"serial": 0', '"serial": 1');
    writeFileSync(file, longer);
    expect(await apply({ custodyFile: file })).toEqual({ refused: [told(longer)] });
    for (const broken of [text.replace("{", "["), text.replace('"commit"', '"commiT"')]) {
      writeFileSync(file, broken);
      expect(await apply({ custodyFile: file })).toEqual({ refused: [told(broken)] });
    }
  });

  test("where a byte of the tree is another one", async () => {
    const file = path.join(treeFolder, "modules/note/main.tf.json");
    const content = readFileSync(file, "utf8");
    writeFileSync(file, content.replace("text", "texT"));
    expect(await apply()).toEqual({
      refused: [
        'working tree: expected what HEAD holds, got " M terraform/modules/note/main.tf.json"; undo or commit it',
        expect.stringMatching(/^tree: expected SHA-256 of the root's files [0-9a-f]{64}, got [0-9a-f]{64}; /),
      ],
    });
    writeFileSync(file, content);
  });

  test("for another commit, even one that has the same tree", async () => {
    git(project.folder, "commit", "--quiet", "--allow-empty", "--message=other");
    const head = git(project.folder, "rev-parse", "HEAD");
    expect(await apply()).toEqual({
      refused: [
        `commit: expected ${custody.commit}, got ${head}; check out the commit that was planned, or plan again`,
      ],
    });
    git(project.folder, "reset", "--quiet", "--soft", "HEAD~1");
  });

  test("for another root", async () => {
    expect(await apply({ root: prod })).toEqual({
      refused: [
        expect.stringContaining("root: expected environments/shop/dev, got environments/shop/prod; "),
        expect.stringMatching(/^tree: /),
      ],
    });
  });

  test("with another Terraform, of another age, and all that does not match is told at once", async () => {
    expect(
      await applyAs({ terraform: "1.10.0", plannedAt: "2025-01-01T00:00:00.000Z", treeSha256: "0".repeat(64) }),
    ).toEqual({
      refused: [
        expect.stringMatching(/^tree: /),
        expect.stringMatching(/^Terraform: expected version 1\.10\.0, got 1\./),
        expect.stringMatching(
          /^age: expected at most 24 hours, got \d+, planned at 2025-01-01T00:00:00\.000Z; plan again$/,
        ),
      ],
    });
  });

  test("from another bucket, or from no bucket", async () => {
    const elsewhere = { bucket: "elsewhere", key: planKey(custody) };
    expect(await applyAs({ object: elsewhere })).toEqual({
      refused: [expect.stringMatching(/^plan: expected s3:\/\/plans\/plans\/.*, got s3:\/\/elsewhere\/plans\//)],
    });
    expect(await applyAs({ object: undefined })).toEqual({
      refused: [expect.stringContaining("got none; run `groundplan custody put` where it was made")],
    });
  });

  test("where a byte of the plan is another one, in that version of the object or in the newest", async () => {
    const plan = readFileSync(project.file("kept/plan.tfplan"));
    const changed = Buffer.from(plan);
    changed[100] = (changed[100] ?? 0) ^ 1;
    const { VersionId } = await put("plans", planKey(custody), changed);
    for (const versionId of [VersionId, undefined]) {
      const object = { bucket: "plans", key: planKey(custody), ...(versionId !== undefined && { versionId }) };
      expect(await applyAs({ object })).toEqual({
        refused: [
          expect.stringContaining(`plan: expected SHA-256 ${sha256(plan)}, got ${sha256(changed)}; s3://plans/plans/`),
        ],
      });
    }
  });

  test("where the state has moved, or the lock file selects other providers", async () => {
    await put("state", key, JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 3, lineage: "other" }));
    const aws = "registry.terraform.io/hashicorp/aws";
    expect(await applyAs({ providers: { [aws]: "5.99.0" } })).toEqual({
      refused: [
        "state: expected lineage null, got other; the root has another state than it was planned for, or plan again",
        "state: expected serial 0, got 3; something was applied since, or plan again",
        `provider ${aws}: expected version 5.99.0, got 5.100.0; the lock file selects another one, or plan again`,
      ],
    });
  });

  test("where an earlier apply has left a state that was never pushed", async () => {
    const file = path.join(treeFolder, "environments/shop/dev/errored.tfstate");
    writeFileSync(file, "{}");
    expect(await applyAs({ state: { lineage: "other", serial: 3 } })).toEqual({
      refused: [
        expect.stringMatching(
          /^state: expected no .*\/environments\/shop\/dev\/errored\.tfstate, got one that was never pushed; push it, then plan again$/,
        ),
      ],
    });
  });
});
