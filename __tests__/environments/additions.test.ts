/** The gate on the first plan of a production environment, through the command line. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DECISION_JSON, type DecisionJson } from "../../lib/judgement/gate/json";
import { inOfflineCopy, planJson } from "../../lib/terraform";
import { type Answer, answerOf } from "../lib/cli/project";
import { temporaryFolder } from "../lib/terraform/sample";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";

const folder = temporaryFolder();
const planFile = path.join(folder, "plan.json");
const summaryFile = path.join(folder, "summary.md");
const project = path.resolve(__dirname, "../..");

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
      async (copy) => planJson(await withVerifiedProvider(copy)),
    );
    writeFileSync(planFile, plan);
    answer = await groundplan("--plan", planFile, "--root", "credentialmate/prod", "--json", "--summary", summaryFile);
    decision = DECISION_JSON.parse(JSON.parse(answer.stdout));
    summary = readFileSync(summaryFile, "utf8");
  }, 240_000);

  test("creates each resource, refuses nothing, and needs the approval security", () => {
    expect(answer).toMatchObject({ exitCode: 10, stderr: "" });
    expect(decision).toMatchObject({ decision: "approval needed", missing: ["security"], refused: [] });
    expect(decision.changes.length).toBeGreaterThan(190);
    expect(new Set(decision.changes.map(({ action }) => action))).toEqual(new Set(["create"]));
  });

  test("lists permissions and network paths by the names of calls, without an unknown part", () => {
    expect(decision.access).toEqual(
      expect.arrayContaining([
        'backend_service_task.execution may call secretsmanager:GetSecretValue on secrets["database-application"], secrets["application"]',
        "parser_service_task.task may call s3:GetObject, s3:GetObjectVersion on documents/*",
        '0.0.0.0/0 may reach security_groups["load-balancer"] on tcp 443',
        'security_groups["load-balancer"] may reach security_groups["backend-service"] on tcp 8000',
      ]),
    );
    expect(decision.access.filter((sentence) => /known after|null/.test(sentence))).toEqual([]);
  });

  test("writes a summary of fewer than 90 lines", () => {
    expect(summary.startsWith("## credentialmate/prod ✋ needs approval: security\n\n224 to add.\n")).toBe(true);
    expect(summary.split("\n").length).toBeLessThan(90);
    expect(summary).not.toContain("### Refused");
    expect(summary).not.toContain("### Deleted or replaced");
  });

  test("passes with the approval, and prints the summary", async () => {
    const given = await groundplan("--plan", planFile, "--root", "credentialmate/prod", "--approved", "security");
    expect(given).toMatchObject({ exitCode: 0, stderr: "" });
    expect(given.stdout).toContain("## credentialmate/prod ✅ passes");
    expect(given.stdout).toContain("**security**, given");
  }, 60_000);

  test("refuses the plan for another environment", async () => {
    const other = await groundplan("--plan", planFile, "--root", "credentialmate/dev", "--json");
    expect(other.exitCode).toBe(20);
    const { refused } = DECISION_JSON.parse(JSON.parse(other.stdout));
    expect(refused).toContainEqual({
      guardrail: "plan-of-reviewed-tree",
      address: "module.database: instance_class",
      got: "a difference from the committed tree",
    });
  }, 60_000);
});
