/** The state of the shop, as an apply to the mock of AWS and a refresh have left it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

export type Attributes = Readonly<Record<string, unknown>>;

/** @see https://developer.hashicorp.com/terraform/internals/json-format#state-representation */
const STATE = z.looseObject({
  resources: z.array(
    z.looseObject({
      module: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

const RECORDED = path.join(__dirname, "shop.state.json");

/** A `terraform.tfstate`. @param other attributes that are different, by the address of a resource without instances */
export function stateFile(other: Readonly<Record<string, Attributes>>): string {
  const { resources, ...state } = STATE.parse(JSON.parse(readFileSync(RECORDED, "utf8")));
  const changed = resources.map(({ instances, ...resource }) => {
    const { module, type, name } = resource;
    const attributes = other[`${module}.${type}.${name}`];
    return {
      ...resource,
      instances: instances.map((one) => ({ ...one, attributes: { ...one.attributes, ...attributes } })),
    };
  });
  return JSON.stringify({ ...state, resources: changed });
}
