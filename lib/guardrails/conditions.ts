/** Conditions of a policy's statements: what they ask of a request. */
import { isMapping, type Value } from "../hcl";
import { many } from "./values";

/** Operators that ask for equality; those with `Not`, `IfExists` and `ForAllValues` let in whom they do not name. */
const BINDING_OPERATOR = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const BINDING_KEY =
  /^(aws:(Source(Arn|Account|Owner|OrgID|Vpc|Vpce)|Principal(Arn|Account|OrgID))|kms:CallerAccount)$/i;

/** Whether a condition lets in only callers that it names. */
export function bindsCallers(conditions: Value): boolean {
  return comparisonsOf(conditions).some(
    ({ operator, key, value }) =>
      BINDING_OPERATOR.test(operator) && BINDING_KEY.test(key) && !many(value).includes("*"),
  );
}

/** Operators that a request without the key passes, or any with a key that is not named. */
const LOOSE_OPERATOR = /Not|IfExists$|^ForAllValues:|^Null$/;

/** Keys that a statement's conditions ask for, in lower case as AWS takes them in any. */
export function conditionKeys(conditions: Value): readonly string[] {
  return comparisonsOf(conditions)
    .filter(({ operator, value }) => !LOOSE_OPERATOR.test(operator) && !many(value).includes("*"))
    .map(({ key }) => key.toLowerCase());
}

/** What the conditions compare a key with, whatever the operator. */
export function comparedWith(conditions: Value, key: string): readonly Value[] {
  return comparisonsOf(conditions)
    .filter((comparison) => comparison.key === key && comparison.value !== null)
    .flatMap(({ value }) => many(value));
}

/**
 * The time, in ISO 8601, until which a statement allows anything; undefined where it has no end that can be read.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime
 */
export function endOf(conditions: Value): string | undefined {
  const ends = comparisonsOf(conditions)
    .filter(({ operator, key }) => /^DateLessThan(Equals)?$/.test(operator) && key.toLowerCase() === "aws:currenttime")
    .flatMap(({ value }) => many(value));
  return ends.every((end) => typeof end === "string") ? ends.sort().at(-1) : undefined;
}

interface Comparison {
  readonly operator: string;
  readonly key: string;
  readonly value: Value;
}

/** What a statement's conditions compare, one key at a time. */
function comparisonsOf(conditions: Value): readonly Comparison[] {
  if (!isMapping(conditions)) return [];
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    isMapping(keys) ? Object.entries(keys).map(([key, value]) => ({ operator, key, value })) : [],
  );
}
