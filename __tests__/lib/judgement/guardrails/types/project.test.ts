/** Types that a project has judged itself. */

import { checkedJudgements } from "../../../../../lib/generator/synth/project-judgement";
import { isJudgedByProject } from "../../../../../lib/judgement/guardrails/types/project";

const WHOLE = { type: "random_pet", reason: "A name, and nothing else.", owner: "platform", day: "2026-11-01" };
const TODAY = "2026-11-29";

test("a type is judged by name, or with every type of its provider", () => {
  const judged = checkedJudgements(
    [WHOLE, { ...WHOLE, type: undefined, provider: "null" }].map(withoutUndefined),
    TODAY,
  );
  expect(
    ["random_pet", "random_password", "null_resource", "nullable_thing"].map((type) => isJudgedByProject(type, judged)),
  ).toEqual([true, false, true, false]);
});

test.each<[string, object, string]>([
  ["without a reason", { reason: " " }, "judged.0.reason"],
  ["without an owner", { owner: "" }, "judged.0.owner"],
  ["without a day", { day: "soon" }, "judged.0.day"],
  ["in the future", { day: "2026-11-30" }, 'got day "2026-11-30"; allowed: no later than 2026-11-29'],
])("a judgement %s is refused", (_, change, message) => {
  expect(() => checkedJudgements([{ ...WHOLE, ...change }], TODAY)).toThrow(message);
});

test("a judgement of both, or with an unknown kind, is refused", () => {
  expect(() => checkedJudgements([{ ...WHOLE, provider: "random" }], TODAY)).toThrow("judged.0");
  expect(() => checkedJudgements([{ ...WHOLE, until: "2026-12-01" }], TODAY)).toThrow("judged.0");
});

function withoutUndefined(one: object): object {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));
}
