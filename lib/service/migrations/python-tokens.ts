/** The words of Python: names, strings with their values, and where a logical line ends. */

export interface PythonToken {
  readonly kind: "name" | "string" | "number" | "symbol" | "newline" | "broken";
  readonly text: string;
  /** From 1 on. */
  readonly line: number;
  /** From 0 on. */
  readonly column: number;
  /** What a string stands for; undefined where only the run of the program tells. */
  readonly value?: string;
}

/** @see https://docs.python.org/3/reference/lexical_analysis.html */
const TOKEN = new RegExp(
  [
    String.raw`(?<space>[ \t\f\r]+|\\\r?\n|#[^\n]*)`,
    String.raw`(?<newline>\n)`,
    String.raw`(?<string>(?<prefix>[rRbBfFuUtT]{0,2})(?<quotes>"""|'''|"|')(?<content>(?:\\[^]|(?!\k<quotes>)[^])*)\k<quotes>)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<number>\.?\d[\w.]*)`,
    String.raw`(?<broken>["'\\])`,
    "(?<symbol>[^])",
  ].join("|"),
  "uy",
);

const KINDS = ["newline", "string", "name", "number", "broken", "symbol"] as const;

/** A line that goes on in brackets, or after a backslash, is one. */
export function pythonTokens(source: string): PythonToken[] {
  const tokens: PythonToken[] = [];
  let [line, lineStart, depth] = [1, 0, 0];
  for (let at = 0; at < source.length; ) {
    TOKEN.lastIndex = at;
    const { 0: text = source.slice(at), groups = {} } = TOKEN.exec(source) ?? {};
    const kind = KINDS.find((one) => groups[one] !== undefined);
    if (kind === "symbol") depth += "([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0;
    if (kind === "string") tokens.push(stringToken(groups, { text, line, column: at - lineStart }));
    else if (kind === "newline" && depth === 0) tokens.push({ kind, text: "", line, column: at - lineStart });
    else if (kind !== undefined && kind !== "newline") tokens.push({ kind, text, line, column: at - lineStart });
    const lines = text.split("\n");
    line += lines.length - 1;
    at += text.length;
    if (lines.length > 1) lineStart = at - (lines.at(-1)?.length ?? 0);
  }
  return tokens;
}

function stringToken(
  { prefix = "", quotes = "", content = "" }: { [group: string]: string | undefined },
  place: { readonly text: string; readonly line: number; readonly column: number },
): PythonToken {
  const isTemplate = /[ft]/i.test(prefix) && /[{}]/.test(content);
  // A line of its own cannot be in a string of single quotes: where one is, the string has no end.
  const isOpen = quotes.length === 1 && /(?:^|[^\\])(?:\\\\)*\n/.test(content);
  const value = /r/i.test(prefix) ? content : unescaped(content);
  if (isOpen) return { ...place, kind: "broken" };
  return { ...place, kind: "string", ...(isTemplate || value === undefined ? {} : { value }) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/** Undefined where an escape is one of the rare ones. */
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
