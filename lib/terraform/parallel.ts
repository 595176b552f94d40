/** Many runs of Terraform at once. */
import { availableParallelism } from "node:os";

/**
 * Does the work for all items, as many at a time as there are processors.
 * Results come in the order of the items. After a failure no other item begins, and the running ones are awaited.
 */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [position, item] of queue) {
      if (failed) return;
      try {
        results.set(position, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
