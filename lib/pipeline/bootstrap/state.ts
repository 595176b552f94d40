/** A Terraform state, as far as two copies of it are compared. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { parsedInput } from "../../common/input-file";
import { STATE_VERSION } from "../../terraform";

/** @see https://developer.hashicorp.com/terraform/language/state#format */
const STATE = STATE_VERSION.extend({
  version: z.literal(4),
  outputs: z.record(z.string(), z.unknown()),
  resources: z.array(z.unknown()),
});

export type TerraformState = z.infer<typeof STATE>;

/** @throws InputError if the text is no state: half of one, for example. */
export function readState(place: string, text: string): TerraformState {
  return parsedInput(place, text, STATE, { noun: "a state", allowed: "a Terraform state of version 4" });
}

export function holdTheSame(one: TerraformState, other: TerraformState): boolean {
  return isDeepStrictEqual([one.outputs, one.resources], [other.outputs, other.resources]);
}
