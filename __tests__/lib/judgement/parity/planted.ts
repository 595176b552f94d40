/** The tree of a system with differences planted in it, and its roots with declared differences. */
import { z } from "zod";
import { Root } from "../../../../lib/generator/root/root";
import type { Difference } from "../../../../lib/generator/root/root-props";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations, type TreeFiles } from "../../../../lib/judgement/configuration";
import { type Comparison, compareEnvironments, type DeclaredDifference } from "../../../../lib/judgement/parity";
import { DEV, PROD, STAGE, shop } from "./shop";

export const roots = [DEV, STAGE, PROD].map(shop);

export const unchanged = filesOf(roots);

/** The files that synth writes for the roots. */
export function filesOf(those: readonly Root[]): TreeFiles {
  return new Map(renderTree(those).map(({ path, content }) => [path, content]));
}

const OBJECT = z.record(z.string(), z.unknown());

/** The files with another value at a path of one file; without it if the value is undefined. */
export function planted(file: string, at: readonly string[], value: unknown, files: TreeFiles = unchanged): TreeFiles {
  const content = OBJECT.parse(JSON.parse(files.get(file) ?? ""));
  return new Map([...files, [file, JSON.stringify(withValue(content, at, value))]]);
}

/** The files with another value in a call of one environment. */
export function plantedCall(environment: string, at: readonly string[], value: unknown, files?: TreeFiles): TreeFiles {
  return planted(`environments/shop/${environment}/main.tf.json`, ["module", ...at], value, files);
}

/** The files with a changed copy of a module. */
export function withCopy(module: string, name: string, change: (content: string) => string): TreeFiles {
  const copy = [...unchanged]
    .filter(([file]) => file.startsWith(`modules/${module}/`))
    .map(([file, content]): [string, string] => [file.replace(module, name), change(content)]);
  return new Map([...unchanged, ...copy]);
}

function withValue(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((item, i) => (String(i) === key ? withValue(item, rest, value) : item));
  const { [key]: old, ...others } = OBJECT.parse(json ?? {});
  const changed = withValue(old, rest, value);
  return changed === undefined ? others : { ...others, [key]: changed };
}

/** @param differences declared differences that environments have in addition, by name; `declared` has only these */
export function compare(
  files: TreeFiles,
  differences: Readonly<Record<string, readonly Difference[]>> = {},
): Comparison {
  const declaring = roots.map((root) => {
    const { differences: own = [] } = root.props;
    const planted = differences[root.address.split("/").at(-1) ?? ""] ?? [];
    const copy = new Root({ ...root.props, differences: [...own, ...planted] });
    for (const call of root.calls.values()) copy.call(call, []);
    return copy;
  });
  const comparison = compareEnvironments("shop", declaring, new Configurations(files));
  const places = Object.values(differences).flatMap((some) => some.map(({ at }) => at));
  const isPlanted = ({ declarations }: DeclaredDifference) => declarations.some(({ at }) => places.includes(at));
  return { ...comparison, declared: comparison.declared.filter(isPlanted) };
}

/** `place: dev | stage | prod` of each undeclared difference. */
export function undeclared(files: TreeFiles): string[] {
  return compare(files).undeclared.map(({ place, values }) => `${place}: ${Object.values(values).join(" | ")}`);
}
