/** A migration's source by its parts: its functions, and what its names stand for. */
import { type PythonToken, pythonTokens } from "./python-tokens";

export interface PythonSource {
  /** All that `upgrade` may run: the whole file but for the body of `downgrade`. */
  readonly tokens: readonly PythonToken[];
  /** The body of a function of the file's outermost level; undefined where there is none of this name. */
  body(name: string): readonly PythonToken[] | undefined;
  /** What a name was imported from: `sqlalchemy` for `sa`, `alembic.op` for `op` and for the name of a batch. */
  readonly imported: ReadonlyMap<string, string>;
  /** Functions and classes of the file, which are read along. */
  readonly defined: ReadonlySet<string>;
}

type Line = readonly PythonToken[];

export function pythonSource(text: string): PythonSource {
  const lines = linesOf(pythonTokens(text));
  const functions = functionsOf(lines);
  const undone = new Set(functions.get("downgrade"));
  const read = lines.filter((line) => !undone.has(line));
  return {
    tokens: read.filter((line) => !isImport(line)).flat(),
    body(name) {
      const [header, ...rest] = functions.get(name) ?? [];
      return header && [...header.slice(endOfHeader(header)), ...rest.flat()];
    },
    imported: new Map([...read.filter(isImport).flatMap(importsOf), ...read.flatMap(batchesOf)]),
    defined: new Set(read.flatMap(definitionsOf)),
  };
}

/** Each with the newline that ends it; what stands behind a semicolon is a line of its own. */
function linesOf(tokens: readonly PythonToken[]): Line[] {
  const lines: PythonToken[][] = [[]];
  for (const token of tokens) {
    lines.at(-1)?.push(token);
    if (token.kind === "newline" || (token.kind === "symbol" && token.text === ";")) lines.push([]);
  }
  return lines.filter((line) => line.some(({ kind }) => kind !== "newline"));
}

/**
 * Lines of each function of the outermost level: its own, and those that are indented below it. Of two functions of one
 * name Python keeps the last one; here both are read, as one.
 */
function functionsOf(lines: readonly Line[]): Map<string, Line[]> {
  const functions = new Map<string, Line[]>();
  let current: string | undefined;
  for (const line of lines) {
    const [first, second, third] = line;
    if (first?.column === 0) {
      current = first.text === "def" ? second?.text : first.text === "async" ? third?.text : undefined;
    }
    if (current === undefined) continue;
    const own = functions.get(current) ?? [];
    functions.set(current, own);
    own.push(line);
  }
  return functions;
}

/** Position behind the colon that ends the header of a function. */
function endOfHeader(line: Line): number {
  let depth = 0;
  const colon = line.findIndex(({ kind, text }) => {
    if (kind !== "symbol") return false;
    depth += "([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0;
    return depth === 0 && text === ":";
  });
  return colon + 1;
}

function isImport([first]: Line): boolean {
  return first?.kind === "name" && (first.text === "import" || first.text === "from");
}

/** `import a.b as c` is [c, a.b]; `from a import b as c, d` is [c, a.b] and [d, a.d]. */
function importsOf(line: Line): [string, string][] {
  const words = line.map(({ text }) => text).filter((word) => !["", ";", "(", ")"].includes(word));
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
function batchesOf(line: Line): [string, string][] {
  if (!line.some(({ text }) => text === "batch_alter_table")) return [];
  return line.flatMap(({ text }, at): [string, string][] => {
    const name = line[at + 1]?.text;
    return text === "as" && name !== undefined ? [[name, "alembic.op"]] : [];
  });
}

function definitionsOf(line: Line): string[] {
  return line.flatMap(({ text }, at) => {
    const name = line[at + 1]?.text;
    return (text === "def" || text === "class") && name !== undefined ? [name] : [];
  });
}
