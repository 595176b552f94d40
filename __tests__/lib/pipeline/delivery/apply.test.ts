import { writeFileSync } from "node:fs";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Root } from "../../../../lib";
import { type ApplyRequest, applyCustody } from "../../../../lib/pipeline/delivery/apply";
import { type Custody, custodyText, planKey, readCustody } from "../../../../lib/pipeline/delivery/custody";
import { putPlan } from "../../../../lib/pipeline/delivery/put";
import { sha256 } from "../../../../lib/pipeline/delivery/tree-digest";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { Project } from "../../cli/project";
import { loopbackEnvironment, makeShop, shopProps } from "./shop";

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
    applyCustody({
      treeFolder,
      root: dev,
      roots: [dev, prod],
      custodyFile,
      digest,
      maxAgeHours: 24,
      approval: null,
      report() {},
      ...other,
    });
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

  test("for another root", async () => {
    expect(await apply({ root: prod })).toEqual({
      refused: [
        expect.stringContaining("root: got environments/shop/prod; allowed: environments/shop/dev; "),
        expect.stringMatching(/^tree: /),
      ],
    });
  });

  test("without the recorded sign-offs that its root needs, of this root and this commit", async () => {
    const [testers, owner] = ["shop-stage-qa", "shop-stage-product-owner"];
    const { delivery } = dev.props;
    if (delivery === undefined) throw new Error("no delivery");
    const root = new Root({ ...dev.props, delivery: { ...delivery, signOffs: [testers, owner] } });
    const record = (commit: string, ...environments: readonly string[]) => ({
      root: custody.root,
      commit,
      signOffs: environments.map((environment) => ({ environment })),
    });
    const missing = (name: string) =>
      `sign-off of ${name}: got none for ${custody.root} at ${custody.commit}; allowed: one in the record of the approval`;
    expect(await apply({ root })).toEqual({ refused: [missing(testers), missing(owner)] });
    expect(await apply({ root, approval: record(custody.commit, testers) })).toEqual({ refused: [missing(owner)] });
    const other = record("0".repeat(40), testers, owner);
    expect(await apply({ root, approval: other })).toEqual({ refused: [missing(testers), missing(owner)] });
  });

  test("with another Terraform, and all that does not match is told at once", async () => {
    expect(await applyAs({ terraform: "1.10.0", treeSha256: "0".repeat(64) })).toEqual({
      refused: [
        expect.stringMatching(/^tree: /),
        expect.stringMatching(/^Terraform: got version 1\.[^;]+; allowed: 1\.10\.0; /),
      ],
    });
  });

  test("from another bucket, or from no bucket", async () => {
    const elsewhere = { bucket: "elsewhere", key: planKey(custody) };
    expect(await applyAs({ object: elsewhere })).toEqual({
      refused: [expect.stringMatching(/^plan: got s3:\/\/elsewhere\/plans\/.*; allowed: s3:\/\/plans\/plans\//)],
    });
    expect(await applyAs({ object: undefined })).toEqual({
      refused: [
        expect.stringContaining(
          "got no object; allowed: one in the plans bucket; run `groundplan custody put` in the job that made the plan",
        ),
      ],
    });
  });

  test("if the state has changed, or the lock file selects other providers", async () => {
    await put("state", key, JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 3, lineage: "other" }));
    const aws = "registry.terraform.io/hashicorp/aws";
    expect(await applyAs({ providers: { [aws]: "5.99.0" } })).toEqual({
      refused: [
        "state: got lineage other; allowed: null; the root has another state than at the time of the plan, or plan again",
        "state: got serial 3; allowed: 0; something was applied after the plan, or plan again",
        `provider ${aws}: got version 5.100.0; allowed: 5.99.0; the lock file selects another version, or plan again`,
      ],
    });
  });

  test("if an earlier apply has left a state that was never pushed", async () => {
    const file = path.join(treeFolder, "environments/shop/dev/errored.tfstate");
    writeFileSync(file, "{}");
    expect(await applyAs({ state: { lineage: "other", serial: 3 } })).toEqual({
      refused: [
        expect.stringMatching(
          /^state: got .*\/environments\/shop\/dev\/errored\.tfstate, a state that was never pushed; allowed: no such file; push it, then plan again$/,
        ),
      ],
    });
  });
});
