/** Proves the rows of a file on a table of cases. */
import type { ResourceInstance } from "../../../lib/configuration";
import type { ResourceGuardrail } from "../../../lib/guardrails/guardrail";
import { judgeAll } from "./fixture";

/** What stands in the root, and the verdicts on every resource that the row looks at. */
export type Case = readonly [sentence: string, resources: readonly ResourceInstance[], ...verdicts: string[]];

export function proveRows<Id extends string>(
  rows: readonly ResourceGuardrail<Id>[],
  cases: { readonly [id in Id]: readonly Case[] },
): void {
  describe.each(rows.map((row) => [row.id, row] as const))("%s", (id, row) => {
    test.each(cases[id].map(([sentence, resources, ...verdicts]) => [sentence, resources, verdicts] as const))(
      "%s",
      (_sentence, resources, verdicts) => {
        expect(judgeAll(row, resources)).toEqual(verdicts);
      },
    );
  });

  test("every row holds somewhere, and is broken somewhere", () => {
    const unproven = rows.filter(({ id }) => {
      const outcomes = cases[id].map(([, , ...verdicts]) => verdicts);
      const holds = outcomes.some((verdicts) => verdicts.every((verdict) => verdict === "holds"));
      return !holds || !outcomes.flat().some((verdict) => verdict.startsWith("broken: "));
    });
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });
}
