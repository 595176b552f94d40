/** The mask map: how each column of the database is masked. */
import { z } from "zod";
import { type Column, columnName, tableName } from "./catalog";

/**
 * - `keep`: the column has no personal data. The check reads it all the same.
 * - `email`: one address, which becomes `user-<id>@example.invalid`.
 * - `text`: text, JSON or an array, in which addresses are replaced.
 * - `token`: a credential, which becomes a random UUID.
 * - `truncate`: the table loses all its rows. All its columns have this method.
 */
const METHODS = ["keep", "email", "text", "token", "truncate"] as const;

export type MaskMap = Readonly<Record<string, (typeof METHODS)[number]>>;

const MASK_MAP = z.record(z.string(), z.enum(METHODS));

export function parseMaskMap(text: string): MaskMap {
  return MASK_MAP.parse(JSON.parse(text));
}

/** @throws Error that lists every difference between the map and the columns, and every method that a column cannot have */
export function checkMaskMap(map: MaskMap, columns: readonly Column[]): void {
  const names = new Set(columns.map(columnName));
  const truncated = truncatedTables(map, columns);
  const problems = [
    ...columns.flatMap((column) => problemsOf(column, map, truncated)),
    ...Object.keys(map)
      .filter((name) => !names.has(name))
      .map((name) => `${name}: got a column of the mask map that the database does not have`),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

export function truncatedTables(map: MaskMap, columns: readonly Column[]): Set<string> {
  return new Set(columns.filter((column) => map[columnName(column)] === "truncate").map(tableName));
}

function problemsOf(column: Column, map: MaskMap, truncated: ReadonlySet<string>): string[] {
  const method = map[columnName(column)];
  const problem = (got: string, allowed: string) => [`${columnName(column)}: got ${got}; allowed: ${allowed}`];
  if (method === undefined) return problem("a column that the mask map does not have", METHODS.join(", "));
  if (truncated.has(tableName(column)) && method !== "truncate") {
    return problem(method, "truncate, as for another column of the table");
  }
  if (method === "email" && (column.isArray || column.typeCategory !== "S")) {
    return problem(`email for the type ${column.declaredType}`, "email for text");
  }
  return [];
}
