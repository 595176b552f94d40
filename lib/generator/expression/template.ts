/** Text with interpolated expressions, in JavaScript and in Terraform. */
import { InputError } from "../../common/errors";
import { type Code, codeOf, isExpression } from "./code";
import { mistake } from "./source";
import { isToken } from "./token";

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

/** An expression as a fenced part of a JavaScript string. */
export function mark({ hcl: code, owner }: Code): string {
  return `${OPEN}${threaded(owner ?? "")}${MIDDLE}${threaded(code)}${CLOSE}`;
}

function threaded(text: string): string {
  if (text === "" || /[\ud800-\udfff]/.test(text)) return text.replace(/./gsu, `${THREAD}$&`);
  return THREAD + text.split("").join(THREAD);
}

function unthreaded(text = ""): string {
  return text.replaceAll(THREAD, "");
}

/** A value for a CDKTF construct or a JSON file, with each expression replaced by a fenced string. */
export function lower<T>(value: unknown): T;
export function lower(value: unknown): unknown {
  if (isExpression(value)) return mark(codeOf(value));
  refuseToken(value);
  if (Array.isArray(value)) return value.map((item) => lower(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => {
      refuseToken(key);
      return [key, lower(item)];
    }),
  );
}

/** Rejects CDKTF tokens. They stand for deploy-time values, and the generator would write them as literal text. */
function refuseToken(value: unknown): void {
  if (!isToken(value)) return;
  const got = typeof value === "object" ? "an object" : String(value);
  throw mistake(`got ${got}, a token of CDKTF; allowed: literals, hcl\`…\`, and attributes of a resource()`);
}

/** Whether a string contains an expression, so that its text is unknown until Terraform runs. */
export function hasExpression(text: string): boolean {
  return /[\uE000-\uE003]/u.test(text);
}

/** A value that Terraform does not evaluate. @throws InputError if it contains an expression */
export function plain<T>(value: T, place: () => string): T {
  if (!hasExpression(JSON.stringify(value) ?? "")) return value;
  throw new InputError(place(), [
    "got a value that only Terraform knows; allowed: plain text, as nothing is evaluated here",
  ]);
}

/** The literal texts and expressions of a string, in order. */
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
      const got = JSON.stringify(unthreaded(part).replace(/[\uE000-\uE002]/gu, "¦"));
      throw mistake(
        `got ${got}, text with a deploy-time value that was cut or changed in TypeScript; ` +
          "allowed: hcl`lower(…)`, hcl`substr(…)` or hcl`replace(…)`",
      );
    }
  }
  return parts.filter((part) => part !== "");
}

/** Escapes literal text for a Terraform template. */
export function escapeTemplate(text: string): string {
  return text.includes("{") ? text.replace(/([$%])\{/g, "$1$1{") : text;
}

/**
 * Escapes literal text that an interpolation follows. A trailing dollar sign would make `$${`, which Terraform reads as text.
 * Terraform also reads an interpolation after a carriage return as text.
 */
export function escapeBeforeInterpolation(text: string, quote = escapeTemplate): string {
  return quote(text)
    .replace(/[$%]*\r/g, (end) => `\${"${end.slice(0, -1)}\\r"}`)
    .replace(/[$%]+$/, (signs) => `\${"${signs}"}`);
}

/** A value as HCL. Adds the owners of its expressions to `owners`. */
export function printHcl(value: unknown, owners = new Set<string>()): string {
  if (isExpression(value)) return printCode(codeOf(value), owners);
  refuseToken(value);
  if (typeof value === "string") return printString(value, owners);
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => printHcl(item, owners)).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{ ${entries.map(([key, item]) => `${printKey(key, owners)} = ${printHcl(item, owners)}`).join(", ")} }`;
  }
  throw mistake(`got ${String(value)}; allowed in HCL: strings, numbers, booleans, null, lists, objects`);
}

/** An expression as a key gets parentheses, because HCL reads a bare name as text. */
function printKey(key: string, owners: Set<string>): string {
  refuseToken(key);
  const printed = printString(key, owners);
  return printed.startsWith('"') ? printed : `(${printed})`;
}

function printCode({ hcl: code, owner }: Code, owners: Set<string>): string {
  if (owner !== undefined) owners.add(owner);
  return syntaxCheck().isOperand(code) ? code : `(${code})`;
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

/** Escapes combining marks: after an escape such as `\n`, normalization would join the mark with the letter of the escape. */
function escapeMark(mark: string): string {
  return `\\U${(mark.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}

/** Loaded here, because roots with literals only have no use for the parser. */
export function syntaxCheck(): typeof import("./syntax-check") {
  return require("./syntax-check");
}
