/** HCL that an author writes, read as Terraform will read it. */
import { problemOfCalls } from "../../common/hcl/functions";
import { HclSyntaxError, parseExpression } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { mistake } from "./source";

/** The environments of a system write the same expressions. */
const known = new Map<string, HclExpression>();
const right = new Set<string>();

/** @throws InputError for HCL that Terraform cannot read, or that calls a function that Terraform does not have. */
export function requireExpression(code: string, owner: string | undefined): void {
  if (right.has(code)) return;
  const problem = problemOfCalls(parsed(code, owner));
  if (problem !== undefined) throw mistake(`${problem} in ${code}`, owner);
  right.add(code);
}

function parsed(code: string, owner: string | undefined): HclExpression {
  const expression = known.get(code) ?? readBy(code, owner);
  known.set(code, expression);
  return expression;
}

function readBy(code: string, owner: string | undefined): HclExpression {
  try {
    return parseExpression(code);
  } catch (error) {
    throw error instanceof HclSyntaxError ? mistake(error.message, owner) : error;
  }
}

/** Expressions that any operator beside them leaves whole: references, literals, calls, and brackets of any kind. */
export function isOperand(code: string): boolean {
  return !["conditional", "unary", "binary"].includes(parsed(code, undefined).kind);
}
