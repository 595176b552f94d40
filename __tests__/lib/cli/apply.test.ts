import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Custody, custodyText, readCustody } from "../../../lib/pipeline/delivery/custody";
import { CUSTODY_FILE, PLAN_FILE } from "../../../lib/pipeline/delivery/keep";
import { sha256 } from "../../../lib/pipeline/delivery/tree-digest";
import { terraformEnvironment } from "../../../lib/terraform/environment";
import { type LoopbackServers, startServers } from "../../support/loopback";
import { PINNED_AWS } from "../../support/pinned";
import { describeWithTerraform } from "../../support/terraform-needed";
import { commitTree, git, KEY_ARN, loopbackEnvironment, makeShop, shopProps } from "../pipeline/delivery/shop";
import {
  DETOURS,
  isLocked,
  LEFT_BY_ANOTHER_INIT,
  lock,
  refuseStates,
  STATE_KEY,
  said,
  serialsOf,
  unlock,
} from "./apply-obstacles";
import { type Answer, answerOf, Project } from "./project";

jest.setTimeout(180_000);
const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
const KEY_HEADERS = expect.objectContaining({
  "x-amz-server-side-encryption": "aws:kms",
  "x-amz-server-side-encryption-aws-kms-key-id": KEY_ARN,
});

describeWithTerraform("groundplan plan --keep, custody put and apply", () => {
  const project = new Project();
  const kept = (name: string) => project.file(`kept/${name}`);
  let servers: LoopbackServers;
  let environment: Record<string, string>;

  beforeAll(async () => {
    servers = await startServers({ buckets: ["state", "plans"], tables: ["locks"] });
    environment = { ...loopbackEnvironment(servers), ...DETOURS };
    await makeShop(project, shopProps("dev"));
    project.write("terraform/environments/shop/dev/.terraform/terraform.tfstate", LEFT_BY_ANOTHER_INIT);
  });
  afterAll(() => servers.stop());

  const run = (...args: string[]) => project.run(args, environment);
  const keep = () => run("plan", "shop/dev", "--keep", project.file("kept"));
  const put = async () => (await run("custody", "put", project.file("kept"))).stdout.trim();
  const apply = (digest: string, ...args: string[]) =>
    run("apply", "shop/dev", "--custody", kept(CUSTODY_FILE), "--digest", digest, ...args);
  const head = () => git(project.folder, "rev-parse", "HEAD");
  const recordOf = ({ stdout, stderr }: Answer) => {
    const [, key = ""] =
      /s3:\/\/plans\/(applied\/environments\/shop\/dev\/[0-9a-f]{40}-\w+\.json)/.exec(stdout + stderr) ?? [];
    expect(servers.headers("plans", key)).toEqual([KEY_HEADERS]);
    return JSON.parse(String(servers.versions("plans", key)[0]));
  };
  let digest: string;

  test("a plan of a tree with uncommitted changes is not saved", async () => {
    const file = "terraform/modules/note/main.tf.json";
    const content = readFileSync(project.file(file), "utf8");
    project.write(file, `${content}\n`);
    expect(await keep()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`terraform\n  got uncommitted changes:  M ${file}; allowed: what HEAD holds\n`),
    });
    project.write(file, content);
  });

  test("a saved plan covers the whole root, is shown, is bound to its inputs, and is readable by its owner only", async () => {
    expect(await run("plan", "shop/dev", "--keep", project.file("kept"), "--", "-target=module.note")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--keep\n  got "-target=module.note"; allowed: -refresh=false, or nothing\n'),
    });
    const unread = await run("plan", "shop/dev", "--keep", project.file("kept"), "--", "-refresh=false");
    expect(unread.exitCode).toBe(0);
    const { exitCode, stdout } = await keep();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
    expect(JSON.parse(readFileSync(kept(CUSTODY_FILE), "utf8"))).toEqual({
      format: 1,
      root: "environments/shop/dev",
      commit: head(),
      lastApply: null,
      commits: [head()],
      planSha256: sha256(readFileSync(kept(PLAN_FILE))),
      treeSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      state: { lineage: null, serial: 0 },
      terraform: expect.stringMatching(/^1\./),
      providers: { "registry.terraform.io/hashicorp/aws": "5.100.0" },
      plannedAt: expect.stringMatching(/Z$/),
    });
    expect(JSON.parse(readFileSync(kept("plan.json"), "utf8"))).toMatchObject({ complete: true });
    for (const name of [PLAN_FILE, "plan.json", CUSTODY_FILE]) expect(statSync(kept(name)).mode & 0o777).toBe(0o600);
    expect(statSync(project.file("kept")).mode & 0o777).toBe(0o700);
    digest = await put();
    expect(digest).toBe(sha256(readFileSync(kept(CUSTODY_FILE))));
    expect(git(project.folder, "status", "--porcelain", "--", "terraform")).toBe("");
  });

  /** Exit code 1 with these reasons and no other, and no state. */
  const refused = (answer: Answer, ...reasons: readonly string[]) => {
    const told = reasons.map((reason) => `  ${reason}\n`).join("");
    expect(answer).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`shop/dev: the plan is refused, and nothing was applied\n${told}$`)),
    });
    expect(serialsOf(servers)).toEqual([]);
  };
  /** Applies as if the plan had been handed over with this in its custody.json, and the digest of that. */
  const applyAs = (other: Partial<Custody>, ...args: string[]) => {
    const text = custodyText({ ...readCustody(kept(CUSTODY_FILE)), ...other });
    project.write("other.json", text);
    return run("apply", "shop/dev", "--custody", project.file("other.json"), "--digest", sha256(text), ...args);
  };

  test("a plan whose custody.json has another byte is refused", async () => {
    const text = readFileSync(kept(CUSTODY_FILE), "utf8");
    const changed = text.replace('"serial": 0', '"serial": 1');
    project.write("kept/custody.json", changed);
    const answer = await apply(digest);
    project.write("kept/custody.json", text);
    refused(
      answer,
      `custody.json: got SHA-256 ${sha256(changed)}; allowed: ${digest}; it was changed after its upload: find out by whom, or plan again`,
    );
  });

  test("a plan is refused if a byte of the tree differs", async () => {
    const file = "terraform/modules/note/main.tf.json";
    const content = readFileSync(project.file(file), "utf8");
    project.write(file, content.replace("text", "texT"));
    const answer = await apply(digest);
    project.write(file, content);
    refused(
      answer,
      `working tree: got " M ${file}"; allowed: what HEAD holds; undo or commit it`,
      "tree: got SHA-256 of the root's files [0-9a-f]{64}; allowed: [0-9a-f]{64}; run `git status --ignored` .*",
    );
  });

  test("a plan is refused at another commit, even with the same tree", async () => {
    const planned = head();
    git(project.folder, "commit", "--quiet", "--allow-empty", "--message=other");
    const other = head();
    const answer = await apply(digest);
    git(project.folder, "reset", "--quiet", "--soft", "HEAD~1");
    refused(answer, `commit: got ${other}; allowed: ${planned}; check out the commit that was planned, or plan again`);
  });

  test("a plan is refused if it is older than --max-age", async () => {
    const plannedAt = new Date(Date.now() - 150 * 60 * 1000).toISOString();
    refused(
      await applyAs({ plannedAt }, "--max-age", "2"),
      `age: got more than 2 hours, as it was planned at ${plannedAt}; allowed: at most 2; plan again`,
    );
  });

  test("a plan is refused if a byte of it differs in the bucket", async () => {
    const plan = readFileSync(kept(PLAN_FILE));
    const changed = Buffer.from(plan);
    changed[100] = (changed[100] ?? 0) ^ 1;
    const { object } = readCustody(kept(CUSTODY_FILE));
    if (object === undefined) throw new Error("the plan was not put");
    const { bucket, key } = object;
    const s3 = new S3Client({ endpoint: servers.s3Endpoint, forcePathStyle: true, region: "us-east-1", credentials });
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: changed }));
    refused(
      await applyAs({ object: { bucket, key } }),
      `plan: got SHA-256 ${sha256(changed)}; allowed: ${sha256(plan)}; s3://${bucket}/${key} was changed after its upload: find out by whom, or plan again`,
    );
  });

  test("a held lock ends apply and plan with its holder; nothing is applied, and the failure is recorded", async () => {
    await lock(servers);
    expect(await isLocked(servers)).toBe(true);
    const told =
      /shop\/dev: terraform (apply|plan) failed \(exit code 1\)\nthe state state\/shop\/dev\/terraform\.tfstate is locked\n {2}got a lock of ada@runner-1 since 2026-01-02 03:04:05 \+0000 UTC \(OperationTypeApply, Terraform 1\.11\.4\)\n {2}wait until that run has ended; .*: terraform force-unlock 0f0f0f0f-0000-4000-8000-000000000000\n/;
    const answer = await apply(digest);
    expect(answer).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(told) });
    expect(await run("plan", "shop/dev", "--keep", project.file("other"))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(told),
    });
    expect(recordOf(answer)).toMatchObject({ result: "failed", approval: null, serial: { before: 0, after: 0 } });
    await unlock(servers);
    expect(serialsOf(servers)).toEqual([]);
  });

  test("a plan is refused if its commits to approve differ from those since the last apply", async () => {
    refused(
      await applyAs({ commits: [] }),
      `commits to approve: got ${head()}; allowed: none; the plan was approved for other commits, or plan again`,
    );
  });

  test("exactly this plan is applied, although its object was overwritten, and is recorded with its approval", async () => {
    project.write("approval.json", '{ "by": "Grace" }');
    const answer = await apply(digest, "--approval", project.file("approval.json"));
    expect(answer).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("Resources: 1 added, 0 changed, 0 destroyed."),
    });
    expect(serialsOf(servers)).toEqual([1]);
    expect(recordOf(answer)).toEqual({
      format: 1,
      custody: JSON.parse(readFileSync(kept(CUSTODY_FILE), "utf8")),
      custodySha256: digest,
      approval: { by: "Grace" },
      startedAt: expect.stringMatching(/Z$/),
      endedAt: expect.stringMatching(/Z$/),
      result: "applied",
      serial: { before: 0, after: 1 },
      erroredState: null,
    });
  });

  test("a second apply is refused, since the state has changed", async () => {
    expect(await apply(digest)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /shop\/dev: the plan is refused, and nothing was applied\n {2}state: got lineage [0-9a-f-]{36}; allowed: null; .*\n {2}state: got serial 1; allowed: 0; something was applied after the plan, or plan again\n$/,
      ),
    });
    expect(serialsOf(servers)).toEqual([1]);
  });

  test("a commit that does not contain the last applied commit is not planned", async () => {
    const applied = head();
    git(project.folder, "commit", "--quiet", "--amend", "--message=rewritten");
    const { exitCode, stderr } = await keep();
    const allowed = `allowed: a commit whose history contains ${applied}, the last applied commit (s3://plans/applied/`;
    expect(stderr).toContain(`environments/shop/dev\n  got commit ${head()}; ${allowed}`);
    expect(exitCode).toBe(1);
    git(project.folder, "reset", "--quiet", "--soft", applied);
  });

  test("a state that cannot be pushed is saved, encrypted, and reported with the commands to push it", async () => {
    const file = "terraform/environments/shop/dev/main.tf.json";
    project.write(file, readFileSync(project.file(file), "utf8").replace('"dev"', '"other"'));
    const [applied] = [head(), commitTree(project)];
    await keep();
    expect(readCustody(kept(CUSTODY_FILE))).toMatchObject({ lastApply: { commit: applied }, commits: [head()] });
    const refuser = await refuseStates(servers);
    const second = await put();
    const answer = await project.run(["apply", "shop/dev", "--custody", kept(CUSTODY_FILE), "--digest", second], {
      ...environment,
      HTTP_PROXY: refuser.endpoint,
    });
    refuser.stop();
    expect(answer.exitCode).toBe(1);
    const errored = "terraform/environments/shop/dev/errored.tfstate";
    const [, key = ""] =
      /encrypted at s3:\/\/plans\/(errored\/environments\/shop\/dev\/[0-9a-f]{40}-\w+\.tfstate)\n/.exec(
        answer.stderr,
      ) ?? [];
    const terraform = "terraform -chdir=terraform/environments/shop/dev";
    const push = `${terraform} init -reconfigure && ${terraform} state push errored.tfstate`;
    expect(answer.stderr).toContain(
      `the state could not be pushed; it is in ${errored}
  and encrypted at s3://plans/${key}
  before anything else is applied: aws s3 cp s3://plans/${key} ${errored} && ${push}
`,
    );
    expect(servers.versions("plans", key).map(String)).toEqual([readFileSync(project.file(errored), "utf8")]);
    expect(servers.headers("plans", key)).toEqual([KEY_HEADERS]);
    expect(recordOf(answer)).toMatchObject({ result: "failed", erroredState: `s3://plans/${key}` });
    expect(serialsOf(servers)).toEqual([1]);
    const { status } = spawnSync("sh", ["-c", push], {
      cwd: project.folder,
      env: terraformEnvironment(project.folder, PINNED_AWS, { ...process.env, ...loopbackEnvironment(servers) }),
    });
    expect(status).toBe(0);
    const { resources } = JSON.parse(readFileSync(project.file(errored), "utf8"));
    expect(JSON.parse(String(servers.versions("state", STATE_KEY).at(-1)))).toMatchObject({ resources });
    rmSync(project.file(errored));
  });

  test("an interrupted apply is recorded as such, and leaves its state pushed and unlocked", async () => {
    const file = "terraform/modules/note/main.tf.json";
    const slow = '"terraform_data": { "slow": { "provisioner": { "local-exec": { "command": "exec sleep 30" } } },';
    project.write(file, readFileSync(project.file(file), "utf8").replace(/"terraform_data": \{/, slow));
    const [failed] = [head(), commitTree(project)];
    await keep();
    expect(readCustody(kept(CUSTODY_FILE)).commits).toEqual([failed, head()]);
    const args = ["--custody", kept(CUSTODY_FILE), "--digest", await put()];
    const child = project.start(["apply", "shop/dev", ...args], environment);
    const answer = answerOf(child);
    if (child.stdout === null) throw new Error("the command has no output");
    await Promise.race([answer, said(child.stdout, "Provisioning with")]);
    child.kill("SIGINT");
    const ended = await answer;
    expect(ended.signal).toBe("SIGINT");
    expect(recordOf(ended)).toMatchObject({ result: "interrupted", serial: { after: null } });
    expect(serialsOf(servers).length).toBeGreaterThan(2);
    expect(await isLocked(servers)).toBe(false);
  });
});
