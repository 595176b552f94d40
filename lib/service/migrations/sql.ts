/** Which statements of SQL take data away. What is not known to keep it counts as taking it. */
import type { Finding } from "./finding";
import { type SqlToken, sqlTokens } from "./sql-tokens";

/**
 * Words that begin a statement which is understood. UPDATE and INSERT are the ways in which data is moved, and count as
 * keeping it. DO, CALL, EXECUTE, COPY and MERGE run what does not stand here.
 * @see https://www.postgresql.org/docs/current/sql-commands.html
 */
const UNDERSTOOD = new Set(
  "ALTER ANALYZE BEGIN CLUSTER COMMENT COMMIT CREATE DROP END GRANT INSERT LOCK REFRESH REINDEX RELEASE RESET REVOKE ROLLBACK SAVEPOINT SELECT SET SHOW START UPDATE VACUUM VALUES WITH".split(
    " ",
  ),
);

/** What can be made again out of what stays. CASCADE takes along what cannot. */
const HARMLESS_OBJECTS = new Set("AGGREGATE FUNCTION INDEX POLICY PROCEDURE RULE TRIGGER VIEW".split(" "));

/** What DROP may name within ALTER TABLE; all else there is a column, whose COLUMN may be left out. */
const HARMLESS_PARTS = new Set(["CONSTRAINT", "DEFAULT", "NOT"]);

/** A SELECT stands in a migration for what its functions do; these are known to do no harm. */
export const HARMLESS_FUNCTIONS = new Set(
  "COALESCE CONCAT COUNT CURRENT_SETTING CURRENT_TIMESTAMP EXISTS GEN_RANDOM_UUID GREATEST LEAST LENGTH LOWER MAX MIN NEXTVAL NOW NULLIF PG_GET_SERIAL_SEQUENCE SET_CONFIG SETVAL SUM TRIM UPPER".split(
    " ",
  ),
);

export function judgeSql(sql: string): Finding[] {
  return statementsOf(sqlTokens(sql)).flatMap((statement) => {
    const [first] = statement;
    if (first === undefined) return [];
    const why = judge(statement);
    return why === undefined ? [] : [{ line: first.line, what: shown(statement), why }];
  });
}

function statementsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "symbol" && token.text === ";") statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements;
}

function judge(statement: readonly SqlToken[]): "destructive" | "not understood" | undefined {
  const words = statement.map((token) => (token.kind === "word" ? token.text : undefined));
  const [first] = words;
  if (first === "DELETE" || first === "TRUNCATE" || words.some((_, at) => takesData(words, at))) return "destructive";
  const isClear = first !== undefined && UNDERSTOOD.has(first) && statement.every(({ kind }) => kind !== "broken");
  const isQuery = first === "SELECT" || (first === "WITH" && !words.includes("INSERT") && !words.includes("UPDATE"));
  return isClear && !(isQuery && callsUnknown(statement)) ? undefined : "not understood";
}

type Words = readonly (string | undefined)[];

function takesData(words: Words, at: number): boolean {
  const next = words[at + 1];
  if (words[at] === "DELETE") return next === "FROM";
  if (words[at] === "ALTER") return at > 0 && changesType(words, at);
  if (words[at] !== "DROP") return false;
  const harmless = at === 0 ? HARMLESS_OBJECTS : HARMLESS_PARTS;
  return words.includes("CASCADE") || next === undefined || !harmless.has(next);
}

/** ALTER [COLUMN] <name> [SET DATA] TYPE, and ALTER ATTRIBUTE likewise. */
function changesType(words: Words, at: number): boolean {
  const name = at + (words[at + 1] === "COLUMN" || words[at + 1] === "ATTRIBUTE" ? 2 : 1);
  const type = name + (words[name + 1] === "SET" && words[name + 2] === "DATA" ? 3 : 1);
  return words[type] === "TYPE";
}

function callsUnknown(statement: readonly SqlToken[]): boolean {
  return statement.some(
    ({ kind, text }, at) =>
      statement[at + 1]?.text === "(" &&
      (kind === "quoted" || (kind === "word" && !HARMLESS_FUNCTIONS.has(text) && !NO_FUNCTIONS.has(text))),
  );
}

/** Words that may stand before a bracket and are no functions. */
const NO_FUNCTIONS = new Set("ALL AND ANY AS BY DISTINCT FILTER FROM IN NOT ON OR OVER SELECT USING WHERE".split(" "));

/** Without the values, which may be somebody's. */
function shown(statement: readonly SqlToken[]): string {
  const text = statement.map(({ kind, text }) => (kind === "string" ? "'…'" : text)).join(" ");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
