/** Sources of the plan of `groundplan gate`: the real launcher, started by a shell. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { DECISION_JSON } from "../../../lib/judgement/gate/json";
import { EMPTY_PLAN } from "../terraform/empty-plan";
import { temporaryFolder } from "../terraform/sample";
import { type Answer, answerOf, Project } from "./project";

const project = new Project();
const folder = temporaryFolder();
const launcher = project.file("lib/cli/launch.mjs");
beforeAll(() => project.synthesize("prod"), 60_000);
writeFileSync(path.join(folder, "plan.json"), JSON.stringify(EMPTY_PLAN));
writeFileSync(path.join(folder, "utf-16.json"), `\ufeff${JSON.stringify(EMPTY_PLAN)}\r\n`, "utf16le");

function inShell(plan: string): Promise<Answer> {
  const script = `"$0" "$1" gate --root orders/prod --json --plan ${plan}`;
  const child = spawn("bash", ["-c", script, process.execPath, launcher], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return answerOf(child);
}

test.each([
  ["a pipe of the shell", "<(cat plan.json)"],
  ["a pipe on stdin", "- < <(cat plan.json)"],
  ["a file on stdin", "- < plan.json"],
  ["a descriptor", "/dev/fd/3 3< plan.json"],
  ["a file in UTF-16, relative to the folder of the caller", "utf-16.json"],
])(
  "the plan is read from %s",
  async (_, plan) => {
    const { exitCode, stdout, stderr } = await inShell(plan);
    expect({ exitCode, stderr }).toEqual({ exitCode: 20, stderr: "" });
    const { refused } = DECISION_JSON.parse(JSON.parse(stdout));
    expect(new Set(refused.map(({ guardrail }) => guardrail))).toEqual(new Set(["plan-of-reviewed-tree"]));
  },
  60_000,
);

test.each([
  [
    "nothing on stdin",
    "- < /dev/null",
    "/dev/stdin\n  got an empty text; allowed: what `terraform show -json <plan>` prints\n",
  ],
  [
    "a descriptor that is not open",
    "/dev/fd/63",
    "/dev/fd/63\n  got no open descriptor; allowed: what `terraform show -json <plan>` prints, in a file or pipe\n",
  ],
])(
  "%s is refused in one message",
  async (_, plan, message) => {
    expect(await inShell(plan)).toMatchObject({ exitCode: 2, stdout: "", stderr: message });
  },
  60_000,
);
