/** Checks the syntax of HCL that an author writes, by Terraform's grammar. */
import { problemOfCalls } from "../../common/hcl/functions";
import { HclSyntaxError, parseExpression } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { mistake } from "./source";

/** Cache: the environments of a system use the same expressions. */
const known = new Map<string, HclExpression>();
const right = new Set<string>();

/** @throws InputError for HCL that Terraform cannot parse, or that calls an unknown function */
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

/** Whether an expression needs no parentheses beside an operator: references, literals, calls, brackets of any kind. */
export function isOperand(code: string): boolean {
  return !["conditional", "unary", "binary"].includes(parsed(code, undefined).kind);
}
