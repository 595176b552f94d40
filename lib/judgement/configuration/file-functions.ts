/** Calls of functions that read files, and arguments that name some: each has to read a file that synth wrote. */
import path from "node:path";
import { HclSyntaxError, parseTemplate } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { fileArguments } from "./file-arguments";
import type { TreeFiles } from "./tree-files";

/**
 * A call of one of these functions. `core::` is the namespace of Terraform's own functions; functions of a provider may read
 * whatever they like.
 * @see https://developer.hashicorp.com/terraform/language/functions/file and the pages beside it
 */
const READS =
  /^(?:core::)?(?:file|filebase64|filebase64sha256|filebase64sha512|fileexists|filemd5|filesha1|filesha256|filesha512|fileset|templatefile)$|^provider::/;
const MAY_READ = /file|provider::/;
const ALLOWED = 'allowed: "${path.module}/<a file that synth wrote>"';

/**
 * One line for each call, and each argument, that reads something else.
 * @param files the whole tree
 * @param file the Terraform JSON that the content stands in, below the tree
 */
export function foreignReads(files: TreeFiles, file: string, content: unknown): string[] {
  const folder = path.posix.dirname(file);
  return [
    ...templatesIn(content, "").flatMap(([place, text]) => readsIn(files, folder, place, text)),
    ...fileArguments(content).flatMap(([place, value]) => {
      const target = typeof value === "string" ? constantPath(value, folder) : undefined;
      const isWritten = target !== undefined && files.has(target);
      return isWritten ? [] : [`${place}: got another file, which the provider reads; ${ALLOWED}`];
    }),
  ];
}

/** Text that Terraform reads as a template, with its place. */
function templatesIn(json: unknown, place: string): [string, string][] {
  if (typeof json === "string") return MAY_READ.test(json) && !VERBATIM.test(place) ? [[place, json]] : [];
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, member]): [string, string][] => {
    const own = place === "" ? key : `${place}.${key}`;
    return [...(Array.isArray(json) ? [] : templatesIn(key, own)), ...templatesIn(member, own)];
  });
}

/** Where Terraform evaluates nothing. */
const VERBATIM = /(?:^|\.)\/\/|^variable\.[^.]+\.(?:default(?:\.|$)|description$)|^output\.[^.]+\.description$/;

function readsIn(files: TreeFiles, folder: string, place: string, text: string): string[] {
  const calls = callsIn(text);
  if (calls === undefined) {
    return [
      `${place}: got a template that cannot be read here and may read files; allowed: one without functions of files`,
    ];
  }
  return calls.flatMap((call) => {
    const target = targetOf(call, folder);
    const content = target === undefined || /\.(?:md|tf\.json)$/.test(target) ? undefined : files.get(target);
    if (content === undefined) return [`${place}: got ${call.name}(…) of another file; ${ALLOWED}`];
    return call.name.endsWith("templatefile") ? readsIn(files, folder, `${place}: ${target}`, content) : [];
  });
}

type Call = Extract<HclExpression, { readonly kind: "call" }>;

/** Undefined where the text cannot be parsed and names such a function. */
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

/** The file below the tree that a call reads; undefined where its path is no constant inside the folder. */
function targetOf({ name, arguments: [argument] }: Call, folder: string): string | undefined {
  return name.endsWith("fileset") ? undefined : pathIn(argument, folder);
}

function constantPath(text: string, folder: string): string | undefined {
  try {
    return pathIn(parseTemplate(text), folder);
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    return undefined;
  }
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
