/** Values of the names in an expression. */
import type { HclValue, Mapping } from "./unknown";

/**
 * The first names of references: `var`, `local`, `each`, `module`, `data`, `aws_s3_bucket`. Their values are objects that may
 * be expensive to compute; {@link lazyObject} computes attributes at their first access.
 */
export interface Scope {
  /** Undefined if there is no such name. */
  resolve(name: string): HclValue | undefined;
}

/** Names with their values; other names have the values of `outer`. */
export function scopeOf(names: Mapping, outer?: Scope): Scope {
  return { resolve: (name) => (Object.hasOwn(names, name) ? names[name] : outer?.resolve(name)) };
}

/**
 * An object whose attributes are computed once, at their first access. `keys(local)` and `hasUnknown` access all of them. The
 * caller has to detect cycles among attributes.
 * @param isAtHand whether an attribute is cheap to compute and needs no other attribute. Such an attribute is computed
 * immediately, which takes less memory
 */
export function lazyObject(
  names: Iterable<string>,
  compute: (name: string) => HclValue,
  isAtHand: (name: string) => boolean = () => false,
): Mapping {
  const object: Record<string, HclValue> = {};
  for (const name of names) {
    // An assignment takes a tenth of the time of defineProperty.
    if (isAtHand(name) && name !== "__proto__") object[name] = compute(name);
    else Object.defineProperty(object, name, { enumerable: true, configurable: true, get: () => computed(name) });
  }
  const computed = (name: string): HclValue => {
    const value = compute(name);
    Object.defineProperty(object, name, { enumerable: true, configurable: false, writable: false, value });
    return value;
  };
  return object;
}

/** Whether an attribute of a {@link lazyObject} is computed, or does not exist. */
export function isComputed(object: Mapping, name: string): boolean {
  return Object.getOwnPropertyDescriptor(object, name)?.get === undefined;
}
