/** The root of main.ts that a command is about. */
import { composedRoots } from "../composition-root";
import { InputError } from "../errors";
import type { Root } from "../root";
import { findRoot } from "../terraform";
import { treeFolder } from "../tree";

/** @param name as in `shop/dev` @throws InputError where the tree or main.ts does not have it. */
export function composedRoot(name: string): Root {
  const rootPath = findRoot(treeFolder(), name);
  const root = composedRoots().find(({ address }) => address === rootPath);
  if (root !== undefined) return root;
  throw new InputError("main.ts", [`got no ${rootPath}; allowed: the roots that the tree has; run: npm run synth`]);
}
