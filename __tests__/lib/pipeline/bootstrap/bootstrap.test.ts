import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { answerOf } from "../../cli/project";
import { temporaryFolder } from "../../terraform/sample";
import { Account } from "./account";

jest.setTimeout(60_000);

const folder = temporaryFolder();
let servers: LoopbackServers;
let accounts = 0;
let account: Account;
let before: readonly string[];

beforeAll(async () => {
  servers = await startServers({ buckets: [], tables: [] });
});
afterAll(() => servers.stop());

beforeEach(() => {
  const own = path.join(folder, String(++accounts));
  mkdirSync(own);
  account = new Account(own, accounts, servers);
  before = account.files();
});

/** The same end, whatever happened before. */
function expectDone(): void {
  expect(account.makings().filter((what) => what !== "pause")).toEqual(["bucket", "table"]);
  const states = account.remoteStates();
  expect(states).toHaveLength(1);
  expect(states[0]?.resources).toMatchObject(
    ["bucket", "pause", "table", "key"].map((name) => ({ name, instances: [{}] })),
  );
  expect(account.files()).toEqual(before);
}

describeWithTerraform("groundplan bootstrap", () => {
  test("plans, asks, applies, moves the state into the bucket it has just made, checks, and leaves nothing", async () => {
    const { exitCode, stdout, stderr } = await account.run();
    expect(exitCode).toBe(0);
    expect(account.terraformCalls()).toEqual(CALLS);
    expect(stdout).toContain("Plan: 4 to add, 0 to change, 0 to destroy.");
    expect(stdout).toMatch(/Apply complete! [\s\S]*No changes\. [\s\S]*No changes\. /);
    const state = "[0-9a-f-]{36} version 5 \\(resources: 4\\)";
    const told = [
      "accounts/shop: no local state, no bucket yet",
      "next: plan with the local state; this fails with credentials of another account, since the root's provider allows only one",
      "accounts/shop: no local state, no bucket yet, a plan with changes",
      "next: ask for confirmation, then apply exactly this plan with the local state",
      `Type the id of the account, ${Account.id}, to apply this plan; anything else applies nothing: accounts/shop: local state ${state}, a bucket without a state`,
      "next: plan with the local state; this fails with credentials of another account, since the root's provider allows only one",
      `accounts/shop: local state ${state}, a bucket without a state, a plan without changes`,
      "next: upload the local state to the bucket, which has no state yet",
      `accounts/shop: local state ${state}, remote state ${state}, a plan without changes`,
      "next: plan with the remote state, which must show no changes; then remove the local state",
      `accounts/shop: no local state, remote state ${state}, a plan without changes`,
      `done: the state is in s3://${account.bucket}/${account.key}, and no local copy is left`,
    ];
    expect(stderr).toMatch(new RegExp(told.join("\n")));
    expectDone();
    expect(servers.headers(account.bucket, account.key)).toMatchObject([
      {
        "if-none-match": "*",
        "x-amz-expected-bucket-owner": Account.id,
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": `arn:aws:kms:eu-central-1:${Account.id}:alias/state`,
      },
    ]);
    const again = await account.run("");
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain(`${told.at(-1)}\n`);
    expect(account.terraformCalls()).toEqual(CALLS);
    expectDone();
  });

  test.each(["yes", "111122223334"])('takes "%s" for a no: nothing is made', async (typed) => {
    const { exitCode, stderr } = await account.run(typed);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`got "${typed}": nothing was applied\n$`));
    expect(account.makings()).toEqual([]);
  });

  test("a failed apply keeps the created resources, and the next run continues from there", async () => {
    const taken = `${servers.s3Endpoint}/${account.bucket}`;
    const typed = account.start();
    while (!String(await once(typed.stderr ?? typed, "data")).includes("Type the id"));
    await fetch(taken, { method: "PUT" });
    typed.stdin?.end(`${Account.id}\n`);
    const { exitCode, stderr } = await answerOf(typed);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("BucketAlreadyOwnedByYou");
    expect(stderr).toMatch(
      /the resources that were created are in \/.*terraform\.tfstate; run the command again to continue\n$/,
    );
    await fetch(taken, { method: "DELETE" });
    expect(await account.run()).toMatchObject({ exitCode: 0 });
    expectDone();
  });

  test("the user's environment changes neither the requests nor the input of Terraform", async () => {
    const detours = { TF_WORKSPACE: "other", TF_DATA_DIR: "elsewhere", TF_CLI_ARGS_plan: "-destroy" };
    expect(await account.run(Account.id, detours)).toMatchObject({ exitCode: 0 });
    expectDone();
  });
});

