/**
 * Roots that tests of Terraform's plans take on a pull request: one of all roots that call the same modules, as their plans
 * differ only in values. The nightly tests take every root.
 */
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { isNightly } from "../support/nightly";
import { TREE } from "./committed-tree";

const source = new Configurations(readTree(TREE));

/** The last root of each group, which is production where the group has all environments of a system. */
export function representatives(roots: readonly string[]): string[] {
  if (isNightly) return [...roots];
  const selected = roots.filter(
    (root, i) => roots.findLastIndex((other) => modulesOf(other) === modulesOf(root)) === i,
  );
  const leftOut = roots.filter((root) => !selected.includes(root));
  if (leftOut.length > 0) console.info(`represented by another root: ${leftOut.join(", ")}`);
  return selected;
}

function modulesOf(root: string): string {
  const modules = new Set(source.root(root).calls.map(({ module }) => module));
  return [...modules].sort().join();
}
