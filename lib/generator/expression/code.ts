/** Terraform code as a value of TypeScript. */
import { mistake } from "./source";

/** The HCL of an expression, and the module or root whose names it uses. */
export interface Code {
  readonly hcl: string;
  /** Name of the module or root; undefined if the expression has no references. */
  readonly owner: string | undefined;
  /** Whether Terraform hides its value. */
  readonly sensitive?: boolean;
  /** Whether neither a plan nor a state may hold what it evaluates to. */
  readonly ephemeral?: boolean;
}

export const CODE = Symbol("code");
declare const VALUE: unique symbol;

/** A Terraform expression that evaluates to a `T`. */
export interface Expression<T> {
  readonly [CODE]: Code;
  readonly [VALUE]?: T;
  toString(): string;
}
const made = new WeakSet<object>();

/** Makes a value an expression. */
export function withCode<V extends object>(value: V, code: Code): V & { readonly [CODE]: Code } {
  made.add(value);
  return Object.assign(value, { [CODE]: code });
}

/** @throws InputError for a copy such as `{ ...input.tags, Backup: "yes" }`: the copy would be `input.tags` alone. */
export function isExpression(value: unknown): value is Expression<unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || !(CODE in value)) return false;
  if (made.has(value)) return true;
  const { hcl, owner } = Object(value[CODE]);
  throw mistake(`got { ...${hcl} }, whose entries only Terraform knows; allowed: hcl\`merge(…)\``, owner);
}

export function codeOf(expression: Expression<unknown>): Code {
  return expression[CODE];
}
