/** The blocks that say what became of calls that a root no longer has under that name. */

import { InputError } from "../../common/errors";
import type { Specification } from "../module/specification";
import type { Providers } from "../providers";
import { outlives } from "./outliving";

type Calls = ReadonlyMap<string, unknown>;

/** Calls that have another name now: without these blocks, Terraform destroys what they made and makes it anew. */
export function movedBlocks(moves: ReadonlyMap<string, string>, calls: Calls, place: string): object[] {
  return [...moves].map(([from, to]) => {
    if (calls.has(to) && !calls.has(from)) return { from: `module.${from}`, to: `module.${to}` };
    throw new InputError(place, [
      `moved: got "${from}" to "${to}"; allowed: from a name that no call has to one of ${[...calls.keys()].join(", ")}`,
    ]);
  });
}

/** What Terraform takes out of its state and leaves in the account, of calls that are gone. */
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
      .map(([, address]) => ({ from: `module.${id}.${address}`, lifecycle: { destroy: false } }));
  });
}
