/** Addresses of resources as Terraform's state has them: `module.docs.aws_s3_bucket.this["eu"]`. */
import { HclSyntaxError, parseExpression } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";

export interface Address {
  /** Names of the calls around the resource, the outermost first. */
  readonly modules: readonly string[];
  readonly type: string;
  readonly name: string;
  readonly key?: string | number;
}

/** Undefined if the text is no address of a resource. */
export function addressIn(text: string): Address | undefined {
  const steps = stepsIn(text) ?? [];
  const modules: string[] = [];
  while (steps[0]?.name === "module") {
    const name = steps[1]?.name;
    if (name === undefined) return undefined;
    modules.push(name);
    steps.splice(0, steps[2]?.key === undefined ? 2 : 3);
  }
  const [type, name, last, ...rest] = steps;
  if (type?.name === undefined || name?.name === undefined || rest.length > 0 || last?.name !== undefined)
    return undefined;
  return { modules, type: type.name, name: name.name, ...(last?.key !== undefined && { key: last.key }) };
}

interface Step {
  readonly name?: string;
  readonly key?: string | number;
}

function stepsIn(text: string): Step[] | undefined {
  try {
    return stepsOf(parseExpression(text));
  } catch (error) {
    if (error instanceof HclSyntaxError) return undefined;
    throw error;
  }
}

function stepsOf(expression: HclExpression): Step[] | undefined {
  if (expression.kind === "variable") return [{ name: expression.name }];
  if (expression.kind !== "attribute" && expression.kind !== "index") return undefined;
  const before = stepsOf(expression.of);
  const step = expression.kind === "attribute" ? { name: expression.name } : keyOf(expression.key);
  return before && step && [...before, step];
}

function keyOf(expression: HclExpression): Step | undefined {
  const [part, ...others] = expression.kind === "template" ? expression.parts : [expression];
  if (part?.kind !== "literal" || others.length > 0) return undefined;
  return typeof part.value === "string" || typeof part.value === "number" ? { key: part.value } : undefined;
}
