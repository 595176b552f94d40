/** Breaks the workflows of this repository in one place after another: exactly one rule has to report each change. */
import path from "node:path";
import { POLICY } from "../../../../lib/pipeline/workflows/catalogue";
import { findingLine, judgeWorkflows, parseSources, readSources } from "../../../../lib/pipeline/workflows/judge";
import type { WorkflowFiles } from "../../../../lib/pipeline/workflows/rule";
import { MUTANTS, type Mutant } from "./mutants";

const SOURCES = readSources(path.resolve(__dirname, "../../../.."));
const REPOSITORY = parseSources(SOURCES);

function fired(repository: WorkflowFiles): string[] {
  return [...new Set(judgeWorkflows(repository).map(({ rule }) => rule.id))];
}

/** @throws Error if the file does not contain the text */
function broken([file, from, to]: Mutant): WorkflowFiles {
  const name = `.github/${file}`;
  const source = SOURCES.get(name) ?? "";
  if (!source.includes(from)) throw new Error(`${name} has no ${from}`);
  const changed = parseSources(new Map([[name, source.replace(from, () => to)]]));
  return {
    workflows: [...REPOSITORY.workflows.filter((one) => one.path !== name), ...changed.workflows],
    actions: [...REPOSITORY.actions.filter((one) => one.path !== name), ...changed.actions],
  };
}

test("the workflows of this repository break no rule", () => {
  expect(judgeWorkflows(REPOSITORY).map(findingLine)).toEqual([]);
});

const EACH_MUTANT = POLICY.flatMap(({ id }) => MUTANTS[id].map((mutant, i) => [id, i + 1, mutant] as const));

test.each(EACH_MUTANT)("only rule %s reports its mutant %i", (rule, _i, mutant) => {
  expect(fired(broken(mutant))).toEqual([rule]);
});

test("a finding is one line with place, rule, value, allowed values and reason", () => {
  const checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
  const unpinned = broken(["workflows/protection.yml", checkout, "actions/checkout@v7"]);
  expect(judgeWorkflows(unpinned).map(findingLine)).toEqual([
    ".github/workflows/protection.yml:23: action-pinned: got actions/checkout@v7; " +
      "allowed: <owner>/<repository>@<full commit SHA>, ./<path> or $/<path> of this repository. " +
      "An action of another repository is pinned to a full commit SHA. " +
      "A tag can be moved to other code, as happened to tj-actions/changed-files in 2025 and trivy-action in 2026.",
  ]);
});

test("the ids of rules do not change, because findings and documentation refer to them", () => {
  expect(POLICY.map(({ id }) => id).sort()).toEqual(IDS);
});

test("each rule has a title, a reason and allowed values as sentences of the same form", () => {
  for (const { id, title, why, allowed } of POLICY) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^\S.+\.$/s);
    expect(allowed).toMatch(/[^.]$/);
  }
});

const IDS = [
  "action-of-repository-exists",
  "action-pinned",
  "action-version-named",
  "artifacts-without-secrets",
  "call-inputs",
  "call-permissions",
  "change-not-cancelled",
  "checkout-forgets-token",
  "downloads-verified",
  "failure-not-ignored",
  "forks-without-credentials",
  "id-token-for-a-role",
  "jobs-show-privileges",
  "no-expression-in-shell",
  "no-long-lived-keys",
  "no-piped-script",
  "no-shared-cache",
  "no-stored-secrets",
  "no-typed-checkout",
  "permissions-none-at-top",
  "permissions-of-each-job",
  "privileges-on-main",
  "results-named",
  "role-in-environment",
  "runner-pinned",
  "session-outlives-job",
  "shell-stops-on-failure",
  "timeout-stated",
  "triggers-known",
  "write-where-listed",
];
