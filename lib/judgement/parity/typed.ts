/** Values of inputs, completed from the type of the input. */

import { snakeCase } from "../../generator/expression/names";
import { terraformKeys } from "../../generator/inputs/terraform-keys";
import type { TerraformType } from "../../generator/inputs/types";
import { asValue } from "../configuration/json";
import type { HclValue } from "../hcl";

/** The value that the module gets: the default if the value is omitted, or if it is null and not nullable. */
export function orDefault(value: HclValue | undefined, type: TerraformType): HclValue | undefined {
  if (value !== undefined && (value !== null || type.nullable)) return value;
  if (type.default !== undefined) return asValue(terraformKeys(type.default, type));
  return type.optional ? null : value;
}

/** @param key Terraform name of the member */
export function typeOfMember(type: TerraformType | undefined, key: string): TerraformType | undefined {
  if (type === undefined) return undefined;
  if (type.kind === "object") return Object.entries(type.fields).find(([name]) => snakeCase(name) === key)?.[1];
  return "element" in type ? type.element : undefined;
}
