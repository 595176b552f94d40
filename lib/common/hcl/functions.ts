/**
 * Terraform's built-in functions with the names of their parameters; `...` marks a variadic parameter. `.ci/functions`
 * generates the table.
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
import table from "./function-parameters.json";
import { childrenOf, type HclExpression } from "./syntax";

const FUNCTIONS = new Map<string, readonly string[]>(Object.entries(table));

/** The first invalid call in an expression; undefined if every call is valid. Provider functions are not checked. */
export function problemOfCalls(expression: HclExpression): string | undefined {
  const own = expression.kind === "call" ? problemOfCall(expression) : undefined;
  return own ?? firstOf(childrenOf(expression), problemOfCalls);
}

type Call = Extract<HclExpression, { readonly kind: "call" }>;

function problemOfCall({ name, arguments: values, expand }: Call): string | undefined {
  if (name.startsWith("provider::")) return undefined;
  const parameters = FUNCTIONS.get(name.replace(/^core::/, ""));
  if (parameters === undefined) return `got the function ${name}; allowed: ${nearest(name).join(", ")}`;
  const isOpen = parameters.at(-1)?.endsWith("...") ?? false;
  const least = parameters.length - (isOpen ? 1 : 0);
  const isEnough = expand || values.length >= least;
  if (isEnough && (isOpen || values.length <= parameters.length)) return undefined;
  return `got ${values.length} arguments for ${name}; allowed: ${name}(${parameters.join(", ")})`;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const SHOWN = 3;

/** The function names with the smallest edit distance from an unknown one. */
function nearest(name: string): string[] {
  const ranked = [...FUNCTIONS.keys()].map((known) => ({ known, distance: distance(name, known) }));
  return ranked
    .sort((one, other) => one.distance - other.distance)
    .slice(0, SHOWN)
    .map(({ known }) => known);
}

/** Damerau-Levenshtein distance: insertions, deletions, substitutions, and swaps of two neighbours. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= to.length; j++) {
      const replaced = cell(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(replaced, cell(i - 1, j) + 1, cell(i, j - 1) + 1, isSwap ? cell(i - 2, j - 2) + 1 : replaced));
    }
  }
  return cell(from.length, to.length);
}
