/** Terraform code in TypeScript's hands: what an expression carries with it. */

/** What an expression is made of: its HCL, and the module or root in which that HCL means something. */
export interface Code {
  readonly hcl: string;
  /** Name of the module or root; undefined where the expression refers to nothing. */
  readonly owner: string | undefined;
  /** Whether Terraform hides what it evaluates to. */
  readonly sensitive?: boolean;
}

export const CODE = Symbol("code");
declare const VALUE: unique symbol;

/** A Terraform expression that evaluates to a `T`. */
export interface Expression<T> {
  readonly [CODE]: Code;
  readonly [VALUE]?: T;
  toString(): string;
}
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
