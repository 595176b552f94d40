/** Finds the root of main.ts that a command names. */

import { InputError } from "../common/errors";
import type { Root } from "../generator/root/root";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { findRoot } from "../terraform";

/** @param name as in `shop/dev` @throws InputError if the tree or main.ts does not have it */
export function composedRoot(name: string): Root {
  const rootPath = findRoot(treeFolder(), name);
  const root = composedRoots().find(({ address }) => address === rootPath);
  if (root !== undefined) return root;
  throw new InputError("main.ts", [`got no ${rootPath}; allowed: the roots of the tree; run: npm run synth`]);
}
