/**
 * The configuration that a plan repeats. The schemas have every key that Terraform 1.11 writes, and let others through:
 * `unknownKeys` names those.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
import { z } from "zod";

const expressions = z.record(z.string(), z.unknown()).default({});
const dependencies = z.array(z.string()).default([]);

const PROVIDER = z.looseObject({
  name: z.string(),
  full_name: z.string().optional(),
  alias: z.string().optional(),
  version_constraint: z.string().optional(),
  module_address: z.string().optional(),
  expressions,
});

const RESOURCE = z.looseObject({
  address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_config_key: z.string().optional(),
  provisioners: z.array(z.unknown()).default([]),
  expressions,
  schema_version: z.number().optional(),
  for_each_expression: z.unknown().optional(),
  count_expression: z.unknown().optional(),
  depends_on: dependencies,
});

const VARIABLE = z.looseObject({
  default: z.unknown().optional(),
  description: z.string().optional(),
  sensitive: z.boolean().default(false),
  ephemeral: z.boolean().default(false),
});

const OUTPUT = z.looseObject({
  expression: z.unknown().optional(),
  description: z.string().optional(),
  sensitive: z.boolean().default(false),
  ephemeral: z.boolean().default(false),
  depends_on: dependencies,
});

const CALL = z.looseObject({
  source: z.string(),
  version_constraint: z.string().optional(),
  expressions,
  for_each_expression: z.unknown().optional(),
  count_expression: z.unknown().optional(),
  depends_on: dependencies,
  get module() {
    return MODULE;
  },
});

const MODULE = z.looseObject({
  resources: z.array(RESOURCE).default([]),
  variables: z.record(z.string(), VARIABLE).default({}),
  outputs: z.record(z.string(), OUTPUT).default({}),
  get module_calls(): z.ZodDefault<z.ZodRecord<z.ZodString, typeof CALL>> {
    return z.record(z.string(), CALL).default({});
  },
});

export const CONFIGURATION = z.looseObject({
  provider_config: z.record(z.string(), PROVIDER).default({}),
  root_module: MODULE,
});

export type PlannedModule = z.infer<typeof MODULE>;
export type PlannedProvider = z.infer<typeof PROVIDER>;

const SCHEMAS = {
  configuration: CONFIGURATION,
  provider: PROVIDER,
  module: MODULE,
  call: CALL,
  resource: RESOURCE,
  variable: VARIABLE,
  output: OUTPUT,
};

/** Keys that Terraform 1.11 does not write: no rule judges a key that a later version adds. */
export function unknownKeys(kind: keyof typeof SCHEMAS, value: object): string[] {
  return Object.keys(value).filter((key) => !(key in SCHEMAS[kind].shape));
}
