/** Terraform's `==`. @see https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators */
import {
  beginsWith,
  EncodedJson,
  finishesWith,
  type HclValue,
  hasUnknown,
  isList,
  isMapping,
  isUnknown,
  type Mapping,
  PartialText,
  type Unknown,
} from "./unknown";

/**
 * Whether two values are equal; undefined if unknown. Lists and maps with equal elements are unknown too: Terraform
 * distinguishes the tuple `["a"]` from a list of strings, and this evaluator does not.
 */
export function equal(left: HclValue, right: HclValue): boolean | undefined {
  if (left === right && !hasUnknown(left)) return true;
  if (isUnknown(left)) return equalUnknown(left, right);
  if (isUnknown(right)) return equalUnknown(right, left);
  if (isList(left) && isList(right)) return equalLists(left, right);
  if (isMapping(left) && isMapping(right)) return equalMappings(left, right);
  return false;
}

function equalLists(left: readonly HclValue[], right: readonly HclValue[]): false | undefined {
  if (left.length !== right.length) return false;
  return left.some((item, i) => equal(item, right[i] ?? null) === false) ? false : undefined;
}

function equalMappings(left: Mapping, right: Mapping): false | undefined {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length || keys.some((key) => !Object.hasOwn(right, key))) return false;
  return keys.some((key) => equal(left[key] ?? null, right[key] ?? null) === false) ? false : undefined;
}

/** Partly unknown text differs from null, from numbers, and from text with another beginning or end. */
function equalUnknown(unknown: Unknown, other: HclValue): false | undefined {
  if (isUnknown(other)) return undefined;
  if (!(unknown instanceof PartialText || unknown instanceof EncodedJson)) return undefined;
  if (typeof other !== "string") return false;
  if (!(unknown instanceof PartialText)) return undefined;
  const [first, last] = [unknown.parts[0], unknown.parts.at(-1)];
  if (typeof first === "string" && beginsWith(other, first) === false) return false;
  return typeof last === "string" && finishesWith(other, last) === false ? false : undefined;
}
