/** Nullable values in raw HCL: Terraform fails on a member of null, and on null in an operation. */
const values = new WeakSet<object>();

/** Values that `isSet` has tested for null, while its callback runs. */
let tested: readonly unknown[] = [];

/** Marks a value that may be null. */
export function nullable<V extends object>(value: V): V {
  values.add(value);
  return value;
}

/** Runs the callback of `isSet`, in which these values are not null. */
export function whereSet<R>(set: readonly unknown[], work: () => R): R {
  const outer = tested;
  tested = [...outer, ...set];
  try {
    return work();
  } finally {
    tested = outer;
  }
}

/** Whether the value may be null here. */
export function mayBeNull(value: object): boolean {
  return values.has(value) && !tested.includes(value);
}
