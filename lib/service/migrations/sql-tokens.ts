/** The words of SQL as PostgreSQL reads it: what stands in comments and strings is no word. */

export interface SqlToken {
  readonly kind: "word" | "quoted" | "string" | "number" | "symbol" | "broken";
  /** Words in capitals, all else as it stands there. */
  readonly text: string;
  readonly line: number;
}

/**
 * A dollar-quoted string ends with the tag that it began with. What begins a string or a comment and has no end is broken.
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\n]*)`,
    String.raw`(?<string>[eE]'(?:\\[^]|''|[^'\\])*'|(?:[bBxXnN]|[uU]&)?'(?:''|[^'])*'|\$(?<tag>(?:[A-Za-z_]\w*)?)\$[^]*?\$\k<tag>\$)`,
    '(?<quoted>(?:[uU]&)?"(?:""|[^"])*")',
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<broken>['"\\]|\$(?!\d)|/\*)`,
    "(?<symbol>.)",
  ].join("|"),
  "uy",
);

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let line = 1;
  for (let at = 0; at < sql.length; ) {
    const comment = blockComment(sql, at);
    if (comment !== undefined) {
      line += newlines(comment);
      at += comment.length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    const text = match?.[0] ?? sql.slice(at);
    const kind = KINDS.find((one) => match?.groups?.[one] !== undefined) ?? "broken";
    if (match?.groups?.space === undefined) {
      tokens.push({ kind, text: kind === "word" ? text.toUpperCase() : text, line });
    }
    line += newlines(text);
    at += text.length;
  }
  return tokens;
}

const KINDS = ["string", "quoted", "word", "number", "broken", "symbol"] as const;

/** A comment with those in it; undefined where there is none, or one without an end. */
function blockComment(sql: string, start: number): string | undefined {
  if (!sql.startsWith("/*", start)) return undefined;
  let depth = 0;
  for (let at = start; at < sql.length; at += 2) {
    if (sql.startsWith("/*", at)) depth++;
    else if (sql.startsWith("*/", at)) depth--;
    else at--;
    if (depth === 0) return sql.slice(start, at + 2);
  }
  return undefined;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
