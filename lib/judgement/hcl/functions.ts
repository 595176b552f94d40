/**
 * Terraform functions. The result of any other function is unknown, for example of those that read files or the clock.
 * `can` and `try` are implemented in the evaluation, because their arguments may fail.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
import { ENCODING_FUNCTIONS } from "./encoding-functions";
import { NUMBER_FUNCTIONS } from "./number-functions";
import { SET_FUNCTIONS } from "./set-functions";
import { STRUCTURAL_FUNCTIONS } from "./structural-functions";
import { TEXT_FUNCTIONS } from "./text-functions";
import { type HclValue, hasUnknown, unknownFrom } from "./unknown";

/** @throws EvaluationError if Terraform refuses the arguments */
type HclFunction = (...values: HclValue[]) => HclValue;
type Functions = Readonly<Record<string, HclFunction>>;

export const FUNCTIONS: Functions = {
  ...ofKnown(ENCODING_FUNCTIONS),
  ...ofKnown(NUMBER_FUNCTIONS),
  ...ofKnown(SET_FUNCTIONS),
  ...ofKnown(TEXT_FUNCTIONS),
  ...STRUCTURAL_FUNCTIONS,
};

/** Functions that need known arguments. */
function ofKnown(functions: Functions): Functions {
  const guarded = Object.entries(functions).map(([name, compute]): [string, HclFunction] => [
    name,
    (...values) => (hasUnknown(values) ? unknownFrom(...values) : compute(...values)),
  ]);
  return Object.fromEntries(guarded);
}
