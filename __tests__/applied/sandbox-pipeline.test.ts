/** Sandboxes from the plan to the end, with Terraform and the buckets of states and plans. */
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Root, type RootProps } from "../../lib";
import { readCustody } from "../../lib/pipeline/delivery/custody";
import { putPlan } from "../../lib/pipeline/delivery/put";
import { Project } from "../lib/cli/project";
import { commitTree, git, loopbackEnvironment, shopProps } from "../lib/pipeline/delivery/shop";
import { runningGitHub } from "../lib/pipeline/github/command";
import { type LoopbackServers, startServers } from "../support/loopback";
import { describePlanNightly } from "../support/nightly";

jest.setTimeout(240_000);

const SANDBOXES = { states: "shop/sandbox", longestDays: 14, slots: 4 };

const props = (environment: string, more: Partial<RootProps> = {}): RootProps => ({
  ...shopProps(environment),
  production: false,
  sandboxes: SANDBOXES,
  ...more,
});

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const MAIN = `import { declareSandbox, Root } from "./lib";
import { Note } from "./modules/note";

const making = new Root(${JSON.stringify(props("sandbox"))});
const { name } = declareSandbox(making, ${JSON.stringify(SANDBOXES)});
new Note(making, "note", { text: name });
const ending = new Root(${JSON.stringify(props("sandbox-end", { ending: true }))});
declareSandbox(ending, ${JSON.stringify(SANDBOXES)});
new Note(ending, "note", { text: "end" });

export const roots = [making, ending];
`;

const NOTE = `import { DataResource } from "cdktf";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const Note = defineModule({
  name: "note",
  description: "A note in the state.",
  inputs: { text: z.string().describe("What it says.") },
  outputs: { id: z.string().describe("Its id.") },
  example: { text: "hello" },
  build(scope, input) {
    return { id: resource(scope, DataResource, "this", { triggersReplace: { text: input.text } }).id };
  },
});
`;

