/** Functions and imported names of a migration's source. */
import type { PythonNode } from "./python-tree";

export interface PythonSource {
  /** All code that `upgrade` may run: the whole file except imports and the body of `downgrade`. */
  readonly nodes: readonly PythonNode[];
  /** The statements of a function of the file's outermost level; undefined if there is none of this name. */
  body(name: string): readonly PythonNode[] | undefined;
  /** What a name was imported from: `sqlalchemy` for `sa`, `alembic.op` for `op` and for the name of a batch. */
  readonly imported: ReadonlyMap<string, string>;
  /** Functions and classes of the file, which are read along. */
  readonly defined: ReadonlySet<string>;
}

export function pythonSource(script: PythonNode): PythonSource {
  const functions = script.children
    .map((statement) => (statement.kind === "DecoratedStatement" ? statement.last : statement))
    .filter((statement) => statement?.kind === "FunctionDefinition");
  /** Of two functions of one name Python keeps the last one; here both are read, as one. */
  const bodies = (name: string) =>
    functions.filter((one) => one?.child("VariableName")?.text === name).flatMap((one) => one?.child("Body") ?? []);
  const undone = bodies("downgrade");
  const isUndone = (node: PythonNode) => node.kind === "Body" && undone.some((body) => body.is(node));
  const read = [...script.all(isUndone)];
  const nodes = [...script.all((node) => node.kind === "ImportStatement" || isUndone(node))];
  return {
    nodes,
    body(name) {
      const found = bodies(name);
      return found.length === 0 ? undefined : found.flatMap(({ children }) => children.filter(isStatement));
    },
    imported: new Map([
      ...read.filter(({ kind }) => kind === "ImportStatement").flatMap(importsOf),
      ...nodes.filter(({ kind }) => kind === "WithStatement").flatMap(batchesOf),
    ]),
    defined: new Set(nodes.filter(isDefinition).flatMap((node) => node.child("VariableName")?.text ?? [])),
  };
}

function isStatement({ kind }: PythonNode): boolean {
  return kind !== ":" && kind !== ";" && kind !== "Comment";
}

function isDefinition({ kind }: PythonNode): boolean {
  return kind === "FunctionDefinition" || kind === "ClassDefinition";
}

/** `import a.b as c` is [c, a.b]; `from a import b as c, d` is [c, a.b] and [d, a.d]. */
function importsOf(statement: PythonNode): [string, string][] {
  const words = statement.children.filter(({ kind }) => kind !== "(" && kind !== ")").map(({ text }) => text);
  const middle = words.indexOf("import");
  const from = words[0] === "from" ? words.slice(1, middle).join("") : undefined;
  const names = words
    .slice(middle + 1)
    .join(" ")
    .split(",");
  return names
    .filter((name) => name.trim() !== "")
    .map((name): [string, string] => {
      const [path = "", alias] = name.split(" as ").map((part) => part.replaceAll(" ", ""));
      if (from !== undefined) return [alias ?? path, `${from}.${path}`];
      const [root = path] = path.split(".");
      return alias === undefined ? [root, root] : [alias, path];
    });
}

/** The names of `with op.batch_alter_table(…) as <name>`, which have the same operations as `op`. */
function batchesOf(statement: PythonNode): [string, string][] {
  return statement.children.flatMap((node): [string, string][] => {
    const [as, name] = [node.next, node.next?.next];
    const isBatch = node.kind === "CallExpression" && node.first?.last?.text === "batch_alter_table";
    return isBatch && as?.kind === "as" && name?.kind === "VariableName" ? [[name.text, "alembic.op"]] : [];
  });
}
