/** Values of a module's inputs, with what the input's type adds to them. */

import { snakeCase } from "../../generator/expression/names";
import { terraformKeys } from "../../generator/inputs/terraform-keys";
import type { TerraformType } from "../../generator/inputs/types";
import { asValue } from "../configuration/json";
import type { Value } from "../hcl";

/** What the module gets where the value is left out, or null where null is not allowed. */
export function orDefault(value: Value | undefined, type: TerraformType): Value | undefined {
  if (value !== undefined && (value !== null || type.nullable)) return value;
  if (type.default !== undefined) return asValue(terraformKeys(type.default, type));
  return type.optional ? null : value;
}

/** @param key in Terraform's spelling */
export function typeOfMember(type: TerraformType | undefined, key: string): TerraformType | undefined {
  if (type === undefined) return undefined;
  if (type.kind === "object") return Object.entries(type.fields).find(([name]) => snakeCase(name) === key)?.[1];
  return "element" in type ? type.element : undefined;
}
