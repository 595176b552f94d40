/** The committed tree with differences planted in it, and its roots with differences declared. */
import path from "node:path";
import { z } from "zod";
import { Root } from "../../../../lib/generator/root/root";
import type { Difference } from "../../../../lib/generator/root/root-props";
import { Configurations, readTree, type TreeFiles } from "../../../../lib/judgement/configuration";
import {
  type Comparison,
  compareEnvironments,
  type DeclaredDifference,
  systemsOf,
} from "../../../../lib/judgement/parity";
import { roots as all } from "../../../../main";

export const roots = systemsOf(all).get("credentialmate") ?? [];

export const committed = readTree(path.join(__dirname, "../../../../terraform"));

const OBJECT = z.record(z.string(), z.unknown());

/** The files with the value at a path of one file set, or taken out where it is undefined. */
export function planted(file: string, at: readonly string[], value: unknown, files: TreeFiles = committed): TreeFiles {
  const content = OBJECT.parse(JSON.parse(files.get(file) ?? ""));
  return new Map([...files, [file, JSON.stringify(withValue(content, at, value))]]);
}

/** The files with something else in a call of one environment. */
export function plantedCall(environment: string, at: readonly string[], value: unknown, files?: TreeFiles): TreeFiles {
  return planted(`environments/credentialmate/${environment}/main.tf.json`, ["module", ...at], value, files);
}

/** The committed files with a changed copy of a module. */
export function withCopy(module: string, name: string, change: (content: string) => string): TreeFiles {
  const copy = [...committed]
    .filter(([file]) => file.startsWith(`modules/${module}/`))
    .map(([file, content]): [string, string] => [file.replace(module, name), change(content)]);
  return new Map([...committed, ...copy]);
}

function withValue(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((item, i) => (String(i) === key ? withValue(item, rest, value) : item));
  const { [key]: old, ...others } = OBJECT.parse(json ?? {});
  const changed = withValue(old, rest, value);
  return changed === undefined ? others : { ...others, [key]: changed };
}

/** @param differences what environments declare beside their own, by name; `declared` has these alone */
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
  const comparison = compareEnvironments("credentialmate", declaring, new Configurations(files));
  const places = Object.values(differences).flatMap((some) => some.map(({ at }) => at));
  const isPlanted = ({ declarations }: DeclaredDifference) => declarations.some(({ at }) => places.includes(at));
  return { ...comparison, declared: comparison.declared.filter(isPlanted) };
}

/** `place: dev | stage | prod` of each undeclared difference. */
export function undeclared(files: TreeFiles): string[] {
  return compare(files).undeclared.map(({ place, values }) => `${place}: ${Object.values(values).join(" | ")}`);
}
