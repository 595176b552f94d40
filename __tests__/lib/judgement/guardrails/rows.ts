/** Tests the rows of a file with a table of cases. */
import type { ResourceInstance, RootConfiguration, RootContent } from "../../../../lib/judgement/configuration";
import type { Guardrail, Verdict } from "../../../../lib/judgement/guardrails/guardrail";
import { rootOf } from "./fixture";

/**
 * The content of the root, and the expected results, `holds` or `broken: publicly_accessible = true`: the verdict on
 * the root, or the verdicts on every resource that the row looks at.
 */
export type Case = readonly [
  sentence: string,
  root: readonly ResourceInstance[] | Partial<RootContent>,
  ...verdicts: string[],
];

export function proveRows<Id extends string>(
  rows: readonly Guardrail<Id>[],
  cases: { readonly [id in Id]: readonly Case[] },
): void {
  describe.each(rows.map((row) => [row.id, row] as const))("%s", (id, row) => {
    test.each(cases[id].map(([sentence, content, ...verdicts]) => [sentence, content, verdicts] as const))(
      "%s",
      (_sentence, content, verdicts) => {
        const root = rootOf([], "length" in content ? { resources: content } : content);
        expect(verdictsOn(root, row).map(told)).toEqual(verdicts);
      },
    );
  });

  test("every row holds in one case, and is broken in another", () => {
    const unproven = rows.filter(({ id }) => {
      const outcomes = cases[id].map(([, , ...verdicts]) => verdicts);
      const holds = outcomes.some((verdicts) => verdicts.every((verdict) => verdict === "holds"));
      return !holds || !outcomes.flat().some((verdict) => verdict.startsWith("broken: "));
    });
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });
}

function verdictsOn(root: RootConfiguration, row: Guardrail): readonly Verdict[] {
  if (row.types === "root") return [row.judgeRoot(root)];
  return row.types.flatMap((type) => root.of(type)).map((resource) => row.judge(resource, root, TODAY));
}

/** The day on which rows are judged. */
export const TODAY = "2026-11-22";

function told(verdict: Verdict): string {
  return "got" in verdict ? `${verdict.outcome}: ${verdict.got}` : verdict.outcome;
}
