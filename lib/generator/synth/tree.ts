/** Finished Terraform JSON: expressions as interpolations, literal text escaped. */
import { InputError } from "../../common/errors";
import { type CallSite, placeOf } from "../expression/source";
import { escapeBeforeInterpolation, escapeTemplate, plain, splitTemplate } from "../expression/template";

/** Folder of the generated tree. CDKTF's command line sets the variable for another folder; an empty value counts as unset. */
export function treeFolder(): string {
  return process.env.CDKTF_OUTDIR || "terraform";
}

/** A file of the generated tree: path below the output folder, with `/`, and content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** Positions of its blocks in the TypeScript: `aws_s3_bucket.this` at `modules/s3/index.ts:50:18`. */
  readonly sources?: ReadonlyMap<string, CallSite>;
}

/**
 * The Terraform files of a folder, by name. Empty blocks and files without blocks are omitted, because Terraform rejects
 * both.
 * @throws InputError for a value of another module or root, a value without a form in JSON, and a path of this machine
 */
export function terraformFiles(
  folder: string,
  header: unknown,
  files: Readonly<Record<string, Readonly<Record<string, object | undefined>>>>,
  sources: ReadonlyMap<string, CallSite> = new Map(),
): GeneratedFile[] {
  return Object.entries(files).flatMap(([name, blocks]) => {
    const path = `${folder}/${name}`;
    const filled = Object.entries(blocks).filter(([, block]) => block !== undefined && Object.keys(block).length > 0);
    if (filled.length === 0) return [];
    return [{ ...jsonFile(path, folder, { "//": header, ...Object.fromEntries(filled) }, sources), sources }];
  });
}

/** A value that Terraform does not evaluate: a description, the default of a variable. */
export class Verbatim {
  constructor(readonly value: unknown) {}
}

/** Text in which `${…}` is an expression already, as in resources that CDKTF's own classes made. */
export class Template {
  constructor(readonly text: string) {}
}

/** One Terraform JSON file. */
export function jsonFile(
  path: string,
  owner: string,
  value: object,
  sources: ReadonlyMap<string, CallSite> = new Map(),
): GeneratedFile {
  const json = finish(value, owner, { path, sources });
  const content = JSON.stringify(json, null, 2);
  const text = isNormalized(content) ? content : JSON.stringify(json, (_, member) => normalized(member, path), 2);
  return { path, content: `${text}\n` };
}

/** ASCII is normalized already. JSON writes a lone surrogate as an escape. */
function isNormalized(json: string): boolean {
  return !/[^ -~\n]|\\ud/.test(json);
}

/**
 * Normalizes text and keys as Terraform does: Normalization Form C, with U+FFFD for a lone surrogate. Otherwise a plan would
 * differ from its tree.
 * @see https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString
 */
function normalized(value: unknown, path: string): unknown {
  if (typeof value === "string") return normalizedText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [normalizedText(key), member] as const);
  const object = Object.fromEntries(entries);
  if (Object.keys(object).length === entries.length) return object;
  const keys = entries.map(([key]) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  throw new InputError(path, [`got the key ${JSON.stringify(twice)} in two Unicode spellings; allowed: each key once`]);
}

function normalizedText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize();
}

/** Position of a value in a file, and the sources of the blocks in the file. Keys are listed on demand: only messages show them. */
interface Position {
  readonly path: string;
  readonly key?: string;
  readonly parent?: Position;
  readonly sources: ReadonlyMap<string, CallSite>;
}

function finish(value: unknown, owner: string, at: Position): unknown {
  if (typeof value === "string") return finishString(value, owner, at);
  if (value instanceof Verbatim) return plain(value.value, () => nameOf(at));
  if (value instanceof Template) return finishString(value.text, owner, at, true);
  if (Array.isArray(value)) return value.map((item, i) => finish(item, owner, below(at, String(i))));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([key, item]) => [finishString(key, owner, at), finish(item, owner, below(at, key))]),
    );
  }
  if (value === undefined || Number.isNaN(value) || Math.abs(Number(value)) === Number.POSITIVE_INFINITY) {
    throw new InputError(nameOf(at), [`got ${value}; allowed: values that JSON has`]);
  }
  return value;
}

function below(parent: Position, key: string): Position {
  return { path: parent.path, key, parent, sources: parent.sources };
}

function keysOf({ key, parent }: Position): string[] {
  return parent === undefined || key === undefined ? [] : [...keysOf(parent), key];
}

/** File and keys, and the author's line of the block: `modules/s3/main.tf.json: resource.aws_s3_bucket.this.bucket (…)`. */
function nameOf(at: Position): string {
  const { path, sources } = at;
  const keys = keysOf(at);
  const [type, ...labels] = keys;
  const address = {
    resource: labels.slice(0, 2),
    data: keys.slice(0, 3),
    module: keys.slice(0, 2),
    check: keys.slice(0, 2),
  }[type ?? ""];
  return placeOf(`${path}: ${keys.join(".")}`, address && sources.get(address.join("."))?.());
}

/** Sorts meta-arguments by Terraform's style guide, and all other keys alphabetically. */
function rank(key: string): number {
  if (key === "//") return -3;
  if (key === "for_each" || key === "count" || key === "source") return -2;
  if (key === "provider" || key === "providers") return -1;
  if (key === "lifecycle") return 1;
  return key === "depends_on" ? 2 : 0;
}

function finishString(text: string, owner: string, at: Position, isTemplate = false): string {
  const finished = splitTemplate(text).map((part, i, parts) => {
    if (typeof part === "string" && isTemplate) return part;
    if (typeof part === "string") return i + 1 < parts.length ? escapeBeforeInterpolation(part) : escapeTemplate(part);
    if (part.owner !== undefined && part.owner !== owner) {
      throw new InputError(nameOf(at), [
        `got ${part.hcl} of ${part.owner}; allowed: values of ${owner}; publish the value as an SSM parameter, or put it into the environment's data`,
      ]);
    }
    return `\${${part.hcl}}`;
  });
  const result = finished.join("");
  if (!leaksFolder(result)) return result;
  throw new InputError(nameOf(at), [
    `got ${result}, with the path of the project; allowed: text that is the same on every machine`,
  ]);
}

/** Whether text contains the path of the project's folder. Short paths are ignored, because containers may have the same. */
export function leaksFolder(text: string, folder = process.cwd()): boolean {
  return text.includes(folder) && `${text}/`.includes(`${folder}/`) && folder.split(/[\\/]/).length > 3;
}
