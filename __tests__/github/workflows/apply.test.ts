/** Decisions of the workflows `apply` and `promote` before any plan: the commit, and the start of each wave. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { projectSettings } from "../../../lib/generator/project-settings";
import { CHECK } from "../../../lib/pipeline/github/branch";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { temporaryFolder } from "../../lib/terraform/sample";

let expressions: Expressions;
beforeAll(async () => {
  expressions = await loadExpressions();
});

const FOLDER = path.join(__dirname, "../../../.github/workflows");
const workflow = (name: string) => readWorkflow(name, readFileSync(path.join(FOLDER, name), "utf8"));
const [apply, promote] = [workflow("apply.yml"), workflow("promote.yml")];
const MAIN = "a".repeat(40);
const ROW = { root: "environments/shop/dev", name: "shop/dev", mode: "environment" };

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

beforeAll(() => {
  writeFileSync(file("groundplan"), `#!/bin/sh\necho '${JSON.stringify({ chunks: [[ROW]] })}'\n`);
  chmodSync(file("groundplan"), 0o755);
});

/** Runs the scripts of the first job as GitHub does after a dispatch, until one fails. */
function dispatch(inputs: { readonly COMMIT: string; readonly ROOT: string }) {
  rmSync(file("output"), { force: true });
  const scripts = apply.jobs[0]?.steps.flatMap(({ run }) => run ?? []) ?? [];
  const env = {
    ...inputs,
    PATH: `${folder}:${process.env.PATH}`,
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_OUTPUT: file("output"),
    GITHUB_SHA: MAIN,
    RUNNER_TEMP: folder,
  };
  for (const script of scripts) {
    const { status, stdout } = spawnSync("bash", ["-eo", "pipefail", "-c", script], { env, encoding: "utf8" });
    if (status !== 0) return { status, stdout };
  }
  return { status: 0, outputs: readFileSync(file("output"), "utf8").trim().split("\n") };
}

test("a dispatch with the head commit of main applies this commit", () => {
  expect(dispatch({ COMMIT: MAIN, ROOT: "shop/dev" })).toEqual({
    status: 0,
    outputs: [`row=${JSON.stringify(ROW)}`, `commit=${MAIN}`],
  });
});

test.each(["b".repeat(40), MAIN.slice(0, 7), "main", ""])("a dispatch with commit %p is an input error", (COMMIT) => {
  expect(dispatch({ COMMIT, ROOT: "shop/dev" })).toEqual({
    status: 2,
    stdout: `commit: got ${COMMIT}; allowed: ${MAIN}, the head of main\n`,
  });
});

test("a dispatch with an unknown root names the roots", () => {
  expect(dispatch({ COMMIT: MAIN, ROOT: "shop/prod" })).toEqual({
    status: 2,
    stdout: "root: got shop/prod; allowed: shop/dev\n",
  });
});

test("the commit is checked before any of its files run", () => {
  const steps = apply.jobs[0]?.steps ?? [];
  const judged = steps.findIndex(({ env }) => "COMMIT" in env);
  const runs = steps.findIndex(({ uses, run }) => uses?.startsWith("./") || run?.includes("groundplan"));
  expect(judged).toBeGreaterThan(-1);
  expect(judged).toBeLessThan(runs);
});

const RESULT = fc.constantFrom("success", "failure", "cancelled", "skipped");
const WAVES = projectSettings().waves;
const wave = fc.record({ result: RESULT, rows: fc.array(fc.constant(ROW), { maxLength: 2 }) });

test.each(promote.jobs.map((job, i) => [job.id, i] as const))(
  "%s starts after all earlier waves are applied",
  (_id, i) => {
    fc.assert(
      fc.property(fc.array(wave, { minLength: WAVES, maxLength: WAVES }), (waves) => {
        const before = waves.slice(0, i);
        const needs = Object.fromEntries(before.map(({ result }, n) => [`wave-${n + 1}`, { result }]));
        const contexts = { inputs: { waves: JSON.stringify(waves.map(({ rows }) => rows)) }, needs };
        const failed = before.some(({ result }) => result === "failure");
        const done = before.every(({ result, rows }) => result === "success" || (result === "skipped" && !rows.length));
        const starts = expressions.holds(promote.jobs[i]?.if, contexts, failed ? "failure" : "success");
        expect(starts).toBe(done && waves[i]?.rows.length !== 0);
      }),
    );
  },
);

test.each([
  ["success", "[1]", true],
  ["skipped", "[]", true],
  ["skipped", "[1]", false],
  ["failure", "[1]", false],
  ["cancelled", "[1]", false],
])("after accounts with result %s and rows %s, systems start: %p", (result, accounts, starts) => {
  const outputs = { accounts, systems: "[1]" };
  const needs = { affected: { result: "success", outputs }, accounts: { result } };
  const systems = apply.jobs.find(({ id }) => id === "systems");
  const contexts = { github: { event_name: "push" }, needs };
  expect(expressions.holds(systems?.if, contexts, result === "failure" ? "failure" : "success")).toBe(starts);
});

test("the status check that main requires is a job of the workflow ci", () => {
  expect(workflow("ci.yml").jobs.map(({ id, "runs-on": runner }) => (runner === undefined ? "" : id))).toContain(CHECK);
});
