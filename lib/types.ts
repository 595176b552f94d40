/**
 * Zod schemas in Terraform's terms. One description of a value serves its variable block, its
 * validation on both sides, its documentation and the names of its fields.
 */
import { z } from "zod";
import { type Constraint, lengthConstraints, numberConstraints, stringConstraints } from "./constraints";

interface Common {
  readonly description: string | undefined;
  readonly nullable: boolean;
  readonly optional: boolean;
  /** Undefined where there is none; null is a default. */
  readonly default: unknown;
  readonly sensitive: boolean;
  readonly sizing: boolean;
  readonly constraints: readonly Constraint[];
}

export type TerraformType = Common &
  (
    | { readonly kind: "string" | "number" | "bool" }
    | { readonly kind: "list" | "set"; readonly element: TerraformType }
    | { readonly kind: "map"; readonly element: TerraformType }
    | { readonly kind: "object"; readonly fields: Readonly<Record<string, TerraformType>> }
  );

/** The part of JSON Schema that Terraform's types can hold. Anything else is an error of the definition. */
const typeName = z.enum(["string", "number", "integer", "boolean", "array", "object", "null"]);
const jsonSchema = z.strictObject({
  $schema: z.string().optional(),
  type: z.union([typeName, z.array(typeName)]).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  sensitive: z.boolean().optional(),
  sizing: z.boolean().optional(),
  allowed: z.string().optional(),
  counterexample: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  const: z.union([z.string(), z.number()]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  allOf: z.array(z.object({ pattern: z.string() })).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  uniqueItems: z.boolean().optional(),
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get propertyNames() {
    return jsonSchema.optional();
  },
  get additionalProperties() {
    return z.union([z.literal(false), jsonSchema]).optional();
  },
});
export type JsonSchema = z.infer<typeof jsonSchema>;

/** @throws where the schema says what Terraform's type system cannot: `place` names it. */
export function terraformType(schema: z.core.$ZodType, place: string): TerraformType {
  const { data, error } = jsonSchema.safeParse(toJsonSchema(schema, place));
  if (error === undefined) return read(data, place, false);
  const [issue] = error.issues;
  const keyword = issue?.code === "unrecognized_keys" ? issue.keys : issue?.path.slice(-1);
  throw unsupported(place, `what JSON Schema calls ${keyword?.map(String).join(", ")}`);
}

function toJsonSchema(schema: z.core.$ZodType, place: string): unknown {
  try {
    return z.toJSONSchema(schema, { io: "input", override: ({ zodSchema }) => refuseJavaScriptOnly(zodSchema) });
  } catch (error) {
    throw unsupported(place, error instanceof Error ? error.message : String(error));
  }
}

/** What JSON Schema would drop in silence: the value that Terraform gets or allows would be another one. */
function refuseJavaScriptOnly(schema: z.core.$ZodType): void {
  if (schema instanceof z.ZodPipe) throw new Error("a transformation");
  if (!(schema instanceof z.ZodString)) return;
  for (const { _zod } of schema._zod.def.checks ?? []) {
    const pattern = "pattern" in _zod.def ? _zod.def.pattern : undefined;
    if (!(pattern instanceof RegExp)) continue;
    if (/[^u]/.test(pattern.flags)) throw new Error(`the pattern ${pattern} with flags`);
    if (/\(\?[=!<]|\\[1-9]/.test(pattern.source)) {
      throw new Error(`the pattern ${pattern} with assertions or back-references`);
    }
  }
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
  const checked = value.format === "cidrv4" || value.pattern !== undefined || value.allOf !== undefined;
  if (value.format !== undefined && !checked) {
    throw unsupported(place, `the format ${value.format}, which only JavaScript can check,`);
  }
  const common = {
    description: value.description,
    nullable,
    optional,
    default: value.default,
    sensitive: value.sensitive ?? false,
    sizing: value.sizing ?? false,
  };
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
        element: read(value.items ?? {}, `${place}[]`, false),
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
  if (typeof schema.additionalProperties !== "object") throw unsupported(place, "an empty object");
  const keys = stringConstraints(schema.propertyNames ?? {}).map((constraint) => ({
    allowed: `keys that are ${constraint.allowed}`,
    condition: (subject: string) => `alltrue([for key in keys(${subject}) : ${constraint.condition("key")}])`,
    counterexample: { [String(constraint.counterexample)]: undefined },
  }));
  return { element: read(schema.additionalProperties, `${place}{}`, false), constraints: keys };
}

function readFields(properties: Record<string, JsonSchema>, required: readonly string[], place: string) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const field = read(property, `${place}.${name}`, !required.includes(name));
      if (field.sensitive) {
        throw unsupported(`${place}.${name}`, "a secret inside an object, which no variable hides alone,");
      }
      if (field.optional && field.nullable && (field.default ?? null) !== null) {
        throw unsupported(`${place}.${name}`, "null beside a default inside an object, where it means the default,");
      }
      return [name, field];
    }),
  );
}

function unsupported(place: string, what: string): Error {
  return new Error(
    `${place}: ${what} has no Terraform type; allowed: strings, numbers, booleans, enumerations, lists, sets, maps, objects, each nullable or not`,
  );
}
