import { setImmediate } from "node:timers/promises";
import { inParallel } from "../../../lib/terraform";

test("results come in the order of the items, whichever is done first", async () => {
  const slowFirst = async (item: number) => {
    for (let turn = item; turn < 20; turn++) await setImmediate();
    return item * 2;
  };
  const items = Array.from({ length: 20 }, (_, item) => item);
  expect(await inParallel(items, slowFirst)).toEqual(items.map((item) => item * 2));
  expect(await inParallel([], slowFirst)).toEqual([]);
});

test("after a failure nothing else begins, and what runs is waited for", async () => {
  const begun: number[] = [];
  const done: number[] = [];
  const items = Array.from({ length: 1000 }, (_, item) => item);
  const failing = inParallel(items, async (item) => {
    begun.push(item);
    await setImmediate();
    if (item === 3) throw new Error("broken");
    done.push(item);
  });
  await expect(failing).rejects.toThrow("broken");
  expect(begun.length).toBeLessThan(items.length);
  expect(done).toEqual(begun.filter((item) => item !== 3));
});
