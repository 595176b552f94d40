/** Unicode of literal values by Terraform's rules: Normalization Form C, length in grapheme clusters. */
import { isExpression } from "../expression/code";
import { hasExpression } from "../expression/template";
import type { TerraformType } from "./types";

/** The same value with each literal text in Normalization Form C. */
export function normalizedValue(value: unknown): unknown {
  if (typeof value === "string") return hasExpression(value) ? value : value.normalize();
  if (isExpression(value) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(normalizedValue);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.normalize(), normalizedValue(item)]));
}

/** The paths of literal texts that are too short or too long. */
export function wrongLengths(value: unknown, type: TerraformType, path: readonly PropertyKey[]): PropertyKey[][] {
  if (!limitsLengths(type)) return [];
  if (typeof value === "string" && !hasExpression(value)) {
    return type.constraints.every(({ allowsText }) => allowsText?.(value) ?? true) ? [] : [[...path]];
  }
  if (isExpression(value) || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = type.kind === "object" ? type.fields[key] : "element" in type ? type.element : undefined;
    return inner === undefined ? [] : wrongLengths(item, inner, [...path, Array.isArray(value) ? Number(key) : key]);
  });
}

const limited = new WeakMap<TerraformType, boolean>();

/** Whether the type limits the length of any text in its values. */
function limitsLengths(type: TerraformType): boolean {
  const known = limited.get(type);
  if (known !== undefined) return known;
  const inner = type.kind === "object" ? Object.values(type.fields) : "element" in type ? [type.element] : [];
  const limits = type.constraints.some(({ allowsText }) => allowsText !== undefined) || inner.some(limitsLengths);
  limited.set(type, limits);
  return limits;
}
