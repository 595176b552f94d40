/**
 * Zod schemas in Terraform's terms. One description of a value serves its variable block, its
 * validation on both sides, its documentation and the names of its fields.
 */
import type { z } from "zod";
import { type Constraint, lengthConstraints, numberConstraints, stringConstraints } from "./constraints";
import { type JsonSchema, jsonSchemaOf, unsupported } from "./json-schema";

interface Common {
  readonly description: string | undefined;
  readonly nullable: boolean;
  readonly optional: boolean;
  /** Undefined if there is none; null is a default. */
  readonly default: unknown;
  readonly sensitive: boolean;
  /** Whether neither a plan nor a state holds the value. */
  readonly ephemeral?: boolean;
  readonly sizing: boolean;
  readonly constraints: readonly Constraint[];
}

export type TerraformType = Common &
  (
    | { readonly kind: "string" | "number" | "bool" | "any" }
    | { readonly kind: "list" | "set"; readonly element: TerraformType }
    | { readonly kind: "map"; readonly element: TerraformType }
    | { readonly kind: "object"; readonly fields: Readonly<Record<string, TerraformType>> }
  );

/** @throws InputError for a schema that Terraform's types cannot express. @param place names the input */
export function terraformType(schema: z.core.$ZodType, place: string): TerraformType {
  return read(jsonSchemaOf(schema, place), place, false);
}

function read(schema: JsonSchema, place: string, optional: boolean): TerraformType {
  const alternatives = schema.anyOf;
  const types = [schema.type ?? []].flat();
  const inner = alternatives?.find((alternative) => alternative.type !== "null");
  const nullable =
    types.includes("null") || (alternatives?.some((alternative) => alternative.type === "null") ?? false);
  if (types.filter((name) => name !== "null").length > 1) throw unsupported(place, "a union of types");
  if (alternatives !== undefined && (inner === undefined || alternatives.length > (nullable ? 2 : 1))) {
    throw unsupported(place, "a union of types");
  }
  const value = inner === undefined ? schema : { ...inner, ...schema, type: inner.type };
  const type = [value.type ?? []].flat().find((name) => name !== "null");
  if (value.format !== undefined && value.format !== "cidrv4") {
    throw unsupported(place, `the format ${value.format}, which only JavaScript can check`);
  }
  const common = {
    description: value.description,
    nullable,
    optional,
    default: value.default,
    sensitive: value.sensitive ?? false,
    ...(value.ephemeral && { ephemeral: true }),
    sizing: value.sizing ?? false,
  };
  if (value.any === true) return { ...common, kind: "any", constraints: [] };
  switch (type) {
    case "string":
      return { ...common, kind: "string", constraints: stringConstraints(value) };
    case "number":
    case "integer":
      return { ...common, kind: "number", constraints: numberConstraints({ ...value, type }) };
    case "boolean":
      return { ...common, kind: "bool", constraints: [] };
    case "array":
      return {
        ...common,
        kind: value.uniqueItems ? "set" : "list",
        element: readInner(value.items ?? {}, `${place}[]`, false),
        constraints: lengthConstraints(value.minItems, value.maxItems, "items", []),
      };
    case "object":
      return value.properties === undefined
        ? { ...common, kind: "map", ...readMap(value, place) }
        : {
            ...common,
            kind: "object",
            constraints: [],
            fields: readFields(value.properties, value.required ?? [], place),
          };
    default:
      throw unsupported(place, "a value of any type");
  }
}

function readMap(schema: JsonSchema, place: string) {
  if ((schema.required ?? []).length > 0) {
    throw unsupported(place, "a map with required keys, for which z.partialRecord or an object stands");
  }
  if (typeof schema.additionalProperties !== "object") throw unsupported(place, "an empty object");
  const keys = stringConstraints(schema.propertyNames ?? {}).map((constraint) => ({
    allowed: `keys that are ${constraint.allowed}`,
    condition: (subject: string) => `alltrue([for key in keys(${subject}) : ${constraint.condition("key")}])`,
    counterexample: { [String(constraint.counterexample)]: undefined },
  }));
  return { element: readInner(schema.additionalProperties, `${place}{}`, false), constraints: keys };
}

function readInner(schema: JsonSchema, place: string, optional: boolean): TerraformType {
  const type = read(schema, place, optional);
  if (type.sensitive)
    throw unsupported(place, "a sensitive value inside another value, which a variable cannot hide alone");
  return type;
}

function readFields(properties: Record<string, JsonSchema>, required: readonly string[], place: string) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const field = readInner(property, `${place}.${name}`, !required.includes(name));
      if (field.optional && field.nullable && (field.default ?? null) !== null) {
        throw unsupported(
          `${place}.${name}`,
          "an optional nullable field with a default, in whose place Terraform puts the default for null",
        );
      }
      return [name, field];
    }),
  );
}
