/** Strings of Python with their values. @see https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals */
import type { PythonNode } from "./python-tree";

export interface PythonString {
  readonly value: string;
  /** Line of the file, of a line of the value. */
  lineOf(line: number): number;
}

/** A string that stands there in full, perhaps in pieces; undefined where only the run of the program gives its value. */
export function pythonString(node: PythonNode | undefined): PythonString | undefined {
  if (node?.kind === "ParenthesizedExpression") {
    const [, inner, end] = node.children;
    return end?.kind === ")" ? pythonString(inner) : undefined;
  }
  const pieces = node?.kind === "ContinuedString" ? node.children : node === undefined ? [] : [node];
  const values = pieces.map(valueIn);
  const [first] = pieces;
  if (first === undefined || values.includes(undefined)) return undefined;
  return {
    value: values.join(""),
    lineOf: (line) => (pieces.length === 1 && first.text.includes("\n") ? first.line + line - 1 : first.line),
  };
}

const STRING = /^(?<prefix>[a-z]{0,2})(?<quotes>"""|'''|"|')(?<content>.*)\k<quotes>$/is;

function valueIn(node: PythonNode): string | undefined {
  if (node.kind !== "String" && node.kind !== "FormatString") return undefined;
  const { prefix = "", content } = STRING.exec(node.text)?.groups ?? {};
  if (content === undefined || (/[ft]/i.test(prefix) && /[{}]/.test(content))) return undefined;
  return /r/i.test(prefix) ? content : unescaped(content);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/** Undefined if an escape is one of the rare ones. */
function unescaped(content: string): string | undefined {
  let rare = false;
  const value = content.replace(/\\(\r?\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.endsWith("\n")) return "";
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    rare ||= /[0-7NUabfvxu]/.test(code);
    return ESCAPES[code] ?? `\\${code}`;
  });
  return rare ? undefined : value;
}
