/** Values of inputs with their field names in Terraform's spelling. */
import { isExpression } from "../expression/code";
import { snakeCase } from "../expression/names";
import type { TerraformType } from "./types";

/** Converts the field names of a literal to Terraform's spelling, by its type. Expressions stay as they are. */
export function terraformKeys(value: unknown, type: TerraformType): unknown {
  if (isExpression(value)) return value;
  if (Array.isArray(value) && "element" in type) return value.map((item) => terraformKeys(item, type.element));
  if (typeof value !== "object" || value === null) return value;
  if (type.kind !== "map" && type.kind !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => {
        if (type.kind === "map") return [key, terraformKeys(item, type.element)];
        const field = type.fields[key];
        return [snakeCase(key), field === undefined ? item : terraformKeys(item, field)];
      }),
  );
}
