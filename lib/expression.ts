/**
 * Values that only Terraform knows, and how TypeScript speaks of them.
 *
 * An {@link Expression} is a piece of Terraform's expression language with the type of
 * what it evaluates to. It is not a JavaScript value: it cannot be compared, measured or
 * calculated with. In a template literal it becomes an interpolation; everything around
 * it stays literal text, escaped where Terraform would read it as a template.
 */

import { callSite } from "./source";

export type Scalar = string | number | boolean;

/** What an expression is made of: its HCL, and the module or root in which that HCL means something. */
export interface Code {
  readonly hcl: string;
  /** Name of the module or root; undefined where the expression refers to nothing. */
  readonly owner: string | undefined;
}

const CODE = Symbol("code");
declare const VALUE: unique symbol;

/** A Terraform expression that evaluates to a `T`. */
export interface Expression<T> {
  readonly [CODE]: Code;
  readonly [VALUE]?: T;
  toString(): string;
}

/**
 * A boolean that only Terraform knows. It is called to choose: `encrypted("aws:kms", "AES256")`.
 * Being a function, it does not compile as the condition of an `if`, `&&` or `?:`.
 */
export interface Choice extends Expression<boolean> {
  <A>(ifTrue: Value<A>, ifFalse: Value<A>): Expression<A>;
}

/** An expression with typed access to what is inside: the fields of an object, the values of a map. */
export type Ref<T> = Expression<T> & Members<NonNullable<T>>;

type Members<T> = [T] extends [boolean]
  ? Choice
  : [T] extends [Scalar | readonly unknown[]]
    ? unknown
    : string extends keyof T
      ? { at(key: Value<string>): Ref<T[keyof T]> }
      : { readonly [K in keyof T]-?: Ref<undefined extends T[K] ? T[K] | null : T[K]> };

/** A `T` in which anything may be an expression instead of a literal. */
export type Value<T> =
  | Expression<undefined extends T ? T | null : T>
  | ([T] extends [Scalar | null | undefined]
      ? T
      : T extends readonly (infer E)[]
        ? readonly Value<E>[]
        : T extends object
          ? { readonly [K in keyof T]: Value<T[K]> }
          : T);

/** Thrown where a deploy-time value is used as if it were a JavaScript value. */
export class DeployTimeValueError extends Error {
  override readonly name = "DeployTimeValueError";
}

export function isExpression(value: unknown): value is Expression<unknown> {
  return (typeof value === "object" || typeof value === "function") && value !== null && CODE in value;
}

export function codeOf(expression: Expression<unknown>): Code {
  return expression[CODE];
}

/** Kinds of value that Terraform can put into a string template. */
type Kind = "scalar" | "collection";

/** An expression from finished HCL. Members, where the type has any, are added by the caller. */
export function expression<T>(code: Code, kind: Kind = "scalar"): Expression<T> {
  return { [CODE]: code, ...conversions(code, kind) };
}

/** A boolean expression from finished HCL. */
export function choice(code: Code): Choice {
  const choose = <A>(ifTrue: Value<A>, ifFalse: Value<A>): Expression<A> =>
    hcl<A>`${expression(code)} ? ${ifTrue} : ${ifFalse}`;
  return Object.assign(choose, { [CODE]: code, ...conversions(code, "scalar") });
}

/**
 * Raw HCL with values in it: `` hcl<string>`lower(${input.name})` ``. Expressions are written as
 * their code, everything else as an HCL literal. Conditions have a tag of their own, {@link condition}.
 */
export function hcl<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Expression<T> {
  return expression(compose(text, values));
}

/** The same for what evaluates to a list, a map or an object, which no text can hold. */
export function hclCollection<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Expression<T> {
  return expression(compose(text, values), "collection");
}

/** Raw HCL that evaluates to a boolean: `` condition`${input.zones} == null` ``. */
export function condition(text: TemplateStringsArray, ...values: readonly unknown[]): Choice {
  return choice(compose(text, values));
}

