/** Events for which the required status check is reported: a merge queue waits for it as a pull request does. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { CHECK } from "../../../lib/pipeline/github/branch";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";

let expressions: Expressions;
beforeAll(async () => {
  expressions = await loadExpressions();
});

const ci = readWorkflow("ci.yml", readFileSync(path.join(__dirname, "../../../.github/workflows/ci.yml"), "utf8"));

const EVENTS = [
  ["pull_request", "refs/pull/7/merge", true],
  ["merge_group", "refs/heads/gh-readonly-queue/main/pr-7-0123456789abcdef0123456789abcdef01234567", false],
  ["push", "refs/heads/main", false],
] as const;

test.each(EVENTS)("on %s every job runs, and the required check is reported after them", (event) => {
  expect(Object.keys(ci.on)).toContain(event);
  const needs = Object.fromEntries(ci.jobs.map(({ id }) => [id, { result: "success" }]));
  for (const job of ci.jobs)
    expect(expressions.holds(job.if, { github: { event_name: event }, needs }, "success")).toBe(true);
  const last = ci.jobs.find(({ id }) => id === CHECK);
  expect(last?.needs).toEqual(ci.jobs.map(({ id }) => id).filter((id) => id !== CHECK));
  expect(expressions.holds(last?.if, { needs }, "failure")).toBe(true);
});

test.each(EVENTS)("on %s runs of %s cancel each other only for a pull request: %p", (event_name, ref, cancels) => {
  const { concurrency } = ci;
  if (typeof concurrency !== "object") throw new Error("ci.yml has no concurrency group");
  const contexts = { github: { event_name, ref } };
  expect(expressions.interpolate(concurrency.group, contexts)).toBe(`ci-${ref}`);
  expect(expressions.interpolate(String(concurrency["cancel-in-progress"]), contexts)).toBe(String(cancels));
});
