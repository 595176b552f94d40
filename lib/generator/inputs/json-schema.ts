/** Zod schemas as JSON Schema, restricted to what Terraform's types can express. */
import { z } from "zod";
import type { InputError } from "../../common/errors";
import { mistake } from "../expression/source";
import { problemOfPattern } from "./re2";
import { unique } from "./schema";

const typeName = z.enum(["string", "number", "integer", "boolean", "array", "object", "null"]);
const jsonSchema = z.strictObject({
  $schema: z.string().optional(),
  type: z.union([typeName, z.array(typeName)]).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  sensitive: z.boolean().optional(),
  ephemeral: z.boolean().optional(),
  sizing: z.boolean().optional(),
  any: z.boolean().optional(),
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

/** @throws InputError for a schema that Terraform's types or validations cannot express. @param place names the input */
export function jsonSchemaOf(schema: z.core.$ZodType, place: string): JsonSchema {
  const { data, error } = jsonSchema.safeParse(toJsonSchema(schema, place));
  if (error === undefined) return data;
  const [issue] = error.issues;
  const keyword = issue?.code === "unrecognized_keys" ? issue.keys : issue?.path.slice(-1);
  throw unsupported(place, `${keyword?.map(String).join(", ")} of JSON Schema`);
}

function toJsonSchema(schema: z.core.$ZodType, place: string): unknown {
  try {
    return z.toJSONSchema(schema, { io: "input", override: ({ zodSchema }) => refuseJavaScriptOnly(zodSchema) });
  } catch (error) {
    throw unsupported(place, error instanceof Error ? error.message : String(error));
  }
}

/** Refuses what JSON Schema would drop without an error: Terraform would then get or allow other values. */
function refuseJavaScriptOnly(schema: z.core.$ZodType): void {
  if (schema instanceof z.ZodPipe) throw new Error("a transformation");
  for (const { _zod } of schema._zod.def.checks ?? []) {
    const { def } = _zod;
    if (def.check === "overwrite") throw new Error("a transformation");
    if (def.check === "custom" && !("fn" in def && def.fn === unique))
      throw new Error("a check in JavaScript, which a rule of the module can express for Terraform, too");
    if ("pattern" in def && def.pattern instanceof RegExp && schema instanceof z.ZodString) {
      const problem = problemOfPattern(def.pattern);
      if (problem !== undefined) throw new Error(problem);
    }
  }
}

export function unsupported(place: string, what: string): InputError {
  return mistake(
    `got ${what}; allowed: the types of Terraform: strings, numbers, booleans, enumerations, lists, sets, maps, objects, each nullable or not`,
    place,
  );
}
