/** Text with expressions in it: how it passes through JavaScript, and how Terraform reads it. */
import { type Code, codeOf, DeployTimeValueError, isExpression } from "./code";
import { callSite } from "./source";

/*
 * Inside a JavaScript string an expression is fenced by private-use characters, which survive
 * concatenation and are turned into `${…}` when the file is written. The mixed-case word makes a
 * change of case visible, and the thread before each character a cut anywhere, or a replacement of two characters or more.
 */
const OPEN = "\uE000Hcl:";
const MIDDLE = "\uE001";
const CLOSE = "\uE002";
const THREAD = "\uE003";
const FENCED = new RegExp(`${OPEN}((?:${THREAD}[^])*)${MIDDLE}((?:${THREAD}[^])*)${CLOSE}`, "gu");

/** An expression as a piece of a JavaScript string. */
export function mark({ hcl: code, owner }: Code): string {
  const threaded = (text: string) => text.replace(/./gsu, `${THREAD}$&`);
  return `${OPEN}${threaded(owner ?? "")}${MIDDLE}${threaded(code)}${CLOSE}`;
}

function unthreaded(text = ""): string {
  return text.replaceAll(THREAD, "");
}

/** A value for a CDKTF construct or a JSON file: every expression in it as a fenced string. */
export function lower<T>(value: unknown): T;
export function lower(value: unknown): unknown {
  if (isExpression(value)) return mark(codeOf(value));
  if (typeof value === "string") return withoutToken(value);
  if (Array.isArray(value)) return value.map((item) => lower(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [withoutToken(key), lower(item)]));
}

/** CDKTF would write a token of its own out as `${…}`, which is literal text to us. */
function withoutToken(text: string): string {
  if (!text.includes("TfToken[")) return text;
  throw new DeployTimeValueError(
    `${callSite()()}: got ${text}, a token of CDKTF's own; allowed: literals, hcl\`…\`, and what resource() gives`,
  );
}

/** Whether a string has an expression in it, so that its text is not known before Terraform runs. */
export function hasExpression(text: string): boolean {
  return /[\uE000-\uE003]/u.test(text);
}

/** A string as the literal texts and expressions that it is made of, in order. */
export function splitTemplate(text: string): (string | Code)[] {
  if (!hasExpression(text)) return text === "" ? [] : [text];
  const parts: (string | Code)[] = [];
  let end = 0;
  for (const match of text.matchAll(FENCED)) {
    parts.push(text.slice(end, match.index), {
      owner: unthreaded(match[1]) || undefined,
      hcl: unthreaded(match[2]),
    });
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  const literal = parts.filter((part) => typeof part === "string" && part !== "");
  for (const part of literal) {
    if (typeof part === "string" && hasExpression(part)) {
      throw new DeployTimeValueError(
        `a string with a deploy-time value in it was cut or changed: ${JSON.stringify(unthreaded(part).replace(/[\uE000-\uE002]/gu, "¦"))}; ` +
          "write hcl`lower(…)`, hcl`substr(…)` or hcl`replace(…)`",
      );
    }
  }
  return parts.filter((part) => part !== "");
}

/** Literal text inside a Terraform template. */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/**
 * Literal text with an interpolation behind it. A dollar sign at its end would make `$${`, which Terraform reads as text, and
 * behind a carriage return it takes an interpolation for text.
 */
export function escapeBeforeInterpolation(text: string, quote = escapeTemplate): string {
  return quote(text)
    .replace(/[$%]*\r/g, (end) => `\${"${end.slice(0, -1)}\\r"}`)
    .replace(/[$%]+$/, (signs) => `\${"${signs}"}`);
}

/** A value as HCL. The owners of the expressions in it are added to `owners`. */
export function printHcl(value: unknown, owners = new Set<string>()): string {
  if (isExpression(value)) return printCode(codeOf(value), owners);
  if (typeof value === "string") return printString(value, owners);
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => printHcl(item, owners)).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{ ${entries.map(([key, item]) => `${printKey(key, owners)} = ${printHcl(item, owners)}`).join(", ")} }`;
  }
  throw new DeployTimeValueError(
    `${String(value)} has no form in HCL; allowed: strings, numbers, booleans, null, lists, objects`,
  );
}

/** HCL reads a key that is a bare name as text. */
function printKey(key: string, owners: Set<string>): string {
  const printed = printString(key, owners);
  return printed.startsWith('"') ? printed : `(${printed})`;
}

function printCode({ hcl: code, owner }: Code, owners: Set<string>): string {
  if (owner !== undefined) owners.add(owner);
  return isOperand(code) ? code : `(${code})`;
}

/** Whether code keeps its meaning beside any operator: a reference, a literal, or one bracketed whole. */
function isOperand(code: string): boolean {
  if (/^-?\d+(\.\d+)?$/.test(code) || /^[a-z_][\w-]*(\.([a-z_][\w-]*|\*))*$/i.test(code)) return true;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < code.length; i++) {
    const character = code.charAt(i);
    if (character === '"' && code.charAt(i - 1) !== "\\") quoted = !quoted;
    if (quoted) continue;
    if ("([{".includes(character)) depth++;
    if (")]}".includes(character)) depth--;
    if (depth === 0 && !/[\w.")\]}]/.test(character)) return false;
  }
  return !quoted;
}

function printString(text: string, owners: Set<string>): string {
  const parts = splitTemplate(text);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== "string") return printCode(only, owners);
  const printed = parts.map((part, i) => {
    if (typeof part !== "string") return `\${${printCode(part, owners)}}`;
    return i + 1 < parts.length ? escapeBeforeInterpolation(part, escapeQuoted) : escapeQuoted(part);
  });
  return `"${printed.join("")}"`;
}

/** @see https://developer.hashicorp.com/terraform/language/expressions/strings */
function escapeQuoted(text: string): string {
  return escapeTemplate(text)
    .replace(/[\\"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(/(?<=\\[nrt])\p{M}/gu, escapeMark);
}

/** Behind an escape such as `\n`, normalization would join a combining mark with the letter of the escape. */
function escapeMark(mark: string): string {
  return `\\U${(mark.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}
