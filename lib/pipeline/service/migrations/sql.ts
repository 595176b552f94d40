/** Finds statements of SQL that destroy data. An unknown statement counts as destroying it. */
import type { RawStmt } from "libpg-query";
import { z } from "zod";
import type { MigrationFinding } from "./finding";
import { isHarmlessFunction } from "./sql-functions";
import { DESTRUCTIVE_STATEMENTS, HARMLESS_OBJECTS, HARMLESS_STATEMENTS, STORED_PARTS } from "./sql-statements";

export type SqlJudge = (sql: string) => MigrationFinding[];

/** Loads PostgreSQL's own parser, which only commands that judge SQL wait for. */
export async function loadSqlJudge(): Promise<SqlJudge> {
  const { loadModule, parseSync, scanSync, SqlError } = await import("libpg-query");
  await loadModule();

  return (sql) => {
    if (sql === "") return [];
    // The parser reads a text up to its first NUL.
    if (sql.includes("\0")) return [unparsed(lineAt(sql.slice(0, sql.indexOf("\0"))))];
    let statements: readonly RawStmt[];
    try {
      statements = parseSync(sql).stmts ?? [];
    } catch (error) {
      const position = error instanceof SqlError ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
      return [unparsed(lineAt(Array.from(sql).slice(0, position).join("")))];
    }
    const bytes = Buffer.from(sql);
    return statements.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
      const why = judge(stmt);
      if (why === undefined) return [];
      const text = bytes.subarray(start, length === undefined ? undefined : start + length).toString();
      return [{ line: lineAt(bytes.subarray(0, start).toString()), what: shown(scanSync(text).tokens), why }];
    });
  };
}

/** The parser's own message repeats a part of the text, which may be a value. */
function unparsed(line: number): MigrationFinding {
  return { line, what: "a statement that PostgreSQL cannot parse", why: "not understood" };
}

function lineAt(before: string): number {
  return before.split("\n").length;
}

function judge(statement: unknown): "destructive" | "not understood" | undefined {
  const parts = [...partsOf(statement)];
  if (parts.some(takesData)) return "destructive";
  return parts.every(isUnderstood) && !parts.some(callsUnknown) ? undefined : "not understood";
}

/** A statement may hold others: in a WITH, or in CREATE SCHEMA. */
function isUnderstood({ kind }: Part): boolean {
  return !kind.endsWith("Stmt") || kind === "DropStmt" || HARMLESS_STATEMENTS.has(kind);
}

interface Part {
  readonly kind: string;
  readonly fields: unknown;
}

/** Every node of a tree that the statement runs. Names of nodes begin with a capital, names of fields do not. */
function* partsOf(value: unknown): Generator<Part> {
  if (typeof value !== "object" || value === null) return;
  for (const [kind, fields] of Object.entries(value)) {
    if (/^[A-Z]/.test(kind)) yield { kind, fields };
    if (STORED_PARTS.has(kind)) continue;
    yield* partsOf(kind === "CreateStmt" ? PARTITION.parse(fields) : isNewDefault(kind, fields) ? undefined : fields);
  }
}

/** A new table has no rows for its defaults and checks, but PostgreSQL evaluates the bounds of a partition. */
const PARTITION = z.object({ partbound: z.unknown().optional() });

const COMMAND = z.object({ subtype: z.string(), behavior: z.string().optional() });

/** ALTER COLUMN … SET DEFAULT counts for rows to come. The default of a new column is evaluated at once. */
function isNewDefault(kind: string, fields: unknown): boolean {
  return kind === "AlterTableCmd" && COMMAND.parse(fields).subtype === "AT_ColumnDefault";
}

const DROP = z.object({ removeType: z.string(), behavior: z.string().optional() });
const CASCADE = "DROP_CASCADE";

function takesData({ kind, fields }: Part): boolean {
  if (kind === "DropStmt") {
    const { removeType, behavior } = DROP.parse(fields);
    return behavior === CASCADE || !HARMLESS_OBJECTS.has(removeType);
  }
  if (kind === "AlterTableCmd") {
    const { subtype, behavior } = COMMAND.parse(fields);
    const isDrop = subtype.startsWith("AT_Drop");
    return subtype === "AT_DropColumn" || subtype === "AT_AlterColumnType" || (isDrop && behavior === CASCADE);
  }
  if (kind === "AlterDomainStmt") return COMMAND.parse(fields).behavior === CASCADE;
  return DESTRUCTIVE_STATEMENTS.has(kind);
}

const CALL = z.object({
  funcname: z.array(z.object({ String: z.object({ sval: z.string() }) })),
  funcformat: z.string().optional(),
});

function callsUnknown({ kind, fields }: Part): boolean {
  if (kind !== "FuncCall") return false;
  const { funcname, funcformat } = CALL.parse(fields);
  // The grammar itself chooses the function: EXTRACT, TRIM, AT TIME ZONE.
  if (funcformat === "COERCE_SQL_SYNTAX") return false;
  return !isHarmlessFunction(funcname.map((part) => part.String.sval));
}

const COMMENTS = ["SQL_COMMENT", "C_COMMENT"];
const STRINGS = ["SCONST", "USCONST", "BCONST", "XCONST"];

/** The words of a statement without its values, which may be personal data. */
function shown(tokens: readonly { readonly tokenName: string; readonly text: string }[]): string {
  const words = tokens.filter(({ tokenName }) => !COMMENTS.includes(tokenName));
  const text = words.map(({ tokenName, text }) => (STRINGS.includes(tokenName) ? "'…'" : text)).join(" ");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