/** `jsonencode(value)`: an object as the JSON text that IAM, ECS and others take. */
export function jsonencode(value: unknown): Expression<string> {
  return hcl<string>`jsonencode(${value})`;
}

function compose(text: TemplateStringsArray, values: readonly unknown[]): Code {
  const owners = new Set<string>();
  const print = (value: unknown) => printHcl(value, owners);
  const parts = text.map((part, i) => (i < values.length ? part + print(values[i]) : part));
  if (owners.size > 1) {
    throw new DeployTimeValueError(
      `an expression mixes values of ${[...owners].sort().join(" and ")}: ${parts.join("")}; ` +
        "pass the value to the module as an input instead",
    );
  }
  return { hcl: parts.join("").trim(), owner: [...owners][0] };
}

/** Conversions to JavaScript values: to a template's text where that is right, an error everywhere else. */
function conversions(code: Code, kind: Kind) {
  const refuse = (use: string, instead: string): never => {
    const site = callSite();
    throw new DeployTimeValueError(
      `${site === undefined ? "" : `${site}: `}${code.hcl}${code.owner === undefined ? "" : ` of ${code.owner}`} ` +
        `is known only to Terraform and cannot be used ${use}; ${instead}`,
    );
  };
  const toText = (): string =>
    kind === "scalar" ? mark(code) : refuse("as text", 'write hcl`join(",", …)` or pass the list or map itself');
  return {
    toString: toText,
    toJSON: () => refuse("in JSON.stringify", "write jsonencode(…)"),
    [Symbol.toPrimitive]: (hint: string) =>
      hint === "string" ? toText() : refuse("in arithmetic or a comparison", "write hcl`… + 1` or condition`… == …`"),
  };
}

/*
 * Inside a JavaScript string an expression is fenced by private-use characters, which survive
 * concatenation and are turned into `${…}` when the file is written. The mixed-case word makes a
 * change of case visible, and the thread before each character a cut or a replacement anywhere.
 */
const OPEN = "\uE000Hcl:";
const MIDDLE = "\uE001";
const CLOSE = "\uE002";
const THREAD = "\uE003";
const FENCED = new RegExp(`${OPEN}((?:${THREAD}[^])*)${MIDDLE}((?:${THREAD}[^])*)${CLOSE}`, "gu");

function mark({ hcl: code, owner }: Code): string {
  const threaded = (text: string) => Array.from(text, (character) => THREAD + character).join("");
  return `${OPEN}${threaded(owner ?? "")}${MIDDLE}${threaded(code)}${CLOSE}`;
}

function unthreaded(text = ""): string {
  return text.replaceAll(THREAD, "");
}

/** A value for a CDKTF construct or a JSON file: every expression in it as a fenced string. */
export function lower<T>(value: unknown): T;
export function lower(value: unknown): unknown {
  if (isExpression(value)) return mark(codeOf(value));
  if (Array.isArray(value)) return value.map((item) => lower(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, lower(item)]));
}

/** Whether a string has an expression in it, so that its text is not known before Terraform runs. */
export function hasExpression(text: string): boolean {
  return /[\uE000-\uE003]/u.test(text);
}

/** A string as the literal texts and expressions that it is made of, in order. */
export function splitTemplate(text: string): (string | Code)[] {
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

/** Literal text with an interpolation behind it. A dollar sign at its end would make `$${`, which Terraform reads as text. */
export function escapeBeforeInterpolation(text: string, quote = escapeTemplate): string {
  return quote(text).replace(/[$%]+$/, (signs) => `\${"${signs}"}`);
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
    return `{ ${entries.map(([key, item]) => `${printString(key, owners)} = ${printHcl(item, owners)}`).join(", ")} }`;
  }
  throw new DeployTimeValueError(
    `${String(value)} has no form in HCL; allowed: strings, numbers, booleans, null, lists, objects`,
  );
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
    .replace(/\t/g, "\\t");
}
