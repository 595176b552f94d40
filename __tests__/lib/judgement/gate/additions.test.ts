/** The gate on a new environment: the committed tree of production, planned against nothing, through the command line. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DECISION_JSON, type DecisionJson } from "../../../../lib/judgement/gate/json";
import { init, inOfflineCopy, planJson } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { type Answer, answerOf } from "../../cli/project";
import { temporaryFolder } from "../../terraform/sample";

const folder = temporaryFolder();
const planFile = path.join(folder, "plan.json");
const summaryFile = path.join(folder, "summary.md");
const project = path.resolve(__dirname, "../../../..");

function groundplan(...args: readonly string[]): Promise<Answer> {
  const launcher = path.join(project, "lib/cli/launch.mjs");
  return answerOf(spawn(process.execPath, [launcher, "gate", ...args], { stdio: ["ignore", "pipe", "pipe"] }));
}

describeWithTerraform("groundplan gate, on a new environment", () => {
  let answer: Answer;
  let decision: DecisionJson;
  let summary: string;

  beforeAll(async () => {
    const plan = await inOfflineCopy(
      path.join(project, "terraform"),
      "environments/credentialmate/prod",
      async (copy) => {
        await init(copy);
        return planJson(copy);
      },
    );
    writeFileSync(planFile, plan);
    answer = await groundplan("--plan", planFile, "--root", "credentialmate/prod", "--json", "--summary", summaryFile);
    decision = DECISION_JSON.parse(JSON.parse(answer.stdout));
    summary = readFileSync(summaryFile, "utf8");
  }, 240_000);

  test("everything is new, nothing refused, and security has to agree", () => {
    expect(answer).toMatchObject({ exitCode: 10, stderr: "" });
    expect(decision).toMatchObject({ decision: "approval needed", missing: ["security"], refused: [] });
    expect(decision.changes.length).toBeGreaterThan(190);
    expect(new Set(decision.changes.map(({ action }) => action))).toEqual(new Set(["create"]));
  });

  test("who may do and reach what is told by the names of calls, and nothing of it is left open", () => {
    expect(decision.access).toEqual(
      expect.arrayContaining([
        'backend_service_task.execution may call secretsmanager:GetSecretValue on secrets["database-application"], secrets["application"]',
        "parser_service_task.task may call s3:GetObject, s3:GetObjectVersion on documents/*",
        '0.0.0.0/0 may reach security_groups["load-balancer"] on tcp 443',
        'security_groups["load-balancer"] may reach security_groups["backend-service"] on tcp 8000',
      ]),
    );
    expect(decision.access.filter((sentence) => /known after apply|only the apply tells|null/.test(sentence))).toEqual(
      [],
    );
  });

  test("the summary is short enough to be read", () => {
    expect(summary.startsWith("## credentialmate/prod ✋ needs approval: security\n\n224 to add.\n")).toBe(true);
    expect(summary.split("\n").length).toBeLessThan(90);
    expect(summary).not.toContain("### Refused");
    expect(summary).not.toContain("### Deleted or replaced");
  });

  test("with the approval it passes, and prints the summary", async () => {
    const given = await groundplan("--plan", planFile, "--root", "credentialmate/prod", "--approved", "security");
    expect(given).toMatchObject({ exitCode: 0, stderr: "" });
    expect(given.stdout).toContain("## credentialmate/prod ✅ passes");
    expect(given.stdout).toContain("**security**, given");
  }, 60_000);

  test("the plan of one environment is refused for another", async () => {
    const other = await groundplan("--plan", planFile, "--root", "credentialmate/dev", "--json");
    expect(other.exitCode).toBe(20);
    const { refused } = DECISION_JSON.parse(JSON.parse(other.stdout));
    expect(refused).toContainEqual({
      guardrail: "plan-of-reviewed-tree",
      address: "module.database: instance_class",
      got: "something else than the tree says",
    });
  }, 60_000);
});

test.each([
  [
    "a missing file",
    ["--plan", "gone.json"],
    /\/gone\.json\n {2}got no such file; allowed: what `terraform show -json <plan>` prints, in a file or pipe\n$/,
  ],
  ["a folder", ["--plan", folder], /got a folder/],
  [
    "no JSON",
    ["--plan", path.join(project, "README.md")],
    /README\.md\n {2}got something else than a plan; allowed: what `terraform show -json <plan>` prints\n/,
  ],
  [
    "another JSON",
    ["--plan", path.join(project, "package.json")],
    /package\.json\n {2}got JSON without format_version; allowed: what `terraform show -json <plan>` prints\n$/,
  ],
  [
    "an unknown root",
    ["--root", "credentialmate/qa"],
    /^unknown root\n {2}got "credentialmate\/qa"; allowed: accounts\/credentialmate-dev, .*, credentialmate\/prod, credentialmate\/stage, orders\/dev, orders\/dr, orders\/prod\n$/,
  ],
  [
    "an unknown approval",
    ["--approved", "everybody"],
    /argument 'everybody' is invalid\. Allowed: security, data, removal, drift\.\n$/,
  ],
  [
    "a backup without time",
    ["--backup", "module.a.aws_s3_bucket.this=b"],
    /^--backup\n {2}got "module\.a\.aws_s3_bucket\.this=b"; allowed: <address>=<backup>@<time>, such as .*\n$/,
  ],
  ["no plan at all", [], /required option '--plan <file>' not specified/],
])(
  "wrong use, %s, is told in one message",
  async (_, args, message) => {
    const root = args.includes("--root") ? [] : ["--root", "credentialmate/prod"];
    const plan = args.includes("--plan") || args.length === 0 ? [] : ["--plan", planFile];
    const { exitCode, stdout, stderr } = await groundplan(...root, ...plan, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  },
  60_000,
);
