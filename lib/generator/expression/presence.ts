/** Tests nullable values for null, and narrows them to values without null. */
import { codeOf, type Expression, isExpression, withCode } from "./code";
import { type Choice, condition, conversions, expression, hcl, type Ref, type Value } from "./expression";
import { whereSet } from "./nullable";

const GIVEN = Symbol("given");

/**
 * Whether all of the given nullable values are set. It is a {@link Choice} that passes the values without null to a callback:
 * `isSet(input.key)((key) => key.arn, "alias/aws/s3")`.
 */
export interface Presence<V extends readonly unknown[]> extends Choice {
  readonly [GIVEN]: Given<V>;
  <A>(ifSet: (...values: Given<V>) => Value<A>, otherwise: Value<A>): Expression<A>;
}

/** The values without null, as references with members. */
export type Given<V extends readonly unknown[]> = { readonly [K in keyof V]: Ref<NonNullable<V[K]>> };

/** Whether all of the nullable values are set. */
export function isSet<V extends readonly unknown[]>(
  ...values: { readonly [K in keyof V]: Expression<V[K]> }
): Presence<V>;
export function isSet(...values: readonly Expression<unknown>[]): Choice {
  const areSet = values.map((value) => condition`${value} != null`);
  const code = codeOf(areSet.reduce((all, one) => condition`${all} && ${one}`));
  const choose = <A>(ifSet: Value<A>, otherwise: Value<A>): Expression<A> => {
    const value = isCallback(ifSet) ? whereSet(values, () => ifSet(...values)) : ifSet;
    return hcl<A>`${expression(code)} ? ${value} : ${otherwise}`;
  };
  return withCode(Object.assign(choose, conversions(code, "scalar"), { [GIVEN]: values }), code);
}

/** The result of the callback for the values of `isSet`, or the content itself. */
export function contentFor<C>(enabled: Choice, content: C | ((...values: never) => C)): C;
export function contentFor(enabled: Choice, content: unknown): unknown {
  if (!isCallback(content)) return content;
  const given = givenBy(enabled);
  return whereSet(given, () => content(...given));
}

function givenBy(enabled: object): readonly unknown[] {
  const given: unknown = GIVEN in enabled ? enabled[GIVEN] : [];
  return Array.isArray(given) ? given : [];
}

/** Distinguishes a callback from a {@link Choice}, which is a function as well. */
function isCallback(value: unknown): value is (...values: readonly unknown[]) => unknown {
  return typeof value === "function" && !isExpression(value);
}
