/** Isolation of production in the committed tree: nothing undeclared, and each planted leak is found. */
import path from "node:path";
import { isolationOfProduction } from "../../../environments/isolation";
import type { Isolation } from "../../../lib";
import { Configurations, readTree, type TreeFiles } from "../../../lib/judgement/configuration";
import { isolationOf } from "../../../lib/judgement/isolation";
import { roots } from "../../../main";
import { TREE } from "../committed-tree";
import { CALLERS, IN_PROD, PROD } from "./isolation-leak";
import { LEAKS } from "./isolation-leaks";
import { mutated } from "./mutate";

const files = readTree(TREE);
const committed = new Configurations(files);
const NOTHING = { trusted: isolationOfProduction.trusted, crossings: [] };

/** @param changed roots that are read from the files; others are those of the committed tree */
function isolated(isReported: (root: string) => boolean, changed: readonly string[] = [], tree: TreeFiles = files) {
  const edited = new Configurations(tree);
  return roots
    .filter(({ address }) => isReported(address))
    .map(({ address, props: { accountId, production } }) => ({
      configuration: (changed.includes(address) ? edited : committed).root(address),
      accountId,
      production,
    }));
}

test("nothing but the declared crossings lets an account outside of production read it", () => {
  const report = isolationOf(
    isolated(() => true),
    isolationOfProduction,
  );
  expect(report.leaks).toEqual([]);
  expect(report.unused).toEqual([]);
  expect(report.resources).toBeGreaterThan(7000);
  expect(new Set(report.declared.map(({ root }) => root))).toEqual(
    new Set([
      "accounts/formula-security",
      "accounts/formula-staging",
      "environments/formula/sanitisation",
      "environments/formula/staging",
    ]),
  );
});

describe("a planted leak is found", () => {
  const isEnvironment = (root: string) => /^environments\/formula\/(dev|prod|sanitisation|staging)$/.test(root);
  const without = isolationOf(isolated(isEnvironment), NOTHING).leaks;

  test.each(LEAKS.map((leak) => [leak.kind, leak] as const))("%s", (_kind, { root, edits, names }) => {
    const tree = mutated(files, root, edits);
    if (tree === undefined) throw new Error("the tree has no place for the leak");
    const changed = edits.map(({ file }) => CALLERS[file] ?? path.posix.dirname(file));
    const { leaks } = isolationOf(isolated(isEnvironment, changed, tree), NOTHING);
    const known = new Set(without.map((leak) => JSON.stringify(leak)));
    const found = leaks.filter((leak) => !known.has(JSON.stringify(leak)));
    expect(found).not.toEqual([]);
    expect(found.filter((leak) => leak.root === root && leak.names.includes(names))).not.toEqual([]);
  });
});

test("a type that the project has judged is not reported", () => {
  const edit = { file: IN_PROD, at: ["resource", "aws_transfer_server"], to: { this: { domain: "S3" } } };
  const production = isolated((root) => root === PROD, [PROD], mutated(files, PROD, [edit]));
  const reported = (confined: Isolation["confined"]) =>
    isolationOf(production, { ...NOTHING, confined }).leaks.filter(({ names }) => names === "aws_transfer_server");
  expect(reported(undefined)).toEqual([
    {
      root: PROD,
      address: expect.stringMatching(/^module\.\w+\.aws_transfer_server\.this$/),
      place: "type",
      names: "aws_transfer_server",
      problem:
        "nobody has judged whether the type can share with other accounts; allowed: a type in lib/judgement/isolation/, one in isolation.confined of main.ts with the reason, or a declared crossing",
    },
  ]);
  expect(reported({ aws_transfer_server: "People sign in with keys of the account" })).toEqual([]);
});
