/** Blocks of a root other than calls: versions, backend, providers and outputs. */
import { asValue } from "../configuration/json";
import { type HclValue, isList, isMapping } from "../hcl";
import { type Contrast, compareValues } from "./compare";
import type { Environment } from "./environment";

/** The first parts of their places. */
export const ROOT_BLOCKS = ["terraform", "provider", "output"] as const;

export function compareRootBlocks(environments: readonly Environment[]): Contrast[] {
  return ROOT_BLOCKS.flatMap((block) =>
    compareValues(
      block,
      environments.map(({ written, identity }) => ({
        value: block === "terraform" ? settings(written.terraform) : asValue(written[block]),
        type: undefined,
        identity,
      })),
    ),
  );
}

/** Each environment has another state, with the same settings. */
function settings(terraform: Readonly<Record<string, unknown>>): HclValue {
  return Object.fromEntries(
    Object.entries(terraform).map(([name, value]) => [
      name,
      name === "backend" ? shapeOf(asValue(value)) : asValue(value),
    ]),
  );
}

function shapeOf(value: HclValue): HclValue {
  if (typeof value === "string") return "(of the environment)";
  if (isList(value)) return value.map(shapeOf);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}
