/** An environment of a system: its composed root, and the root in the tree. */

import type { Root } from "../../generator/root/root";
import { rootParts } from "../../generator/root/root-path";
import type { Configurations, RootConfiguration } from "../configuration";
import type { Folder } from "../configuration/folder";
import { type Identity, identityOf } from "./identity";

export interface Environment {
  /** `dev` of `environments/shop/dev`, and of its components. */
  readonly name: string;
  /** Has the identity, the declared differences and the types of inputs. */
  readonly root: Root;
  readonly identity: Identity;
  readonly written: Folder;
  readonly evaluated: RootConfiguration;
}

/** @throws InputError if the tree lacks a root */
export function environmentsOf(roots: readonly Root[], tree: Configurations): Environment[] {
  return roots.map((root) => ({
    name: rootParts(root.address).environment,
    root,
    identity: identityOf(root.props),
    written: tree.folder(root.address),
    evaluated: tree.root(root.address),
  }));
}
