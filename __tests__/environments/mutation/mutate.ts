/** Applies mutants to the files of a tree. */
import type { TreeFiles } from "../../../lib/judgement/configuration";
import type { Edit } from "./mutant";

type Json = Record<string | number, unknown>;

/** The files with every edit applied; undefined if one of them finds nothing to change. */
export function mutated(files: TreeFiles, root: string, mutants: readonly Edit[]): TreeFiles | undefined {
  const result = new Map(files);
  for (const mutant of mutants) {
    const file = mutant.file.replace("<root>", root);
    const content = result.get(file);
    if (content === undefined) return undefined;
    const json: unknown = JSON.parse(content);
    if (!change(json, mutant)) return undefined;
    result.set(file, JSON.stringify(json));
    if (mutant.to === undefined) withoutDependencies(result, file, mutant.at);
  }
  return result;
}

function change(json: unknown, { at, to, beside = [] }: Edit): boolean {
  if (beside.reduce(follow, json) === undefined) return false;
  const last = at.at(-1) ?? "";
  let inner = json;
  for (const name of at.slice(0, -1)) {
    if (!isJson(inner)) return false;
    if (inner[name] === undefined && inner === json) inner[name] = {}; // A first `resource` or `data` block.
    inner = inner[name];
  }
  // To Terraform, null is the same as an argument that is not there.
  if (!isJson(inner) || (to === undefined && (inner[last] ?? undefined) === undefined)) return false;
  if (to === undefined) delete inner[last];
  else inner[last] = to;
  return true;
}

/** Removes dependencies on deleted resources, which would keep Terraform from planning. */
function withoutDependencies(files: Map<string, string>, file: string, [block, type]: Edit["at"]): void {
  if (block !== "resource") return;
  const folder = file.slice(0, file.lastIndexOf("/"));
  for (const name of ["main", "outputs"]) {
    const path = `${folder}/${name}.tf.json`;
    const content = files.get(path);
    if (content === undefined || Object.hasOwn(JSON.parse(content).resource ?? {}, String(type))) continue;
    files.set(
      path,
      JSON.stringify(JSON.parse(content, (key, value) => (key === "depends_on" ? others(value, String(type)) : value))),
    );
  }
}

function others(value: unknown, type: string): unknown {
  return Array.isArray(value) ? value.filter((address) => !String(address).startsWith(`${type}.`)) : value;
}

function follow(inner: unknown, step: string | number): unknown {
  if (isJson(inner)) return inner[step];
  return inner === step ? inner : undefined;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
