/** Tables of cases for rows: each one a small root and what the row says of it. */
import type { ResourceInstance, RootContent } from "../../../lib/configuration";
import type { Guardrail } from "../../../lib/guardrails/guardrail";
import { judgeAll, judgeRoot } from "./fixture";

/** The row, when, what is in the root, and what comes out: `holds`, or `broken: ` with what was got. */
export type Case = readonly [
  row: string,
  when: string,
  root: readonly ResourceInstance[] | Partial<RootContent>,
  verdict: string,
];

/** @param verdict of a case is that on the worst of the resources */
export function testRows(rows: readonly Guardrail[], cases: readonly Case[]): void {
  test.each(cases)("%s: %s", (id, _, root, verdict) => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw new Error(`got no row ${id}`);
    expect(verdictOn(row, root)).toBe(verdict);
  });

  test.each(rows)("there is a case that keeps $id and one that breaks it", ({ id }) => {
    const outcomes = cases.filter(([row]) => row === id).map(([, , , verdict]) => verdict.split(":")[0]);
    expect(outcomes).toEqual(expect.arrayContaining(["broken"]));
    expect(outcomes).toEqual(expect.arrayContaining(["holds"]));
  });
}

function verdictOn(row: Guardrail, root: Case[2]): string {
  if (row.types === "root") return judgeRoot(row, "length" in root ? {} : root);
  const verdicts = judgeAll(row, "length" in root ? [...root] : []);
  return verdicts.find((one) => one.startsWith("broken")) ?? verdicts.find((one) => one !== "holds") ?? "holds";
}
