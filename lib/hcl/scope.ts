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
 */
export function lazyObject(names: Iterable<string>, compute: (name: string) => Value): Mapping {
  const object: Record<string, Value> = {};
  for (const name of names) {
    let computed: { readonly value: Value } | undefined;
    const get = (): Value => {
      computed ??= { value: compute(name) };
      return computed.value;
    };
    Object.defineProperty(object, name, { enumerable: true, get });
  }
  return object;
}
