/** Arguments of providers and backends that are credentials. */
import { type HclValue, isUnknown } from "../hcl";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { isAbsent, stemsFromNothing, valuesAt } from "./values";

/** The message names the argument and never shows its value. */
export function noCredentials(place: string, block: HclValue, names: readonly string[]): Verdict {
  const set = names.filter((argument) => valuesAt(block, argument).some((value) => !isAbsent(value)));
  const literal = set.find((argument) => valuesAt(block, argument).some((value) => !isUnknown(value)));
  if (literal !== undefined) return broken(`${place}.${literal}`);
  const open = set.find((argument) => valuesAt(block, argument).some(stemsFromNothing));
  return open === undefined ? HOLDS : undecided(`${place}.${open}`);
}
