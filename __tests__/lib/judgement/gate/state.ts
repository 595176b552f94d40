/** The state of the shop, as an apply to the mock of AWS and a refresh have left it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

export type Attributes = Readonly<Record<string, unknown>>;

/** @see https://developer.hashicorp.com/terraform/language/state */
const STATE = z.object({
  version: z.literal(4),
  terraform_version: z.string(),
  outputs: z.record(z.string(), z.unknown()),
  resources: z.array(
    z.object({
      module: z.string(),
      mode: z.enum(["managed", "data"]),
      type: z.string(),
      name: z.string(),
      provider: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          schema_version: z.number(),
          attributes: z.record(z.string(), z.unknown()),
          sensitive_attributes: z.array(z.unknown()).default([]),
        }),
      ),
    }),
  ),
});

export type Recorded = z.infer<typeof STATE>;

/** The state without what is new in each apply: serial, lineage, timeouts, results of checks. */
export function recorded(json = readFileSync(path.join(__dirname, "shop.state.json"), "utf8")): Recorded {
  return STATE.parse(JSON.parse(json));
}

/** A `terraform.tfstate`. @param other attributes that are different, by the address of a resource without instances */
export function stateFile(other: Readonly<Record<string, Attributes>>): string {
  const { resources, ...state } = recorded();
  const changed = resources.map(({ instances, ...resource }) => {
    const { module, type, name } = resource;
    const attributes = other[`${module}.${type}.${name}`];
    return {
      ...resource,
      instances: instances.map((one) => ({ ...one, attributes: { ...one.attributes, ...attributes } })),
    };
  });
  return JSON.stringify({ ...state, serial: 1, lineage: "00000000-0000-4000-8000-000000000000", resources: changed });
}
