/** Parity: the environments of a system are equal except in sizing, identity and declared differences. */

import type { Root } from "../../generator/root/root";
import { rootParts } from "../../generator/root/root-path";
import type { Configurations } from "../configuration";
import { callIds, compareCalls } from "./calls";
import type { Contrast } from "./compare";
import { type Declaration, declarationsOf } from "./declared";
import { environmentsOf } from "./environment";
import { compareRootBlocks } from "./root-blocks";
import { compareSecurity } from "./security";
import { isShared, type SharedTexts } from "./shared-texts";

/** A place where environments differ, with the value of each. */
export interface PlaceOfDifference {
  /** `<call>`, `<call>.<input>` and places below it, `output.<name>`, or the text of a rule or statement. */
  readonly place: string;
  /** By environment: JSON with placeholders for identity values; null if there is no value. */
  readonly values: Readonly<Record<string, string | null>>;
}

export interface DeclaredDifference extends PlaceOfDifference {
  readonly declarations: readonly Declaration[];
}

export interface Comparison {
  readonly system: string;
  /** In the order of main.ts. */
  readonly environments: readonly string[];
  /** Environments that end, which are not compared. */
  readonly ending: readonly string[];
  readonly calls: number;
  readonly inputs: number;
  readonly undeclared: readonly PlaceOfDifference[];
  readonly declared: readonly DeclaredDifference[];
  readonly sizing: readonly PlaceOfDifference[];
}

/**
 * Compares the roots of one system in a tree. A system with one environment has no differences.
 * @throws InputError if the tree lacks a root, or a declared difference does not exist
 */
export function compareEnvironments(system: string, roots: readonly Root[], tree: Configurations): Comparison {
  return startComparing(system, roots, tree)(new Map());
}

/**
 * Compares the calls as written.
 * @returns a function that compares what the calls create too, except calls whose texts are in common
 */
export function startComparing(
  system: string,
  roots: readonly Root[],
  tree: Configurations,
): (texts: SharedTexts) => Comparison {
  const ending = roots.filter(({ props }) => props.ending);
  const environments = environmentsOf(
    roots.filter((root) => !ending.includes(root)),
    tree,
  );
  const { contrasts, inputs } = compareCalls(environments);
  const written = [...contrasts, ...compareRootBlocks(environments)].filter(({ sizing }) => !sizing);
  return (texts) => {
    const security = compareSecurity(environments, (call) => isShared(texts, call, environments.length));
    const declarations = declarationsOf(system, environments, { written, security });
    const names = environments.map(({ name }) => name);
    const judged = [...written, ...security].sort(byPlace).map((contrast) => ({
      ...shown(contrast, names),
      declarations: declarations(contrast),
    }));
    return {
      system,
      environments: names,
      ending: ending.map(({ address }) => rootParts(address).environment),
      calls: callIds(environments).length,
      inputs,
      undeclared: judged.filter((one) => one.declarations.length === 0).map(({ place, values }) => ({ place, values })),
      declared: judged.filter((one) => one.declarations.length > 0),
      sizing: contrasts
        .filter(({ sizing }) => sizing)
        .sort(byPlace)
        .map((contrast) => shown(contrast, names)),
    };
  };
}

/**
 * The roots to compare, by system: `shop`; those of a component have a name of their own: `shop/cluster`; a singular root has one,
 * too: `shop/organization`.
 */
export function systemsOf(roots: readonly Root[]): Map<string, Root[]> {
  const systems = new Map<string, Root[]>();
  for (const root of roots) {
    const { kind, system, environment, component } = rootParts(root.address);
    if (kind !== "environments") continue;
    const own = root.props.singular ? [environment, component] : [component];
    const name = [system, ...own].filter((part) => part !== "").join("/");
    systems.set(name, [...(systems.get(name) ?? []), root]);
  }
  return systems;
}

function byPlace(one: Contrast, other: Contrast): number {
  if (one.place === other.place) return 0;
  return one.place < other.place ? -1 : 1;
}

function shown({ place, values }: Contrast, names: readonly string[]): PlaceOfDifference {
  return { place, values: Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])) };
}
