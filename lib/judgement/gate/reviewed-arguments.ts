/** Arguments of a block of the tree, compared with the expressions of a plan. */
import { isDeepStrictEqual } from "node:util";
import { asObject, type Json as Block } from "../configuration/json";

/** Comments and blocks that a plan does not repeat. */
const NOT_IN_PLANS: ReadonlySet<string> = new Set(["//", "dynamic"]);

/** Names that only one of the lists contains. */
export function namesApart(reviewed: readonly string[], planned: readonly string[]): string[] {
  return [...reviewed.filter((name) => !planned.includes(name)), ...planned.filter((name) => !reviewed.includes(name))];
}

/** Names of the arguments that differ. @param meta names of meta-arguments, which are no expressions there */
export function argumentsApart(block: Block, expressions: Block, meta: ReadonlySet<string> = new Set()): string[] {
  const reviewed = Object.keys(block).filter((name) => !meta.has(name) && !NOT_IN_PLANS.has(name));
  return [...new Set([...reviewed, ...Object.keys(expressions)])].filter(
    (name) => !isSame(reviewed.includes(name) ? block[name] : undefined, expressions[name]),
  );
}

/** A plan has nested blocks as lists, whose members are expressions. */
export function isSame(json: unknown, expression: unknown): boolean {
  const { constant_value: value = null, ...rest } = asObject(expression);
  if (json === undefined || json === null) return value === null && Object.keys(rest).length === 0;
  if (Array.isArray(expression)) {
    const blocks = [json].flat();
    return (
      blocks.length === expression.length &&
      blocks.every((block, i) => argumentsApart(asObject(block), asObject(expression[i])).length === 0)
    );
  }
  if (value !== null) return isDeepStrictEqual(value, json);
  return typeof json === "object" && argumentsApart(asObject(json), asObject(expression)).length === 0;
}
