/** What the names of an expression mean. */
import type { Mapping, Value } from "./unknown";

/**
 * The first names of references: `var`, `local`, `each`, `module`, `data`, `aws_s3_bucket`. The value of such a name is
 * an object that may be expensive to know as a whole; {@link lazyObject} makes one whose attributes are computed as they
 * are asked for.
 */
export interface Scope {
  /** Undefined where there is no such name. */
  resolve(name: string): Value | undefined;
}

/** Names with their values; others mean what they mean in `outer`. */
export function scopeOf(names: Mapping, outer?: Scope): Scope {
  return { resolve: (name) => (Object.hasOwn(names, name) ? names[name] : outer?.resolve(name)) };
}

/**
 * An object whose attributes are computed at their first access, each once. Whoever looks at all of it, as
 * `keys(local)` and `hasUnknown` do, has all of it computed. A cycle among attributes is the caller's to notice.
 * @param isAtHand whether an attribute is cheap to compute and needs no other: it is computed at once, as keeping how to
 * compute it takes more memory
 */
export function lazyObject(
  names: Iterable<string>,
  compute: (name: string) => Value,
  isAtHand: (name: string) => boolean = () => false,
): Mapping {
  const object: Record<string, Value> = {};
  for (const name of names) {
    const define = (value: Value): Value => {
      Object.defineProperty(object, name, { enumerable: true, configurable: false, writable: false, value });
      return value;
    };
    if (isAtHand(name)) define(compute(name));
    else
      Object.defineProperty(object, name, { enumerable: true, configurable: true, get: () => define(compute(name)) });
  }
  return object;
}

/** Whether an attribute of a {@link lazyObject} is there, or there is none. */
export function isComputed(object: Mapping, name: string): boolean {
  return Object.getOwnPropertyDescriptor(object, name)?.get === undefined;
}
