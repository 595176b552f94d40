/** Values of inputs with the names of fields as Terraform writes them. */
import { isExpression } from "../expression/code";
import { snakeCase } from "../expression/names";
import type { TerraformType } from "./types";

/** A literal or expression of a type with the names of its fields as Terraform writes them. */
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
