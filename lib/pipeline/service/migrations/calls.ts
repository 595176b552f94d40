/** A call of Python by the names that it is made by, and its arguments. */
import type { PythonNode } from "./python-tree";

export interface Call {
  /** The names before the bracket: `["op", "drop_table"]`; empty if a value is called. */
  readonly path: readonly string[];
  /** Whether the path begins with a name, and not with another expression. */
  readonly isRooted: boolean;
  readonly arguments: readonly Argument[];
  readonly line: number;
}

export interface Argument {
  /** Name of a keyword, `*` or `**`; undefined if it counts by its place. */
  readonly keyword: string | undefined;
  /** One node, or several for a generator expression without brackets of its own. */
  readonly nodes: readonly PythonNode[];
}

/** @param node of the kind `CallExpression` */
export function callOf(node: PythonNode): Call {
  const path: string[] = [];
  let called = node.first;
  while (called?.kind === "MemberExpression" && called.last?.kind === "PropertyName") {
    path.unshift(called.last.text);
    called = called.first;
  }
  const isRooted = called?.kind === "VariableName";
  if (isRooted) path.unshift(called?.text ?? "");
  const line = (node.first?.last ?? node.first ?? node).line;
  return { path, isRooted, arguments: argumentsOf(node.child("ArgList")), line };
}

/** The call that a chain of calls begins with: `sa.text(…)` in `sa.text(…).bindparams(…)`. */
export function firstOfChain(node: PythonNode): PythonNode {
  let object = node.first;
  while (object?.kind === "MemberExpression") object = object.first;
  return object?.kind === "CallExpression" ? firstOfChain(object) : node;
}

function argumentsOf(list: PythonNode | undefined): Argument[] {
  const parts: PythonNode[][] = [[]];
  for (const node of list?.children ?? []) {
    if (node.kind === ",") parts.push([]);
    else if (!["(", ")", "Comment"].includes(node.kind)) parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0).map(argumentOf);
}

function argumentOf(nodes: readonly PythonNode[]): Argument {
  const [first, second] = nodes;
  if (first?.kind === "*" || first?.kind === "**") return { keyword: first.kind, nodes: nodes.slice(1) };
  const isNamed = first?.kind === "VariableName" && second?.kind === "AssignOp";
  return isNamed ? { keyword: first.text, nodes: nodes.slice(2) } : { keyword: undefined, nodes };
}
