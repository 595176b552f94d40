/** The calls that stand in a piece of Python. */
import type { PythonToken } from "./python-tokens";

export interface Call {
  /** The names before the bracket: `["op", "drop_table"]`; empty where a value is called. */
  readonly path: readonly string[];
  /** Whether the path begins with a name, and not with what another expression gives. */
  readonly isRooted: boolean;
  readonly arguments: readonly Argument[];
  readonly line: number;
}

export interface Argument {
  /** Name of a keyword, `*` or `**`; undefined where it counts by its place. */
  readonly keyword: string | undefined;
  readonly tokens: readonly PythonToken[];
}

const KEYWORDS = new Set(
  "and as assert async await case class def del elif else except for from global if in is lambda match nonlocal not or raise return while with yield".split(
    " ",
  ),
);

export function callsIn(tokens: readonly PythonToken[]): Call[] {
  return tokens.flatMap(({ kind, text }, at) => {
    const call = kind === "symbol" && text === "(" ? callAt(tokens, at) : undefined;
    return call === undefined ? [] : [call];
  });
}

function callAt(tokens: readonly PythonToken[], bracket: number): Call | undefined {
  const before = tokens[bracket - 1];
  const called = { arguments: argumentsAt(tokens, bracket), line: before?.line ?? 1 };
  if (before?.kind === "symbol" && (before.text === ")" || before.text === "]")) {
    return { ...called, path: [], isRooted: false };
  }
  if (before?.kind === "string") return { ...called, path: [], isRooted: false };
  if (before?.kind !== "name" || KEYWORDS.has(before.text)) return undefined;
  const path = [before.text];
  let at = bracket - 1;
  while (tokens[at - 1]?.text === "." && tokens[at - 2]?.kind === "name") {
    at -= 2;
    path.unshift(tokens[at]?.text ?? "");
  }
  const preceding = tokens[at - 1];
  if (preceding?.kind === "name" && (preceding.text === "def" || preceding.text === "class")) return undefined;
  return { ...called, path, isRooted: preceding?.text !== "." || preceding.kind !== "symbol" };
}

function argumentsAt(tokens: readonly PythonToken[], bracket: number): Argument[] {
  const parts: PythonToken[][] = [[]];
  let depth = 0;
  for (let at = bracket; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const isSymbol = token.kind === "symbol";
    if (isSymbol && ")]}".includes(token.text) && --depth === 0) break;
    if (isSymbol && token.text === "," && depth === 1) parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (isSymbol && "([{".includes(token.text)) depth++;
  }
  return parts.filter((part) => part.length > 0).map(argumentOf);
}

function argumentOf(tokens: readonly PythonToken[]): Argument {
  const [first, second, third] = tokens;
  if (first?.text === "*" && first.kind === "symbol") {
    return { keyword: second?.text === "*" ? "**" : "*", tokens: tokens.slice(1) };
  }
  const isNamed = first?.kind === "name" && second?.text === "=" && third?.text !== "=";
  return isNamed ? { keyword: first.text, tokens: tokens.slice(2) } : { keyword: undefined, tokens };
}
