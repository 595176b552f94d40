/** Runs workflows of a small repository, as .ci/steps runs the workflows of this one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Line, runWorkflow } from "../../../.ci/local";
import { valuesIn } from "../../../.ci/local/machine";
import { parseSources } from "../../../lib/pipeline/workflows/judge";
import { temporaryFolder } from "../../lib/terraform/sample";

jest.setTimeout(30_000);

const folder = temporaryFolder();
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: folder });

beforeAll(() => {
  git("init", "--quiet");
  mkdirSync(path.join(folder, "sub"));
  writeFileSync(path.join(folder, "sub/committed"), "committed");
  git("add", ".");
  git("commit", "--quiet", "--message", "All that a clone has");
  writeFileSync(path.join(folder, "uncommitted"), "");
});

const ACTION = `runs:
  using: composite
  steps:
    - name: Tool
      shell: bash
      env: { ANSWER: "42" }
      run: |
        printf '#!/bin/sh\\necho %s' "$ANSWER" > "$RUNNER_TEMP/tool"
        chmod +x "$RUNNER_TEMP/tool"
        echo "$RUNNER_TEMP" >> "$GITHUB_PATH"
        [ "$GITHUB_ACTION_PATH" = "$GITHUB_WORKSPACE/.github/actions/tool" ]
`;

async function told(jobs: string, only: readonly string[] = []): Promise<Line[]> {
  const lines: Line[] = [];
  const workflow = `on: push\nenv: { LEVEL: workflow, OUTER: workflow }\njobs:\n${jobs}`;
  const sources = new Map([
    [".github/workflows/test.yml", workflow],
    [".github/actions/tool/action.yml", ACTION],
  ]);
  await runWorkflow(folder, parseSources(sources), "test", only, (line) => lines.push(line));
  return lines;
}

function outcomes(lines: readonly Line[]): string[] {
  return lines.map(({ outcome, step, note }) => `${outcome} ${step}${outcome === "skipped" ? `: ${note}` : ""}`);
}

test("steps run in a clean clone, with the variables of workflow, job and step", async () => {
  const lines = await told(`
  one:
    env: { LEVEL: job, JOB: job }
    steps:
      - name: Clone
        run: |
          [ -e sub/committed ] && [ ! -e uncommitted ] && [ "$PWD" = "$GITHUB_WORKSPACE" ]
      - name: Levels
        env: { LEVEL: "\${{ github.event_name }}" }
        run: |
          [ "$LEVEL $JOB $OUTER" = "pull_request job workflow" ]
      - name: Folder
        working-directory: sub
        run: cat committed
`);
  expect(outcomes(lines)).toEqual(["ran test/one: Clone", "ran test/one: Levels", "ran test/one: Folder"]);
});

test("later steps and jobs receive the outputs of a step", async () => {
  const lines = await told(`
  two:
    needs: one
    steps:
      - name: Of the other job
        env: { ANSWER: "\${{ needs.one.outputs.answer }}" }
        run: |
          [ "$ANSWER" = "several lines" ] && [ -z "\${LATER:-}" ]
  one:
    outputs: { answer: "\${{ steps.asked.outputs.answer }} lines" }
    steps:
      - uses: ./.github/actions/tool
      - id: asked
        name: Ask
        run: |
          echo "answer=several" >> "$GITHUB_OUTPUT"
          echo "LATER=$(tool)" >> "$GITHUB_ENV"
      - name: Later
        run: |
          [ "$LATER" = 42 ]
`);
  expect(outcomes(lines)).toEqual([
    "ran test/one: Tool",
    "ran test/one: Ask",
    "ran test/one: Later",
    "ran test/two: Of the other job",
  ]);
});

test("a script and its job stop at the first failure, also in a pipe", async () => {
  const lines = await told(`
  one:
    steps:
      - name: Pipe
        run: |
          false | cat
          echo never
      - name: After
        run: echo never
      - name: In any case
        if: always()
        run: echo always
  two:
    needs: one
    steps: [{ name: Next, run: echo never }]
  end:
    needs: [one, two]
    if: always()
    steps:
      - name: Results
        env: { RESULTS: "\${{ join(needs.*.result, ' ') }}" }
        run: |
          [ "$RESULTS" = "failure skipped" ]
`);
  expect(outcomes(lines)).toEqual([
    "failed test/one: Pipe",
    "skipped test/one: After: an earlier step has failed",
    "ran test/one: In any case",
    "skipped test/two: Next: its condition is false",
    "ran test/end: Results",
  ]);
  expect(lines[0]?.note).toBe("exit code 1\n");
});

test("a step that needs GitHub, AWS, a download or an action of another repository is skipped with the reason", async () => {
  const lines = await told(`
  one:
    steps:
      - uses: actions/checkout@v7
      - uses: somebody/something@v1
      - { name: Comment, env: { GITHUB_TOKEN: "\${{ github.token }}" }, run: "false" }
      - { name: Download, run: curl https://example.com }
      - uses: aws-actions/configure-aws-credentials@v6
      - { name: Plan, run: "false" }
`);
  expect(outcomes(lines)).toEqual([
    "skipped test/one: actions/checkout@v7: a clean clone is used instead",
    "skipped test/one: somebody/something@v1: an action of another repository",
    "skipped test/one: Comment: needs GitHub's API",
    "skipped test/one: Download: downloads a program; the one on PATH is used instead",
    "skipped test/one: aws-actions/configure-aws-credentials@v6: needs GitHub and an AWS role",
    "skipped test/one: Plan: needs the credentials of an AWS role",
  ]);
});

test("only the selected jobs run, and a job without a needed job is skipped", async () => {
  const jobs =
    "  one:\n    steps: [{ name: One, run: echo }]\n  two:\n    needs: one\n    steps: [{ name: Two, run: echo }]\n";
  expect(outcomes(await told(jobs, ["one"]))).toEqual(["ran test/one: One"]);
  expect(outcomes(await told(jobs, ["two"]))).toEqual(["skipped test/two: Two: needs one, which was not selected"]);
  await expect(told(jobs, ["three"])).rejects.toThrow("got three; allowed: one, two");
});

test("values of one line and of several lines are read", () => {
  expect(valuesIn("a=1\nb=x=y\nc<<END\none\n\ntwo=2\nEND\nd=\n")).toEqual({
    a: "1",
    b: "x=y",
    c: "one\n\ntwo=2",
    d: "",
  });
});
