import { existsSync, readFileSync } from "node:fs";
import { Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();

/** main.ts of a root with a log group that keeps its events for ever, with these exceptions. */
function mainWithLog(...exceptions: readonly object[]): string {
  return `import { Root } from "./lib";
import { Log } from "./modules/log";

const root = new Root({
  path: "environments/orders/dev",
  source: "main.ts",
  accountId: "111111111111",
  region: "us-east-1",
  backend: { bucket: "state", region: "us-east-1", kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/state", dynamodbTable: "lock" },
  tags: { CostCenter: "1", App: "orders", Owner: "platform", Env: "dev" },
  exceptions: ${JSON.stringify(exceptions)},
});
new Log(root, "log", { name: "/orders/dev", kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1" });
export const roots = [root];
`;
}

project.write(
  "modules/log/index.ts",
  `import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const Log = defineModule({
  name: "log",
  description: "A log.",
  inputs: { name: z.string().describe("Name."), kmsKeyArn: z.string().describe("Key.") },
  outputs: { arn: z.string().describe("ARN.") },
  example: { name: "/example", kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1" },
  build(scope, input) {
    return { arn: resource(scope, CloudwatchLogGroup, "this", { name: input.name, kmsKeyId: input.kmsKeyArn }).arn };
  },
});
`,
);

const ADDRESS = "module.log.aws_cloudwatch_log_group.this";
const day = (fromToday: number) => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);
const exception = (created: number, expires: number) => ({
  guardrail: "logs-retention",
  address: ADDRESS,
  reason: "Auditors copy it away once a year.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-7",
  created: day(created),
  expires: day(expires),
});
const FINDING = `environments/orders/dev: ${ADDRESS} (modules/log/index.ts:12:27, called at main.ts:13:1)
  logs-retention (medium): A log group retains its events for at least a month, and not for ever
  got: retention_in_days = null; allowed: retention_in_days of at least 30; 0 or no value means for ever
  why: Events from before an incident was noticed are lost; or personal data in logs is retained without end.
  exception: { guardrail: "logs-retention", address: "${ADDRESS}", reason, owner, approver, ticket, created, expires } in main.ts, for 180 days at most
`;

test("a broken guardrail keeps synth from writing, and its finding has everything for a correction or an exception", async () => {
  project.write("main.ts", mainWithLog());
  const answer = await project.run(["synth"]);
  expect(answer).toMatchObject({ exitCode: 1, stdout: "" });
  expect(answer.stderr).toBe(`${FINDING}nothing was written\n`);
  expect(existsSync(project.file("terraform"))).toBe(false);
});

test("with an exception it is written, and the exception is listed with its remaining days", async () => {
  project.write("main.ts", mainWithLog(exception(-10, 20)));
  expect(await project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await project.run(["guardrails", "orders/dev"])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^orders\/dev: \d+ hold, 0 broken, 1 excused, 0 left to the plan, 0 resources of types that nobody has judged\n$/,
    ),
  });
  const { stdout } = await project.run(["exceptions"]);
  expect(stdout.split("\n")[1]).toMatch(
    /^20 +logs-retention +orders\/dev +module\.log\S+ +platform +security +OPS-7 +Auditors /,
  );
  const json = await project.run(["exceptions", "--json"]);
  expect(JSON.parse(json.stdout)).toEqual([{ root: "environments/orders/dev", ...exception(-10, 20), daysLeft: 20 }]);
});

test("once the exception has expired, the finding is reported again", async () => {
  project.write("main.ts", mainWithLog(exception(-30, -1)));
  const { exitCode, stdout } = await project.run(["guardrails"]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`  its exception for platform (OPS-7) expired on ${day(-1)}\n`);
  expect((await project.run(["exceptions"])).stdout).toContain("expired");
});

test("an exception that has expired stops its own root, and no other", async () => {
  const own = mainWithLog(exception(-30, -1));
  const other = own
    .slice(own.indexOf("const root"), own.indexOf("export const"))
    .replaceAll("root", "other")
    .replace("orders/dev", "orders/prod")
    .replace("new Log", "if (process.env.OTHER_LOG) new Log")
    .replace(/exceptions: .*/, "");
  project.write("main.ts", own.replace("export const roots = [root]", `${other}export const roots = [root, other]`));
  const expired = project.file("terraform/environments/orders/dev/main.tf.json");
  const before = readFileSync(expired, "utf8");
  const { exitCode, stdout, stderr } = await project.run(["synth"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringMatching(/: \d+ written, /) });
  expect(stderr).toContain(`  its exception for platform (OPS-7) expired on ${day(-1)}\n`);
  expect(stderr).toMatch(/environments\/orders\/dev: was not written, as an exception has expired\n$/);
  expect(readFileSync(expired, "utf8")).toBe(before);
  expect(existsSync(project.file("terraform/environments/orders/prod/versions.tf.json"))).toBe(true);
  expect(await project.run(["guardrails", "orders/prod"])).toMatchObject({ exitCode: 0 });
  expect(await project.run(["guardrails", "orders/dev"])).toMatchObject({ exitCode: 1 });
  expect((await project.run(["synth"], { OTHER_LOG: "yes" })).stderr).toMatch(/nothing was written\n$/);
});

test("a root that passed is refused again once its module breaks a guardrail", async () => {
  const file = "modules/log/index.ts";
  const broken = readFileSync(project.file(file), "utf8");
  project.write("main.ts", mainWithLog());
  project.write(file, broken.replace("kmsKeyId:", "retentionInDays: 30, kmsKeyId:"));
  const passed = await project.run(["synth"]);
  project.write(file, broken);
  const refused = [await project.run(["synth"]), await project.run(["synth"])];
  expect([passed, ...refused].map(({ exitCode }) => exitCode)).toEqual([0, 1, 1]);
});

test("a lock file with an unknown hash is a finding of its root", async () => {
  project.write("main.ts", mainWithLog(exception(-10, 20)));
  await project.run(["synth"]);
  const file = "terraform/environments/orders/dev/.terraform.lock.hcl";
  const lock = readFileSync(project.file(file), "utf8");
  project.write(file, lock.replace("hashes = [", 'hashes = [\n    "h1:other",'));
  const { exitCode, stdout } = await project.run(["guardrails"]);
  project.write(file, lock);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    "environments/orders/dev/.terraform.lock.hcl: provider registry.terraform.io/hashicorp/aws: got the hash h1:other;",
  );
  expect(await project.run(["guardrails"])).toMatchObject({ exitCode: 0 });
});

test("the page is printed as Markdown", async () => {
  const { exitCode, stdout } = await project.run(["guardrails", "--page"]);
  expect({ exitCode, start: stdout.slice(0, 40) }).toEqual({
    exitCode: 0,
    start: "<!-- Generated by `npx groundplan guardr",
  });
});
