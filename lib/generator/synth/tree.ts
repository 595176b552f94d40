/** Finished Terraform JSON: expressions written out, literal text escaped, nothing poisoned. */
import { DeployTimeValueError } from "../expression/code";
import type { CallSite } from "../expression/source";
import { escapeBeforeInterpolation, escapeTemplate, hasExpression, splitTemplate } from "../expression/template";

/** Where the generated tree lies. CDKTF's own command line names another place in the variable; set but empty is not set. */
export function treeFolder(): string {
  return process.env.CDKTF_OUTDIR || "terraform";
}

/** A file of the generated tree: path below the output folder, with `/`, and content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** Where in the TypeScript its blocks were written: `aws_s3_bucket.this` at `modules/s3/index.ts:50:18`. */
  readonly sources?: ReadonlyMap<string, CallSite>;
}

/**
 * The Terraform files of a folder, by name. A block without content is left out, and so is a file without blocks:
 * Terraform refuses both.
 * @throws where a value belongs to another module or root, or stems from a deploy-time value used as a JavaScript one.
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
    return [{ ...jsonFile(path, folder, { "//": header, ...Object.fromEntries(filled) }), sources }];
  });
}

/** A value that Terraform takes as it stands: it reads no template in a variable's default or in a description. */
export class Verbatim {
  constructor(readonly value: unknown) {}
}

/** One Terraform JSON file. */
export function jsonFile(path: string, owner: string, value: object): GeneratedFile {
  return { path, content: `${JSON.stringify(finish(value, owner, path), normalized, 2)}\n` };
}

/**
 * Brings text and keys into the form that Terraform gives every string it reads: Normalization Form C, with U+FFFD for half
 * of a surrogate pair. Otherwise a plan would differ from its tree.
 * @see https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString
 */
function normalized(_key: string, value: unknown): unknown {
  if (typeof value === "string") return normalizedText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [normalizedText(key), member] as const);
  const object = Object.fromEntries(entries);
  if (Object.keys(object).length === entries.length) return object;
  const keys = entries.map(([key]) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  throw new Error(`got the key ${JSON.stringify(twice)} in two Unicode spellings; allowed: each key once`);
}

function normalizedText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize();
}

function finish(value: unknown, owner: string, place: string): unknown {
  if (typeof value === "string") return finishString(value, owner, place);
  if (value instanceof Verbatim) return plain(value.value, place);
  if (Array.isArray(value)) return value.map((item, i) => finish(item, owner, `${place}[${i}]`));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([key, item]) => [finishString(key, owner, place), finish(item, owner, `${place}: ${key}`)]),
    );
  }
  if (value === undefined || (typeof value === "number" && !(Math.abs(value) < 1e290))) throw poisoned(place, value);
  return value;
}

/** What Terraform would not evaluate. @throws DeployTimeValueError where there is an expression in it. */
export function plain<T>(value: T, place: string): T {
  if (!hasExpression(JSON.stringify(value) ?? "")) return value;
  throw new DeployTimeValueError(
    `${place}: got a value that only Terraform knows; allowed: plain text, as nothing is evaluated there`,
  );
}

/** Meta-arguments stand where Terraform's style guide puts them; everything else is in alphabetical order. */
function rank(key: string): number {
  if (key === "//") return -3;
  if (key === "for_each" || key === "count" || key === "source") return -2;
  if (key === "provider" || key === "providers") return -1;
  if (key === "lifecycle") return 1;
  return key === "depends_on" ? 2 : 0;
}

function finishString(text: string, owner: string, place: string): string {
  const finished = splitTemplate(text).map((part, i, parts) => {
    if (typeof part === "string") return i + 1 < parts.length ? escapeBeforeInterpolation(part) : escapeTemplate(part);
    if (part.owner !== undefined && part.owner !== owner) {
      throw new DeployTimeValueError(
        `${place}: ${part.hcl} belongs to ${part.owner} and means nothing in ${owner}; ` +
          "publish it as an SSM parameter, or put it into the environment's data",
      );
    }
    return `\${${part.hcl}}`;
  });
  const result = finished.join("");
  if (POISON.test(result) || leaksFolder(result)) throw poisoned(place, result);
  return result;
}

/** Traces of a value that was turned to text too early. */
const POISON = /Token\[|token\[token\.|TOKEN\[TOKEN\.|\[object \w+\]|\bundefined\b|\bNaN\b|-?8\.1\d*e\+?298/;

/** Whether text names the folder of the project, where it lies so deep that no container has the same path. */
export function leaksFolder(text: string, folder = process.cwd()): boolean {
  return `${text}/`.includes(`${folder}/`) && folder.split(/[\\/]/).length > 3;
}

function poisoned(place: string, value: unknown): DeployTimeValueError {
  return new DeployTimeValueError(
    `${place}: got ${String(value)}; allowed: literals and expressions. A deploy-time value was used as a JavaScript value, or a path of this machine got in`,
  );
}
