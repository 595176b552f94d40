/** Whether nullable values are there, and what they are if they are. */
import { codeOf, type Expression, isExpression, withCode } from "./code";
import { type Choice, condition, conversions, expression, hcl, type Ref, type Value } from "./expression";

const GIVEN = Symbol("given");

/**
 * Whether all of some nullable values are there. It is a {@link Choice} that gives a callback the values without null:
 * `isSet(input.key)((key) => key.arn, "alias/aws/s3")`.
 */
export interface Presence<V extends readonly unknown[]> extends Choice {
  readonly [GIVEN]: Given<V>;
  <A>(ifSet: (...values: Given<V>) => Value<A>, otherwise: Value<A>): Expression<A>;
}

/** The values without null, as references with members. */
export type Given<V extends readonly unknown[]> = { readonly [K in keyof V]: Ref<NonNullable<V[K]>> };

/** Whether nullable values are there: all of them. */
export function isSet<V extends readonly unknown[]>(
  ...values: { readonly [K in keyof V]: Expression<V[K]> }
): Presence<V>;
export function isSet(...values: readonly Expression<unknown>[]): Choice {
  const areSet = values.map((value) => condition`${value} != null`);
  const code = codeOf(areSet.reduce((all, one) => condition`${all} && ${one}`));
  const choose = <A>(ifSet: Value<A>, otherwise: Value<A>): Expression<A> => {
    const value = isCallback(ifSet) ? ifSet(...values) : ifSet;
    return hcl<A>`${expression(code)} ? ${value} : ${otherwise}`;
  };
  return withCode(Object.assign(choose, conversions(code, "scalar"), { [GIVEN]: values }), code);
}

/** What a callback makes of the values of `isSet`, or the content itself. */
export function contentFor<C>(enabled: Choice, content: C | ((...values: never) => C)): C;
export function contentFor(enabled: Choice, content: unknown): unknown {
  return isCallback(content) ? content(...givenBy(enabled)) : content;
}

function givenBy(enabled: object): readonly unknown[] {
  const given: unknown = GIVEN in enabled ? enabled[GIVEN] : [];
  return Array.isArray(given) ? given : [];
}

/** A {@link Choice} is a function, too. */
function isCallback(value: unknown): value is (...values: readonly unknown[]) => unknown {
  return typeof value === "function" && !isExpression(value);
}
