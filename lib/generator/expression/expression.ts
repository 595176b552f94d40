/**
 * Values that only Terraform knows, as typed expressions.
 *
 * An {@link Expression} is a piece of Terraform's expression language with the type of
 * what it evaluates to. It is not a JavaScript value: it cannot be compared, measured or
 * calculated with. In a template literal it becomes an interpolation; everything around
 * it stays literal text, escaped where Terraform would read it as a template.
 */

import { type Code, codeOf, type Expression, isExpression, withCode } from "./code";
import { mayBeNull } from "./nullable";
import { mistake } from "./source";
import { mark, printHcl, syntaxCheck } from "./template";

export type Scalar = string | number | boolean;

/**
 * A boolean that only Terraform knows. It is called to choose: `encrypted("aws:kms", "AES256")`.
 * Being a function, it does not compile as the condition of an `if`, `&&` or `?:`.
 */
export interface Choice extends Expression<boolean> {
  <A>(ifTrue: Value<A>, ifFalse: Value<A>): Expression<A>;
}

/**
 * An expression with typed access to its members: the fields of an object, the values of a map. A nullable expression has no
 * members until `isSet` narrows it, because Terraform has no members of null.
 */
export type Ref<T> = Expression<T> & (null extends T ? unknown : Members<T>);

type Members<T> = [T] extends [boolean]
  ? Choice
  : [T] extends [Scalar | readonly unknown[]]
    ? unknown
    : string extends keyof T
      ? { at(key: Value<string>): Ref<T[keyof T]> }
      : { readonly [K in keyof T]-?: Ref<undefined extends T[K] ? T[K] | null : T[K]> };

/** A `T` in which any value at any depth may be an expression instead of a literal. */
export type Value<T> =
  | Expression<undefined extends T ? T | null : T>
  | ([T] extends [Scalar | null | undefined]
      ? T
      : T extends readonly (infer E)[]
        ? readonly Value<E>[]
        : T extends object
          ? { readonly [K in keyof T]: Value<T[K]> }
          : T);

/** Kinds of values that Terraform accepts in a string template. */
type Kind = "scalar" | "collection";

/** An expression from rendered HCL. The caller adds the members of the type. */
export function expression<T>(code: Code, kind: Kind = "scalar"): Expression<T> {
  return withCode(conversions(code, kind), code);
}

/** A boolean expression from rendered HCL. */
export function choice(code: Code): Choice {
  const choose = <A>(ifTrue: Value<A>, ifFalse: Value<A>): Expression<A> =>
    hcl<A>`${expression(code)} ? ${ifTrue} : ${ifFalse}`;
  return withCode(Object.assign(choose, conversions(code, "scalar")), code);
}

/**
 * Raw HCL with interpolated values: `` hcl<string>`lower(${input.name})` ``. An expression is
 * rendered as its code, any other value as an HCL literal. Use {@link condition} for booleans.
 */
export function hcl<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Expression<T> {
  return expression(compose(text, values));
}

/** The same for a list, a map or an object, which cannot be interpolated in text. */
export function hclCollection<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Expression<T> {
  return expression(compose(text, values), "collection");
}

/** Raw HCL that evaluates to a boolean: `` condition`${input.zones} == null` ``. */
export function condition(text: TemplateStringsArray, ...values: readonly unknown[]): Choice {
  return choice(compose(text, values));
}

/** `jsonencode(value)`: JSON text for arguments such as IAM policies and ECS container definitions. */
export function jsonencode(value: unknown): Expression<string> {
  return hcl<string>`jsonencode(${value})`;
}

function compose(text: TemplateStringsArray, values: readonly unknown[]): Code {
  refuseEscapes(text.raw);
  const owners = new Set<string>();
  const print = (value: unknown) => printHcl(value, owners);
  const parts = text.map((part, i) => (i < values.length ? part + print(values[i]) : part));
  if (owners.size > 1) {
    throw mistake(
      `got ${parts.join("")}, which mixes values of ${[...owners].sort().join(" and ")}; ` +
        "allowed: values of one module or root; pass the other value to the module as an input",
    );
  }
  const [owner] = owners;
  const code = parts.join("").trim().normalize();
  syntaxCheck().requireExpression(code, owner);
  for (const [i, value] of values.entries())
    if (isExpression(value) && mayBeNull(value)) nullUse().refuseNull(value, text[i] ?? "", text[i + 1] ?? "", text);
  const sensitive = values.some((value) => isExpression(value) && codeOf(value).sensitive);
  const ephemeral = values.some((value) => isExpression(value) && codeOf(value).ephemeral);
  return { hcl: code, owner, ...(sensitive && { sensitive }), ...(ephemeral && { ephemeral }) };
}

/** Loaded here, because the composition of roots has no use for it. */
function nullUse(): typeof import("./null-use") {
  return require("./null-use");
}

/** Rejects a single backslash, which TypeScript removes: `\d` would become `d`. Quoted HCL text needs two of them. */
function refuseEscapes(raw: readonly string[]): void {
  const [sequence] = raw.flatMap((part) => part.replaceAll("\\\\", "").match(/\\[^`$]/) ?? []);
  if (sequence === undefined) return;
  const isEscapeOfHcl = /^\\[nrt"uU]/.test(sequence);
  throw mistake(
    `got ${sequence} in HCL, of which TypeScript removes the backslash; allowed: ${isEscapeOfHcl ? "\\" : "\\\\\\"}${sequence}`,
  );
}

/** Conversions to JavaScript values: a scalar converts to text in a template; every other conversion is an error. */
export function conversions(code: Code, kind: Kind) {
  const refuse = (use: string, instead: string): never => {
    throw mistake(`got ${code.hcl} ${use}, but only Terraform knows its value; allowed: ${instead}`, code.owner);
  };
  const toText = (): string =>
    kind === "scalar" ? mark(code) : refuse("as text", 'hcl`join(",", …)` or pass the list or map itself');
  return {
    toString: toText,
    toJSON: () => refuse("in JSON.stringify", "jsonencode(…)"),
    [Symbol.toPrimitive]: (hint: string) =>
      hint === "string" ? toText() : refuse("in arithmetic or a comparison", "hcl`… + 1` or condition`… == …`"),
  };
}
