/** `moved` and `removed` blocks for renamed and deleted calls of a root. */

import { InputError } from "../../common/errors";
import type { Specification } from "../module/specification";
import type { Providers } from "../providers";
import { outlives } from "./outliving";

type Calls = ReadonlyMap<string, unknown>;

/** `moved` blocks for renamed calls. Without them, Terraform destroys and recreates the resources of the calls. */
export function movedBlocks(moves: ReadonlyMap<string, string>, calls: Calls, place: string): object[] {
  return [...moves].map(([from, to]) => {
    if (calls.has(to) && !calls.has(from)) return { from: `module.${from}`, to: `module.${to}` };
    throw new InputError(place, [
      `moved: got "${from}" to "${to}"; allowed: from a name that no call has to one of ${[...calls.keys()].join(", ")}`,
    ]);
  });
}

/** `removed` blocks for resources of deleted calls: Terraform removes them from the state and keeps them in the account. */
export function removedBlocks(
  former: ReadonlyMap<string, Specification>,
  calls: Calls,
  place: string,
  providers: Providers,
): object[] {
  return [...former].flatMap(([id, specification]) => {
    if (calls.has(id)) throw new InputError(place, [`forget: got "${id}", which is a call; allowed: a former call`]);
    return specification
      .resources(providers)
      .filter(([type]) => outlives(type))
      .map(([type, name]) => ({ from: `module.${id}.${type}.${name}`, lifecycle: { destroy: false } }));
  });
}
