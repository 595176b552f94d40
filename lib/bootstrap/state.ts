/** A Terraform state, as far as two copies of it are compared. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { InputError } from "../validation";

/** @see https://developer.hashicorp.com/terraform/language/state#format */
const STATE = z.object({
  version: z.literal(4),
  /** Tells states apart: given to a state when it is new, and kept by all that follow from it. */
  lineage: z.string(),
  /** Counts the versions of one lineage. */
  serial: z.int(),
  outputs: z.record(z.string(), z.unknown()),
  resources: z.array(z.unknown()),
});

export type State = z.infer<typeof STATE>;

/** @throws InputError where the text is no state: half of one, for example. */
export function readState(place: string, text: string): State {
  const { data } = STATE.safeParse(parsed(text));
  if (data !== undefined) return data;
  throw new InputError(place, ["got something else than a state; allowed: a Terraform state of version 4"]);
}

export function holdTheSame(one: State, other: State): boolean {
  return isDeepStrictEqual([one.outputs, one.resources], [other.outputs, other.resources]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