describePlanNightly("sandboxes in the pipeline", () => {
  const github = runningGitHub();
  const project = new Project();
  const kept = project.file("kept");
  const custodyFile = `${kept}/custody.json`;
  let servers: LoopbackServers;

  const run = (args: readonly string[], inputs?: object) =>
    project.run(args, {
      ...loopbackEnvironment(servers),
      ...(inputs && { GROUNDPLAN_INPUTS: JSON.stringify({ "shop/sandbox": inputs }) }),
    });
  const values = (name: string, slot: number) => ({ name, owner: "ada", last_day: dayFromNow(14), slot });
  const plan = (root: string, name: string, inputs?: object) =>
    run(["plan", root, "--sandbox", name, "--keep", kept], inputs);
  const put = (environment: string) => putPlan(new Root(props(environment)), custodyFile, readCustody(custodyFile));
  const apply = (root: string, digest: string, inputs?: object) =>
    run(["apply", root, "--custody", custodyFile, "--digest", digest], inputs);
  const state = (name: string) => `shop/sandbox/${name}/terraform.tfstate`;
  const list = async () => JSON.parse((await run(["sandboxes", "shop/sandbox", "--json"])).stdout);

  beforeAll(async () => {
    servers = await startServers({ buckets: ["state", "plans"], tables: ["locks"] });
    Object.assign(process.env, loopbackEnvironment(servers));
    project.write("modules/note/index.ts", NOTE);
    project.write("main.ts", MAIN);
    const { exitCode, stderr } = await project.run(["synth"]);
    if (exitCode !== 0) throw new Error(stderr);
    project.write(".gitignore", ".terraform/\n*.tfstate\n");
    git(project.folder, "init", "--quiet", "--initial-branch=main");
    commitTree(project);
  });
  afterAll(() => servers.stop());

  test("each sandbox has a state, a plan and a record of its own", async () => {
    const planned = await plan("shop/sandbox", "ada", values("ada", 0));
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(readCustody(custodyFile)).toMatchObject({ root: "environments/shop/sandbox", sandbox: "ada" });
    const applied = await apply("shop/sandbox", await put("sandbox"), values("ada", 0));
    expect(applied).toMatchObject({ exitCode: 0 });
    expect(applied.stdout).toContain("s3://plans/applied/environments/shop/sandbox/ada/");
    expect(String(servers.versions("state", state("ada")).at(-1))).toContain('"last_day"');
    expect(await list()).toEqual({ format: 1, live: [values("ada", 0)], expired: [], ended: [], problems: [] });
  });

  test("a slot that another sandbox has is refused, when it is planned and when it is applied", async () => {
    const planned = await plan("shop/sandbox", "bob", values("bob", 0));
    expect(planned.exitCode).toBe(2);
    expect(planned.stderr).toContain("slot: got 0, which ada has; allowed: a slot of its own");
    await plan("shop/sandbox", "bob", values("bob", 1));
    const digest = await put("sandbox");
    const [ada] = servers.versions("state", state("ada")).slice(-1);
    const other = String(ada).replaceAll(/"value": (?:"ada"|0)/g, (one) =>
      one.endsWith("0") ? '"value": 1' : '"value": "eve"',
    );
    await store(state("eve"), other);
    const refused = await apply("shop/sandbox", digest, values("bob", 1));
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain("slot: got 1, which eve has; allowed: a slot of its own");
    expect(servers.versions("state", state("bob"))).toEqual([]);
  });

  test("a name that is none, or is missing, reaches no state", async () => {
    const wrong = await plan("shop/sandbox", "../dev", values("ada", 0));
    expect(wrong.stderr).toContain('--sandbox: got "../dev"; allowed: 3 to 12 lower-case letters and digits');
    const missing = await run(["plan", "shop/sandbox", "--keep", kept], values("ada", 0));
    expect(missing.stderr).toContain("--sandbox: got nothing; allowed: 3 to 12 lower-case letters and digits");
  });

  test("an expired sandbox is destroyed by the root that ends it, which needs no approval of the gate", async () => {
    const [ada] = servers.versions("state", state("ada")).slice(-1);
    const old = String(ada).replaceAll('"value": "ada"', '"value": "old"').replaceAll(dayFromNow(14), dayFromNow(-1));
    await store(state("old"), old);
    await store(state("odd"), old);
    expect(await list()).toMatchObject({ expired: ["old"], problems: [{ name: "odd" }] });
    expect(await plan("shop/sandbox-end", "old")).toMatchObject({ exitCode: 0 });
    const gate = await run(["gate", "--plan", `${kept}/plan.json`, "--root", "shop/sandbox-end", "--json"]);
    expect({ exitCode: gate.exitCode, stderr: gate.stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(await apply("shop/sandbox-end", await put("sandbox-end"))).toMatchObject({ exitCode: 0 });
    expect(await list()).toMatchObject({ expired: [], ended: ["old"] });
  });

  test("a sandbox whose destruction failed halfway is still expired, and not unknown", async () => {
    await store("half", "{}");
    const half = { version: 4, outputs: {}, resources: [{}] };
    await store(state("half"), JSON.stringify(half));
    expect((await list()).problems.map(({ name }: { name: string }) => name)).toContain("half");
    const key = `applied/environments/shop/sandbox-end/half/${"0".repeat(40)}-20261130T000000000Z.json`;
    await store(key, "{}", "plans");
    expect((await list()).expired).toEqual(["half"]);
  });

  test("the issue lists what is left over, is kept up to date, and is closed when nothing is", async () => {
    const issue = async () => {
      const { stdout } = await project.run(["sandboxes", "shop/sandbox", "--issue"], {
        ...loopbackEnvironment(servers),
        ...github.environment,
      });
      return stdout;
    };
    expect(await issue()).toBe("shop/sandbox: #10 opened\n");
    expect(github.issues).toMatchObject([{ title: "shop/sandbox: sandboxes that could not be destroyed" }]);
    expect(github.issues[0]?.body).toContain(
      "- `half`: its last day has passed, and it still has resources\n- `odd`: ",
    );
    expect(await issue()).toBe("shop/sandbox: #10 unchanged\n");
    const ended = JSON.stringify({ version: 4, outputs: {}, resources: [] });
    await store(state("half"), ended);
    expect(await issue()).toBe("shop/sandbox: #10 edited\n");
    await store(state("odd"), ended);
    expect(await issue()).toBe("shop/sandbox: #10 closed\n");
    expect(github.issues).toMatchObject([{ state: "closed" }]);
  });

  const store = (key: string, body: string, bucket = "state") =>
    new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
});
