import fc from "fast-check";
import { increase, ratio, summarize } from "../../../.ci/bench/statistics";

test.each([
  [[3], { median: 3, lowest: 3, highest: 3 }],
  [[5, 1, 9], { median: 5, lowest: 1, highest: 9 }],
  [[10, 1, 2, 4], { median: 3, lowest: 1, highest: 10 }],
])("%j is summarized as its median and its range", (values, summary) => {
  expect(summarize(values)).toEqual(summary);
});

test("the order of the runs does not change a summary", () => {
  const shuffled = fc
    .array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 20 })
    .chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })));
  fc.assert(
    fc.property(shuffled, ([values, others]) => {
      expect(summarize(others)).toEqual(summarize(values));
    }),
  );
});

test("no runs have no summary", () => {
  expect(() => summarize([])).toThrow("summarize: got no values; allowed: one or more");
});

test("a round that is three times as slow does not change a ratio", () => {
  expect(ratio([4, 12, 4], [2, 6, 2])).toEqual({ median: 2, lowest: 2, highest: 2 });
});

test("the cost of a further unit is the difference of a round divided by the number of units", () => {
  expect(increase([11, 21], [2, 3], 9)).toEqual({ median: 1.5, lowest: 1, highest: 2 });
});
