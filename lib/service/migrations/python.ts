/** What an Alembic migration takes away when it runs, and whether it can be taken back. */
import { type Effect, effectOfBuiltin, effectOfImported, effectOfMethod } from "./alembic";
import { type Call, callsIn } from "./calls";
import type { Finding } from "./finding";
import { type PythonSource, pythonSource } from "./python-source";
import type { PythonToken } from "./python-tokens";
import type { SqlJudge } from "./sql";

/** A file that holds nothing, such as `__init__.py`, has no findings. */
export function judgePython(text: string, judgeSql: SqlJudge): Finding[] {
  const source = pythonSource(text);
  if (
    source.body("upgrade") === undefined &&
    source.tokens.every(({ kind }) => kind === "string" || kind === "newline")
  )
    return [];
  return [
    ...callsIn(source.tokens).flatMap((call) => judgeCall(call, source, judgeSql)),
    ...oddities(source),
    ...oneWay(source),
  ].sort((a, b) => a.line - b.line);
}

function judgeCall(call: Call, source: PythonSource, judgeSql: SqlJudge): Finding[] {
  const effect = effectOf(call, source);
  const what = shown(call);
  switch (effect) {
    case "harmless":
    case "makes a text":
      return [];
    case "runs its first argument":
      return judgeStatement(call, source, what, judgeSql);
    case "alters a column":
      return call.arguments.some(({ keyword }) => keyword === "type_" || keyword === "**" || keyword === "*")
        ? [{ line: call.line, what, why: "destructive" }]
        : [];
    default:
      return [{ line: call.line, what, why: effect }];
  }
}

function effectOf({ path, isRooted }: Pick<Call, "path" | "isRooted">, { imported, defined }: PythonSource): Effect {
  const [root = "", ...rest] = path;
  const name = path.at(-1);
  if (name === undefined) return "not understood";
  const origin = isRooted ? imported.get(root) : undefined;
  if (origin !== undefined) return effectOfImported([origin, ...rest].join("."));
  if (isRooted && rest.length === 0)
    return defined.has(root) && root !== "downgrade" ? "harmless" : effectOfBuiltin(root);
  return effectOfMethod(name);
}

/** A result is read with the same words as a statement is run, and then without an argument. */
function judgeStatement(call: Call, source: PythonSource, what: string, judgeSql: SqlJudge): Finding[] {
  if (call.arguments.length === 0) return [];
  const given = statementOf(call);
  const [made] = given === undefined || !isChain(given) ? [] : callsIn(given);
  const isText = made?.isRooted === true && effectOf(made, source) === "makes a text";
  const sql = literal((isText ? statementOf(made) : given) ?? []);
  if (sql !== undefined)
    return judgeSql(sql.value.replace(BIND, "$$1")).map((finding) => ({ ...finding, line: sql.lineOf(finding.line) }));
  const isBuilt =
    made !== undefined && BUILDERS.has(made.path.at(-1) ?? "") && !source.defined.has(made.path.join("."));
  return isBuilt ? [] : [{ line: call.line, what, why: "not understood" }];
}

/** A parameter as SQLAlchemy's `text()` writes it, `:name`, where PostgreSQL has `$1`. `\:` and `::` are none. */
const BIND = /(?<![:\w\\]):(\w+)(?!:)/g;

function statementOf(call: Call): readonly PythonToken[] | undefined {
  const places = [undefined, "sqltext", "statement", "text"];
  return call.arguments.find(({ keyword }) => places.includes(keyword))?.tokens;
}

/** Names and calls with dots between them, and no operator that could choose something else. */
function isChain(tokens: readonly PythonToken[]): boolean {
  let depth = 0;
  const outline = tokens.map(({ kind, text }) => {
    if (kind === "symbol" && ")]}".includes(text)) depth--;
    const shown = depth === 0 ? (kind === "string" ? "'" : text) : "";
    if (kind === "symbol" && "([{".includes(text)) depth++;
    return shown;
  });
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*|\(\))*$/u.test(outline.join(""));
}

/** Statements of SQLAlchemy that take nothing away; what they are given is judged where it stands. */
const BUILDERS = new Set(["insert", "select", "update"]);

interface Literal {
  readonly value: string;
  /** Line of the file, of a line of the value. */
  lineOf(line: number): number;
}

/** A string that stands there in full, perhaps in pieces. */
function literal(tokens: readonly PythonToken[]): Literal | undefined {
  const pieces = tokens.filter(({ kind }) => kind !== "newline");
  if (pieces[0]?.text === "(" && pieces.at(-1)?.text === ")") return literal(pieces.slice(1, -1));
  const values = pieces.map(({ kind, value }) => (kind === "string" ? value : undefined));
  const [first] = pieces;
  if (first === undefined || values.includes(undefined)) return undefined;
  return {
    value: values.join(""),
    lineOf: (line) => (pieces.length === 1 && first.text.includes("\n") ? first.line + line - 1 : first.line),
  };
}

/** What is no call and may still do something: an operation that is handed on, a decorator, a string without an end. */
function oddities({ tokens, imported }: PythonSource): Finding[] {
  return tokens.flatMap((token, at): Finding[] => {
    const { kind, text, line } = token;
    const isDecorator = text === "@" && kind === "symbol" && (at === 0 || tokens[at - 1]?.kind === "newline");
    const origin = kind === "name" && tokens[at - 1]?.text !== "." ? imported.get(text) : undefined;
    const handedOn =
      origin === "alembic.op" && tokens[at + 1]?.text === "."
        ? tokens[at + 3]?.text !== "("
        : origin?.startsWith("alembic.op.") === true && tokens[at + 1]?.text !== "(";
    const what = handedOn ? `${text}${tokens[at + 1]?.text === "." ? `.${tokens[at + 2]?.text}` : ""}` : text;
    return kind === "broken" || isDecorator || handedOn ? [{ line, what, why: "not understood" }] : [];
  });
}

function oneWay(source: PythonSource): Finding[] {
  const [upgrade, downgrade] = [source.body("upgrade"), source.body("downgrade")];
  if (upgrade === undefined) return [{ line: 1, what: "no upgrade()", why: "not understood" }];
  if (downgrade === undefined) return [{ line: 1, what: "no downgrade()", why: "not reversible" }];
  if (doesNothing(upgrade) || !doesNothing(downgrade)) return [];
  return [{ line: downgrade[0]?.line ?? 1, what: "a downgrade() that undoes nothing", why: "not reversible" }];
}

/** Nothing but `pass`, a text, `return`, or an error at once. */
function doesNothing(body: readonly PythonToken[]): boolean {
  const words = body.filter(({ kind }) => kind !== "newline" && kind !== "string").map(({ text }) => text);
  return words[0] === "raise" || words.every((word) => ["pass", ".", "return", "None", ";"].includes(word));
}

function shown({ path, arguments: given }: Call): string {
  const first = given[0]?.tokens.map(({ text }) => text).join("") ?? "";
  const isLong = given.length > 1 || first.length > 40;
  return `${path.join(".") || "(…)"}(${first.slice(0, 40)}${isLong ? "…" : ""})`;
}
