/** Calls of functions that read files, and arguments that name files. Each must read a file that synth wrote. */
import path from "node:path";
import { HclSyntaxError, parseTemplate } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { fileArguments } from "./file-arguments";
import type { TreeFiles } from "./tree-files";

/**
 * Functions that read files. `core::` is the namespace of Terraform's own functions; functions of a provider may read any
 * file.
 * @see https://developer.hashicorp.com/terraform/language/functions/file and the pages beside it
 */
const READS =
  /^(?:core::)?(?:file|filebase64|filebase64sha256|filebase64sha512|fileexists|filemd5|filesha1|filesha256|filesha512|fileset|templatefile)$|^provider::/;
const MAY_READ = /file|provider::/;
const ALLOWED = 'allowed: "${path.module}/<a file that synth wrote>"';

/**
 * One line for each call or argument that reads another file.
 * @param files all files of the tree
 * @param file path of the content below the tree
 */
export function foreignReads(files: TreeFiles, file: string, content: unknown): string[] {
  const folder = path.posix.dirname(file);
  return [
    ...templatesIn(content, "").flatMap(([place, text]) => readsIn(files, folder, place, text)),
    ...fileArguments(content).flatMap(([place, value]) => {
      const targets = typeof value === "string" ? constantPaths(value, folder) : [];
      const areWritten = targets.length > 0 && targets.every((target) => target !== undefined && files.has(target));
      return areWritten
        ? []
        : [`${place}: got a file that synth did not write, and that the provider reads; ${ALLOWED}`];
    }),
  ];
}

/** Texts that Terraform evaluates as templates, with their places. */
function templatesIn(json: unknown, place: string): [string, string][] {
  if (typeof json === "string") return MAY_READ.test(json) && !VERBATIM.test(place) ? [[place, json]] : [];
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, member]): [string, string][] => {
    const own = place === "" ? key : `${place}.${key}`;
    return [...(Array.isArray(json) ? [] : templatesIn(key, own)), ...templatesIn(member, own)];
  });
}

/** Places that Terraform does not evaluate. */
const VERBATIM = /(?:^|\.)\/\/|^variable\.[^.]+\.(?:default(?:\.|$)|description$)|^output\.[^.]+\.description$/;

function readsIn(files: TreeFiles, folder: string, place: string, text: string): string[] {
  const calls = callsIn(text);
  if (calls === undefined) {
    return [
      `${place}: got a template that cannot be parsed here and may read files; allowed: a template without functions that read files`,
    ];
  }
  return calls.flatMap((call) => {
    const target = targetOf(call, folder);
    const content = target === undefined || /\.(?:md|tf\.json)$/.test(target) ? undefined : files.get(target);
    if (content === undefined) return [`${place}: got ${call.name}(…) of a file that synth did not write; ${ALLOWED}`];
    return call.name.endsWith("templatefile") ? readsIn(files, folder, `${place}: ${target}`, content) : [];
  });
}

type Call = Extract<HclExpression, { readonly kind: "call" }>;

/** Undefined if the text cannot be parsed and contains the name of such a function. */
function callsIn(text: string): readonly Call[] | undefined {
  try {
    return callsBelow(parseTemplate(text)).filter(({ name }) => READS.test(name));
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    const names = text.match(/[\w:]+/g) ?? [];
    return names.some((name) => READS.test(name)) ? undefined : [];
  }
}

function callsBelow(node: unknown): Call[] {
  if (typeof node !== "object" || node === null) return [];
  const below = Object.values(node).flatMap(callsBelow);
  return isCall(node) ? [node, ...below] : below;
}

function isCall(node: object): node is Call {
  return "kind" in node && node.kind === "call";
}

/** The file below the tree that a call reads; undefined if its path is no constant inside the folder. */
function targetOf({ name, arguments: [argument] }: Call, folder: string): string | undefined {
  return name.endsWith("fileset") ? undefined : pathIn(argument, folder);
}

/** The path, or all paths that a key chooses from. */
function constantPaths(text: string, folder: string): readonly (string | undefined)[] {
  try {
    const template = parseTemplate(text);
    return choicesIn(template).map((choice) => pathIn(choice, folder));
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    return [];
  }
}

/** The values of `{ a = "…", b = "…" }[key]`. */
function choicesIn(expression: HclExpression): readonly HclExpression[] {
  const indexed = expression.kind === "index" ? expression.of : undefined;
  return indexed?.kind === "object" ? indexed.items.map(({ value }) => value) : [expression];
}

function pathIn(argument: HclExpression | undefined, folder: string): string | undefined {
  if (argument?.kind !== "template") return undefined;
  const [module, rest, ...more] = argument.parts;
  if (more.length > 0 || rest?.kind !== "literal" || typeof rest.value !== "string") return undefined;
  const isModule = module?.kind === "attribute" && module.name === "module" && isPath(module.of);
  const target = path.posix.join(folder, rest.value);
  return isModule && rest.value.startsWith("/") && target.startsWith(`${folder}/`) ? target : undefined;
}

function isPath(expression: HclExpression): boolean {
  return expression.kind === "variable" && expression.name === "path";
}
