/**
 * Checks blocks that the bindings type as `any`, such as the statement of a WAF rule, whose type is recursive. CDKTF does not
 * convert their keys, so that they need Terraform's spelling in TypeScript.
 */
import type { TerraformElement } from "cdktf";
import { snakeCase } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";

/** @throws InputError for a key in camel case, which Terraform would reject */
export function refuseSpellings(element: TerraformElement): void {
  const synthesize: unknown = Reflect.get(element, "synthesizeHclAttributes");
  if (typeof synthesize !== "function") return;
  const key = wrongKeyIn(synthesize.call(element));
  if (key === undefined) return;
  throw mistake(
    `${element.node.id}: got ${key} in a block without a type; allowed: the spelling of Terraform: ${snakeCase(key)}`,
    Namespace.of(element).address,
  );
}

/** The first invalid key in the bindings' description of the arguments, which has the value and the type of each. */
function wrongKeyIn(node: unknown): string | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  if ("storageClassType" in node && node.storageClassType === "any" && "value" in node) return camelKeyIn(node.value);
  return firstIn(Object.values(node), wrongKeyIn);
}

function camelKeyIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const own = Array.isArray(value) ? undefined : Object.keys(value).find((key) => key !== snakeCase(key));
  return own ?? firstIn(Object.values(value), camelKeyIn);
}

function firstIn(values: readonly unknown[], find: (value: unknown) => string | undefined): string | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
