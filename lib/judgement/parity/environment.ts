/** An environment of a system: its composed root, and the root in the tree. */

import type { Root } from "../../generator/root/root";
import { rootParts } from "../../generator/root/root-path";
import type { Configurations, RootConfiguration } from "../configuration";
import type { Folder } from "../configuration/folder";
import { asObject } from "../configuration/json";
import { type Identity, identityOf } from "./identity";

export interface Environment {
  /** The folder below the system's; the components of an environment have its name. */
  readonly name: string;
  /** Has the identity, the declared differences and the types of inputs. */
  readonly root: Root;
  readonly identity: Identity;
  readonly written: Folder;
  /** The folder of each called module below the tree, by call. */
  readonly calls: ReadonlyMap<string, string>;
  evaluated(): RootConfiguration;
}

/** @throws InputError if the tree lacks a root */
export function environmentsOf(roots: readonly Root[], tree: Configurations): Environment[] {
  return roots.map((root) => {
    const written = tree.folder(root.address);
    const calls = Object.entries(written.module).map(([id, call]): [string, string] => [
      id,
      tree.moduleOf(root.address, String(asObject(call).source)),
    ]);
    return {
      name: rootParts(root.address).environment,
      root,
      identity: identityOf(root.props),
      written,
      calls: new Map(calls),
      evaluated: () => tree.root(root.address),
    };
  });
}
