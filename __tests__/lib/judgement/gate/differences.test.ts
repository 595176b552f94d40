/** Differences between two versions of a resource. */
import fc from "fast-check";
import { differences } from "../../../../lib/judgement/gate/differences";
import type { HclValue } from "../../../../lib/judgement/hcl";

const paths = (before: HclValue, after: HclValue) => differences(before, after).map(({ path }) => path);
const block = (name: string, size: number) => ({ name, size });

test("the path of a difference has the names of the arguments around it", () => {
  expect(paths({ a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 2, d: 2 } })).toEqual(["b.c"]);
  expect(paths({ rule: [block("a", 1)] }, { rule: [block("a", 2)] })).toEqual(["rule.size"]);
  expect(paths({ ids: ["a"] }, { ids: ["a", "b"] })).toEqual(["ids"]);
  expect(paths({}, { rule: [block("a", 1)] })).toEqual(["rule.name", "rule.size"]);
});

test("a block at another index is no difference", () => {
  const blocks = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), size: fc.nat() }), {
    selector: ({ name }) => name,
  });
  fc.assert(
    fc.property(blocks, fc.nat(), (all, by) => {
      const turned = [...all.slice(by % (all.length + 1)), ...all.slice(0, by % (all.length + 1))];
      expect(paths({ rule: all }, { rule: turned })).toEqual([]);
    }),
  );
});

test("a value on one side only is a difference unless it is empty", () => {
  const full = fc.oneof(fc.boolean(), fc.integer(), fc.string({ minLength: 1 }));
  const empty = fc.constantFrom<HclValue>(null, "", [], {});
  fc.assert(
    fc.property(full, empty, empty, (value, one, other) => {
      expect(paths({ a: value }, { a: one })).toEqual(["a"]);
      expect(paths({ a: one }, { a: value })).toEqual(["a"]);
      expect(paths({ a: one }, { a: other })).toEqual([]);
    }),
  );
});

test("an added empty block is a difference", () => {
  const rule = (action: string) => ({ default_action: [{ [action]: [{}] }] });
  expect(paths(rule("block"), rule("allow"))).toEqual(["default_action.block", "default_action.allow"]);
  expect(paths(rule("allow"), rule("allow"))).toEqual([]);
});
