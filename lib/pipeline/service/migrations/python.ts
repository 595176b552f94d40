/** Judges whether an Alembic migration destroys data, and whether it can be rolled back. */
import { type Effect, effectOfBuiltin, effectOfImported, effectOfMethod } from "./alembic";
import { type Call, callOf, firstOfChain } from "./calls";
import type { MigrationFinding } from "./finding";
import { type PythonSource, pythonSource } from "./python-source";
import { pythonString } from "./python-strings";
import { loadPythonParser, type PythonNode } from "./python-tree";
import type { SqlJudge } from "./sql";

export type PythonJudge = (text: string) => MigrationFinding[];

/** @returns a judge to which a file that holds nothing, such as `__init__.py`, has no findings */
export async function loadPythonJudge(judgeSql: SqlJudge): Promise<PythonJudge> {
  const parse = await loadPythonParser();
  return (text) => {
    const script = parse(text);
    if (script.children.every(isNoStatement)) return [];
    const source = pythonSource(script);
    return [
      ...source.nodes
        .filter(({ kind }) => kind === "CallExpression")
        .flatMap((node) => judgeCall(callOf(node), source, judgeSql)),
      ...source.nodes.flatMap((node) => oddity(node, source)),
      ...oneWay(source),
    ].sort((a, b) => a.line - b.line);
  };
}

function judgeCall(call: Call, source: PythonSource, judgeSql: SqlJudge): MigrationFinding[] {
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
function judgeStatement(call: Call, source: PythonSource, what: string, judgeSql: SqlJudge): MigrationFinding[] {
  if (call.arguments.length === 0) return [];
  const given = statementOf(call);
  const made = given?.kind === "CallExpression" ? callOf(firstOfChain(given)) : undefined;
  const isText = made?.isRooted === true && effectOf(made, source) === "makes a text";
  const sql = pythonString(isText ? statementOf(made) : given);
  if (sql !== undefined) {
    const findings = judgeSql(sql.value.replace(BIND, "$$1"));
    return findings.map((finding) => ({ ...finding, line: sql.lineOf(finding.line) }));
  }
  const isBuilt =
    made !== undefined && BUILDERS.has(made.path.at(-1) ?? "") && !source.defined.has(made.path.join("."));
  return isBuilt ? [] : [{ line: call.line, what, why: "not understood" }];
}

/** A parameter of SQLAlchemy's `text()`, `:name`, which is `$1` in PostgreSQL. `\:` and `::` are no parameters. */
const BIND = /(?<![:\w\\]):(\w+)(?!:)/g;

function statementOf(call: Call): PythonNode | undefined {
  const places = [undefined, "sqltext", "statement", "text"];
  const nodes = call.arguments.find(({ keyword }) => places.includes(keyword))?.nodes ?? [];
  return nodes.length === 1 ? nodes[0] : undefined;
}

/** Statements of SQLAlchemy that destroy nothing. Their arguments are judged on their own. */
const BUILDERS = new Set(["insert", "select", "update"]);

/** Code that is no call and may still run one: an operation that is passed on, a decorator, invalid Python. */
function oddity(node: PythonNode, { imported }: PythonSource): MigrationFinding[] {
  const { kind, line } = node;
  const notUnderstood = (what: string): MigrationFinding[] => [{ line, what, why: "not understood" }];
  if (node.isBroken) return notUnderstood("Python that cannot be parsed");
  if (kind === "Decorator") return notUnderstood("@");
  const origin = kind === "VariableName" ? imported.get(node.text) : undefined;
  const operation = origin === "alembic.op" ? memberOf(node) : origin?.startsWith("alembic.op.") ? node : undefined;
  const isCalled = operation?.parent?.kind === "CallExpression" && operation.is(operation.parent.first);
  return operation === undefined || isCalled ? [] : notUnderstood(operation.text);
}

/** `op.drop_table` for its `op`. */
function memberOf(node: PythonNode): PythonNode | undefined {
  return node.parent?.kind === "MemberExpression" && node.is(node.parent.first) ? node.parent : undefined;
}

function oneWay(source: PythonSource): MigrationFinding[] {
  const [upgrade, downgrade] = [source.body("upgrade"), source.body("downgrade")];
  if (upgrade === undefined) return [{ line: 1, what: "no upgrade()", why: "not understood" }];
  if (downgrade === undefined) return [{ line: 1, what: "no downgrade()", why: "not reversible" }];
  if (doesNothing(upgrade) || !doesNothing(downgrade)) return [];
  return [{ line: downgrade[0]?.line ?? 1, what: "a downgrade() that undoes nothing", why: "not reversible" }];
}

/** Nothing but `pass`, a text, `return`, or an error at once. */
function doesNothing(statements: readonly PythonNode[]): boolean {
  const [first, ...rest] = statements.filter((statement) => !isNoStatement(statement));
  if (first === undefined || first.kind === "RaiseStatement") return true;
  return [first, ...rest].every(({ text }) => /^return(?:\s+None)?$/.test(text));
}

function isNoStatement({ kind, children }: PythonNode): boolean {
  const isValue = children.every((child) => ["String", "ContinuedString", "Ellipsis"].includes(child.kind));
  return kind === "PassStatement" || kind === "Comment" || (kind === "ExpressionStatement" && isValue);
}

function shown({ path, arguments: given }: Call): string {
  const first = (given[0]?.nodes ?? []).map(({ text }) => text.replace(/\s+/g, " ")).join(" ");
  const isLong = given.length > 1 || first.length > 40;
  return `${path.join(".") || "(…)"}(${first.slice(0, 40)}${isLong ? "…" : ""})`;
}
