/** Escapes names and values in generated Markdown. */

/** A name or value on one line, as a code span whose delimiter is longer than any run of backticks in the text. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s*[\r\n]\s*/g, " ");
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** One line for each row. GitHub reads `\|` as `|` even inside a code span. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map(tableRow).join("\n");
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