const CALLS = ["init", "plan", "apply", "init", "plan", "init", "state", "plan"];

describeWithTerraform("groundplan bootstrap, killed and run again", () => {
  test.each([
    ["before it plans", { KILL_BEFORE: "1" }],
    ["before it applies", { KILL_BEFORE: "3" }],
    ["once all is made, before it knows", { KILL_AFTER: "3" }],
    ["once it knows, before the state is moved", { KILL_AFTER: "5" }],
    ["once the state is moved, before it is checked", { KILL_BEFORE: "6" }],
    ["while it checks", { KILL_BEFORE: "8" }],
    ["once it is checked, before the local state is removed", { KILL_AFTER: "8" }],
    ["in the middle of the apply, with Terraform", { KILL_IN_APPLY: "1" }],
  ])("killed %s", async (_when, kill) => {
    expect(await account.run(Account.id, kill)).toMatchObject({ signal: "SIGKILL" });
    expect(await account.run()).toMatchObject({ exitCode: 0 });
    expectDone();
  });

  test("killed while it waits for the confirmation", async () => {
    const child = account.start();
    while (!String(await once(child.stderr ?? child, "data")).includes("Type the id"));
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await account.run()).toMatchObject({ exitCode: 0 });
    expectDone();
  });

  test("killed without Terraform in the middle of the apply: the next run waits until Terraform has ended", async () => {
    const go = account.file("go");
    const child = account.start({ WAIT_FOR: go });
    child.stdin?.end(`${Account.id}\n`);
    while (!account.makings().includes("pause")) await setTimeout(20);
    child.kill("SIGKILL");
    const next = account.run("");
    await setTimeout(1000);
    writeFileSync(go, "");
    before = [...before, "go"].sort();
    expect(await next).toMatchObject({ exitCode: 0 });
    expectDone();
  });

  test("killed during the removal of the local files", async () => {
    await account.run(Account.id, { KILL_AFTER: "8" });
    account.remove(account.localState);
    expect(await account.run("")).toMatchObject({ exitCode: 0 });
    expectDone();
  });
});

describeWithTerraform("groundplan bootstrap, where somebody has to decide", () => {
  test("a bucket without any state is refused, and nothing is made", async () => {
    await fetch(`${servers.s3Endpoint}/${account.bucket}`, { method: "PUT" });
    const { exitCode, stderr } = await account.run();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("accounts/shop: no local state, a bucket without a state\nrefused: The bucket exists");
    expect(account.terraformCalls()).toEqual([]);
  });

  test("a local state of another lineage is refused, and both stay", async () => {
    const state = { version: 4, lineage: "theirs", serial: 1, outputs: {}, resources: [{ name: "key" }] };
    await account.putRemote(state);
    account.write(account.localState, JSON.stringify({ ...state, lineage: "ours" }));
    const { exitCode, stderr } = await account.run();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("refused: The local and the remote state have different lineages, ours and theirs: ");
    expect(account.files()).toContain(account.localState);
    expect(account.remoteStates()).toHaveLength(1);
  });

  test("an incomplete local state is an error, and is not removed", async () => {
    account.write(account.localState, '{ "version": 4,');
    const { exitCode, stderr } = await account.run();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /terraform\.tfstate\n {2}got something else than a state; allowed: a Terraform state of version 4\n$/,
    );
    expect(account.files()).toContain(account.localState);
  });

  test("a remote state whose plan has changes keeps the local copy", async () => {
    await account.run(Account.id, { KILL_BEFORE: "6" });
    account.changeRoot();
    const { exitCode, stderr } = await account.run("");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /accounts\/shop: a plan with the remote state has changes; apply them as usual, then run the command again\nthe local copy is kept: \/.*terraform\.tfstate\n$/,
    );
    expect(account.files()).toContain(account.localState);
  });

  test("an unreachable S3 is reported with the account whose credentials are required", async () => {
    const { exitCode, stderr } = await account.run("", { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`s3://${account.bucket}/${account.key}\n  got `);
    expect(stderr).toContain(`allowed: credentials for the bucket of account ${Account.id}\n`);
  });

  test("an account without a root is an error that lists the roots", async () => {
    account.write("terraform/manifest.json", '{ "stacks": {} }');
    expect(await account.run()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('got "accounts/shop"; allowed: none, as the tree has no root\n'),
    });
  });
});
