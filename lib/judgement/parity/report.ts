/** Reports of comparisons: a line for each system, and tables of differences with a column for each environment. */

import { markdownTable } from "../../common/markdown";
import { table } from "../../common/table";
import { code } from "../markdown";
import type { Comparison, DeclaredDifference, PlaceOfDifference } from "./index";

/** An output format. */
interface Form {
  title(text: string): string;
  /** A place or a value. */
  code(text: string): string;
  table(head: readonly string[], rows: readonly (readonly string[])[]): string;
}

const TERMINAL: Form = { title: (text) => `${text}:`, code: (text) => text, table };

const MARKDOWN: Form = {
  title: (text) => `### ${text}\n`,
  code,
  table: markdownTable,
};

export function reportForTerminal(comparisons: readonly Comparison[]): string {
  return comparisons.map((comparison) => report(comparison, TERMINAL)).join("\n\n");
}

export function reportAsMarkdown(comparisons: readonly Comparison[]): string {
  return comparisons
    .map((comparison) => `## Parity of ${comparison.system}\n\n${report(comparison, MARKDOWN)}`)
    .join("\n\n");
}

function report(comparison: Comparison, form: Form): string {
  const { environments, undeclared, declared, sizing } = comparison;
  const groups = [
    { title: "Undeclared differences", places: undeclared, more: [] },
    { title: "Declared differences", places: declared, more: ["declared", "reason"] },
    { title: "Differences in sizing", places: sizing, more: [] },
  ];
  const tables = groups
    .filter(({ places }) => places.length > 0)
    .map(({ title, places, more }) => {
      const rows = places.map((one) => [
        form.code(one.place),
        ...cells(one, environments).map((cell) => (cell === null ? "(absent)" : form.code(cell))),
        ...reasons(one),
      ]);
      return `${form.title(title)}\n${form.table(["place", ...environments, ...more], rows)}`;
    });
  return [summary(comparison), ...tables].join("\n\n");
}

/** `shop: 2 environments (dev, prod), 12 calls, 80 inputs compared; differences: 0 undeclared, 0 declared, 9 in sizing` */
function summary(comparison: Comparison): string {
  const { system, environments, ending, calls, inputs, undeclared, declared, sizing } = comparison;
  const left = ending.length === 0 ? "" : `; not compared, because they end: ${ending.join(", ")}`;
  const counts = `${undeclared.length} undeclared, ${declared.length} declared, ${sizing.length} in sizing`;
  return `${system}: environments: ${environments.length} (${environments.join(", ")}), calls: ${calls}, inputs compared: ${inputs}; differences: ${counts}${left}`;
}

function reasons(one: PlaceOfDifference | DeclaredDifference): string[] {
  if (!("declarations" in one)) return [];
  return [
    one.declarations.map(({ environment }) => environment).join(", "),
    [...new Set(one.declarations.map(({ reason }) => reason))].join("; "),
  ];
}

const WIDTH = 40;
/** Number of characters before the first difference in a long value. */
const CONTEXT = 8;

/** Shortens long values to the part around their first difference. */
function cells({ values }: PlaceOfDifference, environments: readonly string[]): (string | null)[] {
  const texts = environments.map((environment) => values[environment] ?? null);
  const known = texts.filter((text) => text !== null);
  const start = Math.max(0, commonPrefix(known) - CONTEXT);
  return texts.map((text) => (text === null || text.length <= WIDTH ? text : excerpt(text, start)));
}

function excerpt(text: string, start: number): string {
  const from = start + WIDTH >= text.length ? Math.max(0, text.length - WIDTH) : start;
  const end = from + WIDTH;
  return `${from > 0 ? "…" : ""}${text.slice(from, end)}${end < text.length ? "…" : ""}`;
}

function commonPrefix([first = "", ...others]: readonly string[]): number {
  const at = Array.from({ length: first.length }, (_, i) => i).find((i) =>
    others.some((other) => other[i] !== first[i]),
  );
  return at ?? 0;
}
