import { CRITERIA } from "../../../../lib/judgement/assessment/criteria";
import { CIS_CONTROLS, FOUNDATIONAL_CONTROLS } from "../../../../lib/judgement/assessment/security-hub-controls";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";

const ids = CRITERIA.map(({ id }) => id);

/** Number of criteria in each series that the table has. */
const SERIES = { CC1: 5, CC2: 3, CC3: 4, CC4: 2, CC5: 3, CC6: 8, CC7: 5, CC8: 1, CC9: 2, A1: 3, C1: 2 };

test("the table has each criterion of security, availability and confidentiality once, in order", () => {
  const all = Object.entries(SERIES).flatMap(([series, last]) =>
    Array.from({ length: last }, (_, i) => `${series}.${i + 1}`),
  );
  expect(ids).toEqual(all);
});

test.each(CRITERIA.map((criterion) => [criterion.id, criterion] as const))(
  "%s names controls of the standards that the accounts subscribe to, and evidence by people",
  (_id, { controls, subject, byPeople }) => {
    expect(controls.filter((id) => !FOUNDATIONAL_CONTROLS.has(id) && !CIS_CONTROLS.has(id))).toEqual([]);
    expect(new Set(controls).size).toBe(controls.length);
    expect([subject, byPeople].filter((text) => text === "" || text.includes("|"))).toEqual([]);
  },
);

test("a guardrail supports a criterion of the table, or one of processing integrity", () => {
  const named = new Set(GUARDRAILS.flatMap(({ controls }) => ("soc2" in controls ? controls.soc2 : [])));
  const unknown = [...named].filter((id) => !ids.includes(id) && !/^PI1\.[1-5]$/.test(id));
  expect(unknown).toEqual([]);
});
