/**
 * Resources with data whose addresses a synth removes from the tree. These are warnings and no errors: a removal may be
 * intended, only a plan knows the state, and the gate requires an approval for each deletion of data.
 */
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import type { GeneratedFile } from "../generator/synth/tree";
import { generatedFiles } from "../generator/synth/write";
import type { Configurations, ResourceInstance } from "../judgement/configuration";
import { asObject } from "../judgement/configuration/json";
import { STATEFUL } from "../judgement/gate/stateful";

const FORMER = z.object({
  moved: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  removed: z.array(z.object({ from: z.string() })).default([]),
});
type Former = z.infer<typeof FORMER>;

/**
 * One line for each resource with data that the tree in the folder has and the new one does not, unless a `moved` or
 * `removed` block names it. Unchanged roots are not evaluated, and without a changed root the judges are not loaded.
 * @param ending folders of roots that end, which destroy their resources on purpose
 */
export function vanished(tree: readonly GeneratedFile[], folder: string, ending: readonly string[]): string[] {
  const before = new Map([...generatedFiles(folder)].filter(([file]) => isTerraform(file)));
  const after = new Map(
    tree.filter((file) => isTerraform(file.path)).map(({ path: file, content }) => [file, content]),
  );
  const changed = new Set(
    [...new Set([...before.keys(), ...after.keys()])]
      .filter((file) => before.get(file) !== after.get(file))
      .map((file) => path.posix.dirname(file)),
  );
  if (changed.size === 0) return [];
  const roots = [...after.keys()].flatMap((file) => {
    const root = path.posix.dirname(file);
    return /^(environments|accounts)\/.*\/versions\.tf\.json$/.test(file) && before.has(file) && !ending.includes(root)
      ? [root]
      : [];
  });
  if (roots.length === 0) return [];
  const {
    Configurations,
    readTree,
  }: typeof import("../judgement/configuration") = require("../judgement/configuration");
  try {
    // With the files that modules carry: an expression that reads another file is refused.
    const files = new Map(tree.map(({ path: file, content }) => [file, content]));
    const trees = { before: new Configurations(readTree(folder)), after: new Configurations(files) };
    return roots
      .filter((root) =>
        [root, ...modulesOf(trees.before, root), ...modulesOf(trees.after, root)].some((one) => changed.has(one)),
      )
      .flatMap((root) => vanishedFrom(root, trees, after));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [`former addresses of resources with data were not compared with the tree in ${folder}: ${error.message}`];
  }
}

function isTerraform(file: string): boolean {
  return file.endsWith(".tf.json");
}

interface Trees {
  readonly before: Configurations;
  readonly after: Configurations;
}

function modulesOf(tree: Configurations, root: string): string[] {
  return Object.values(tree.folder(root).module).map((call) => tree.moduleOf(root, String(asObject(call).source)));
}

function vanishedFrom(root: string, trees: Trees, after: ReadonlyMap<string, string>): string[] {
  const old = trees.before
    .root(root)
    .of("*")
    .filter(({ type }) => Object.hasOwn(STATEFUL, type));
  const present = trees.after.root(root);
  const former = formerIn(trees.after, root, after);
  const isThere = (address: string) =>
    present.at(address) !== undefined ||
    present.at(`${address}[0]`) !== undefined ||
    (address.endsWith("[0]") && present.at(address.slice(0, -3)) !== undefined) ||
    former.removed.some(({ from }) => isWithin(address, from));
  const gone = old.filter(({ address }) => !isThere(address) && !isThere(afterMoves(address, former.moved)));
  const added = present.of("*").filter(({ address }) => trees.before.root(root).at(address) === undefined);
  return gone.map((resource) => {
    const holds = STATEFUL[resource.type]?.holds;
    return `${root}: ${resource.address} is no longer in the tree; an apply destroys it, and with it ${holds}; ${advice(resource, added)}`;
  });
}

/** The blocks of the root and of the modules that it calls, with addresses in the root. */
function formerIn(tree: Configurations, root: string, files: ReadonlyMap<string, string>): Former {
  const read = (folder: string) => FORMER.parse(JSON.parse(files.get(`${folder}/main.tf.json`) ?? "{}"));
  const inModules = Object.entries(tree.folder(root).module).map(([id, call]): Former => {
    const { moved, removed } = read(tree.moduleOf(root, String(asObject(call).source)));
    const inRoot = (address: string) => `module.${id}.${address}`;
    return {
      moved: moved.map(({ from, to }) => ({ from: inRoot(from), to: inRoot(to) })),
      removed: removed.map(({ from }) => ({ from: inRoot(from) })),
    };
  });
  const all = [read(root), ...inModules];
  return { moved: all.flatMap(({ moved }) => moved), removed: all.flatMap(({ removed }) => removed) };
}

function isWithin(address: string, block: string): boolean {
  return address === block || address.startsWith(`${block}.`) || address.startsWith(`${block}[`);
}

/** Where the blocks move an address. Each block is followed once. */
function afterMoves(address: string, moves: Former["moved"]): string {
  const move = moves.find(({ from }) => isWithin(address, from));
  if (move === undefined) return address;
  const next = `${move.to}${address.slice(move.from.length)}`;
  return afterMoves(
    next,
    moves.filter((other) => other !== move),
  );
}

/** What the author writes, and where: for the most similar new resource of the type, or for one that is gone. */
function advice(gone: ResourceInstance, added: readonly ResourceInstance[]): string {
  const { call, type, name } = gone;
  const successors = added.filter((one) => one.type === type);
  const within = (one: ResourceInstance) => one.address.slice(`module.${one.call}.`.length);
  const renamedCall = successors.find((one) => one.call !== call && within(one) === within(gone));
  if (renamedCall !== undefined) {
    return `if it is now ${renamedCall.address}, write renamedFrom: "${call}" in the options of the call ${renamedCall.call}`;
  }
  const renamed = successors.find((one) => one.call === call && one.name !== name && one.key === gone.key);
  if (renamed !== undefined) {
    return `if it is now ${renamed.address}, write renamedFrom: "${name}" in the arguments of the resource in ${renamed.module}`;
  }
  const [other] = successors;
  if (other !== undefined) {
    return `if it is now ${other.address}, write renamedFrom: { '${within(other)}': '${gone.address}' } in the options of the call ${other.call}`;
  }
  return `to keep it in the account, write forget() for the call ${call} in the root, or for ${type}.${name} in ${gone.module}`;
}
