/** A module of a Git repository: copied, declared, called, planned and judged. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Root } from "../../../lib";
import { run } from "../../../lib/cli";
import { synthesize } from "../../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { unreviewed } from "../../../lib/judgement/gate/reviewed";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { calledFolders, inOfflineCopy, planJson, reachable, readPlan } from "../../../lib/terraform";
import { describeWithTerraform } from "../../support/terraform-needed";
import { makeProject, makeRepositories } from "../../support/vendored-project";
import { withVerifiedProvider } from "../../support/verified-provider";
import { failure, newRoot } from "../generator/support";
import { temporaryFolder } from "../terraform/sample";

const repositories = temporaryFolder();
const project = temporaryFolder();
const start = process.cwd();
const ROOT = "environments/shop/dev";
const CALL = `import { Queue } from "./modules/queue";
import type { Root } from "./lib";

export function call(root: Root): void {
  const orders = new Queue(root, "orders", {
    name: "orders",
    fifoQueues: ["first", "second"],
    topicName: "orders",
    redrive: { maxReceiveCount: 3 },
    statements: { send: { roles: ["arn:aws:iam::111122223333:role/shop"] } },
  });
  root.output("queueArn", orders.queueArn, "ARN of the queue.");
  root.output("firstArn", orders.fifoArns.at("first"), "ARN of the first other queue.");
}
`;
let source = "";

beforeAll(async () => {
  process.chdir(project);
  makeProject(project);
  source = makeRepositories(repositories);
  await vendor(source, "v1.2.0");
  writeFileSync("call.ts", CALL);
});
afterAll(() => process.chdir(start));

async function vendor(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const spies = (["log", "error"] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...words: unknown[]) => void lines.push(words.join(" "))),
  );
  await run(["node", "groundplan", "vendor", ...args]);
  for (const spy of spies) spy.mockRestore();
  process.exitCode = 0;
  return lines.join("\n");
}

const CALLER = z.object({ call: z.custom<(root: Root) => void>((value) => typeof value === "function") });

function rootWithCall(): Root {
  const root = newRoot();
  CALLER.parse(require(path.join(project, "call.ts"))).call(root);
  return root;
}

describeWithTerraform("a module from a Git repository", () => {
  test("is declared with the types of its variables", () => {
    const compiler = path.resolve(start, "node_modules/.bin/tsc");
    const compile = () => spawnSync(compiler, ["-p", "."], { encoding: "utf8" }).stdout;
    expect(compile()).toBe("");
    writeFileSync("wrong.ts", CALL.replace('["first", "second"]', "[1]").replace("roles: [", "actors: ["));
    expect(compile()).toMatch(/wrong\.ts.*number.*wrong\.ts.*actors/s);
    rmSync("wrong.ts");
  });

  test("is planned from the tree, with the modules that it calls, and the gate finds it reviewed", async () => {
    synthesize([rootWithCall()], "terraform");
    const tree = new Configurations(readTree("terraform"));
    const json = await inOfflineCopy("terraform", ROOT, async (copy) => planJson(await withVerifiedProvider(copy)));
    const plan = readPlan("plan", json ?? "");
    const managed = plan.resource_changes.filter(({ mode }) => mode === "managed");
    const addresses = managed.map(({ address }) => address).sort();
    expect(addresses).toEqual([
      "module.orders.aws_sqs_queue.this[0]",
      "module.orders.aws_sqs_queue_policy.this[0]",
      'module.orders.module.fifo["first"].aws_sqs_queue.this',
      'module.orders.module.fifo["second"].aws_sqs_queue.this',
      "module.orders.module.topic[0].aws_sns_topic.this",
    ]);
    expect(unreviewed(tree, ROOT, plan)).toEqual([]);
    const configuration = tree.root(ROOT);
    expect(
      configuration
        .of("*")
        .map(({ address }) => address)
        .sort(),
    ).toEqual(addresses);
    expect(configuration.at("module.orders.aws_sqs_queue.this[0]")?.values.redrive_policy).toBe(
      '{"maxReceiveCount":3}',
    );
  }, 180_000);

  test("is judged by the guardrails, in the modules that it calls as well", () => {
    synthesize([rootWithCall()], "terraform");
    const { broken } = judgeRoot(new Configurations(readTree("terraform")).root(ROOT), [], "2026-11-22");
    const found = broken.map(({ guardrail, address }) => `${guardrail.id} ${address}`);
    expect(found).toContain('sqs-encrypted module.orders.module.fifo["first"].aws_sqs_queue.this');
    expect(found).toContain("sns-encrypted module.orders.module.topic[0].aws_sns_topic.this");
    expect(found.filter((one) => one.startsWith("version-ranges-bounded"))).toEqual([]);
  });

  test("belongs to the files of its roots, and a file that synth did not write is refused beside it", () => {
    synthesize([rootWithCall()], "terraform");
    expect([...reachable(ROOT, (folder) => calledFolders("terraform", folder))].sort()).toEqual([
      ROOT,
      "vendor/queue/v1.2.0",
      "vendor/queue/v1.2.0/modules/fifo",
      "vendor/queue/v1.2.0/remote/topic",
    ]);
    const main = readFileSync("terraform/vendor/queue/v1.2.0/main.tf.json", "utf8");
    expect(main).not.toContain("git::");
    writeFileSync("terraform/vendor/queue/v1.2.0/remote/topic/more.tf", "");
    expect(failure(() => readTree("terraform")).message).toContain(
      "remote/topic/more.tf: got a file that Terraform reads",
    );
    rmSync("terraform/vendor/queue/v1.2.0/remote/topic/more.tf");
  });

  test("is refused at synth after a change of its copy", () => {
    appendFileSync("modules/queue/source/remote/topic/main.tf", "# changed\n");
    expect(failure(() => synthesize([rootWithCall()], "terraform")).message).toMatch(
      /^modules\/queue\/source\n {2}got files with the checksum .*; run: groundplan vendor git::file:.* v1\.2\.0$/,
    );
  });
});

describeWithTerraform("groundplan vendor", () => {
  test.each([
    [
      ["./queue", "1.0.0", "--name", "q"],
      'source\n  got "./queue"; allowed: a source in a registry or in Git, not a path',
    ],
    [["git::https://example.com/q.git?ref=v1", "v1"], "allowed: a source without ref, which is the version"],
    [
      ["https://example.com/q.zip", "1.0.0", "--name", "q"],
      "allowed: <namespace>/<name>/<provider> of a registry, git::<address>",
    ],
    [["a/b/aws", "feature/x"], 'version\n  got "feature/x"; allowed: an exact version, a tag or a commit'],
  ])("refuses %j", async (args, message) => {
    expect(await vendor(...args)).toContain(message);
  });

  test("does not replace a module of the project", async () => {
    mkdirSync("modules/topic", { recursive: true });
    writeFileSync("modules/topic/index.ts", "export {};\n");
    expect(await vendor(source.replace(/queue$/, "topic"), "v2.0.0")).toContain(
      "got a module that this command did not write; allowed: another name; add --name",
    );
  });

  test("refuses a module with a provider block, and writes nothing", async () => {
    const repository = path.join(repositories, "topic");
    appendFileSync(path.join(repository, "main.tf"), 'provider "aws" {\n}\n');
    const git = (...args: string[]) => execFileSync("git", ["-C", repository, ...args]);
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--all", "--message=second");
    git("tag", "v3.0.0");
    const said = await vendor(source.replace(/queue$/, "topic"), "v3.0.0", "--name", "other");
    expect(said).toContain("main.tf: got a block provider; allowed: terraform, variable");
    expect(existsSync("modules/other")).toBe(false);
  });
});
