import { readAction, readWorkflow } from "../../../../lib/pipeline/workflows/file";

/** Aliases that stand for 1,000 values each. */
const BOMB = ["a", "b", "c"].map(
  (name, i, all) => `${name}: &${name} [${Array(10).fill(i === 0 ? 1 : `*${all[i - 1]}`)}]`,
);

test.each([
  [
    "YAML that does not parse",
    "on: push\njobs: [",
    /^ci\.yml\n {2}Flow sequence in block collection .* at line 2, column 8$/,
  ],
  ["an empty file", "", "ci.yml\n  line 1: Invalid input: expected object, received null"],
  ["a list", "- on", "ci.yml\n  line 1: Invalid input: expected object, received array"],
  [
    "a wrong type",
    "on: push\njobs:\n  check:\n    steps: 1\n",
    "ci.yml\n  line 4: jobs.check.steps: Invalid input: expected array, received number",
  ],
  [
    "an alias without an anchor",
    "on: push\njobs: *jobs\n",
    "ci.yml\n  Unresolved alias (the anchor must be set before the alias): jobs",
  ],
  [
    "too many aliases",
    [...BOMB, "d: [*c, *c]"].join("\n"),
    "ci.yml\n  Excessive alias count indicates a resource exhaustion attack",
  ],
])("a workflow with %s is an input error that names the place", (_what, source, message) => {
  expect(() => readWorkflow("ci.yml", source)).toThrow(message);
});

test("an action that is not a composite action is an input error", () => {
  expect(() => readAction("action.yml", "runs:\n  using: node20\n  main: index.js\n")).toThrow(
    'action.yml\n  line 2: runs.using: Invalid input: expected "composite"',
  );
});
