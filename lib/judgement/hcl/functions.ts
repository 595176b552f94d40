/**
 * Terraform's functions. One that is missing here, as those that read files or the clock are, is unknown; `can` and `try`
 * are no functions, as their arguments may fail.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
import { ENCODING_FUNCTIONS } from "./encoding-functions";
import { NUMBER_FUNCTIONS } from "./number-functions";
import { SET_FUNCTIONS } from "./set-functions";
import { STRUCTURAL_FUNCTIONS } from "./structural-functions";
import { TEXT_FUNCTIONS } from "./text-functions";
import { hasUnknown, unknownFrom, type Value } from "./unknown";

/** @throws EvaluationError where Terraform would refuse the arguments. */
type HclFunction = (...values: Value[]) => Value;
type Functions = Readonly<Record<string, HclFunction>>;

export const FUNCTIONS: Functions = {
  ...ofKnown(ENCODING_FUNCTIONS),
  ...ofKnown(NUMBER_FUNCTIONS),
  ...ofKnown(SET_FUNCTIONS),
  ...ofKnown(TEXT_FUNCTIONS),
  ...STRUCTURAL_FUNCTIONS,
};

/** Functions that need to know all of their arguments. */
function ofKnown(functions: Functions): Functions {
  const guarded = Object.entries(functions).map(([name, compute]): [string, HclFunction] => [
    name,
    (...values) => (hasUnknown(values) ? unknownFrom(...values) : compute(...values)),
  ]);
  return Object.fromEntries(guarded);
}
