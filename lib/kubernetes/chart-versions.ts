/**
 * Charts of the tree whose content changed without a higher version. Helm compares versions and values of a release, so that
 * no plan would show the change.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import gt from "semver/functions/gt";
import valid from "semver/functions/valid";
import { z } from "zod";
import { InputError } from "../common/errors";
import type { GeneratedFile } from "../generator/synth/tree";

const CHART_FILE = "Chart.yaml";
const CHART = z.looseObject({ version: z.string().refine((version) => valid(version) !== null) });

/**
 * @param tree as composed
 * @param folder of the tree that an earlier synth wrote
 * @throws InputError listing each chart that has other files than in the folder, and no higher version
 */
export function requireRaisedVersions(tree: readonly GeneratedFile[], folder: string): void {
  const problems = tree.flatMap(({ path: file, content }) => {
    if (path.posix.basename(file) !== CHART_FILE) return [];
    const before = filesBelow(path.join(folder, path.posix.dirname(file)));
    const former = before.get(CHART_FILE);
    if (former === undefined || isSame(before, chartFiles(tree, path.posix.dirname(file)))) return [];
    const [version, old] = [versionOf(file, content), versionOf(path.join(folder, file), former)];
    if (gt(version, old)) return [];
    return [
      `${file}: got version ${version} for files that differ from those of ${old}; allowed: a version above ${old}, ` +
        "because Helm upgrades a release only if the version or the values change",
    ];
  });
  if (problems.length > 0) throw new InputError("charts", problems);
}

/** The parser is loaded here, because few runs change a chart. */
function versionOf(file: string, content: string): string {
  const { parse }: typeof import("yaml") = require("yaml");
  const { data } = CHART.safeParse(parse(content));
  if (data !== undefined) return data.version;
  throw new InputError(file, [`version: got ${JSON.stringify(content)}; allowed: a semantic version such as 1.2.3`]);
}

function chartFiles(tree: readonly GeneratedFile[], chart: string): Map<string, string> {
  const own = tree.filter((file) => file.path.startsWith(`${chart}/`));
  return new Map(own.map((file) => [file.path.slice(chart.length + 1), file.content]));
}

function filesBelow(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => [path.relative(folder, file).split(path.sep).join("/"), readFileSync(file, "utf8")]),
  );
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, content]) => other.get(name) === content);
}
