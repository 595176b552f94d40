/** Text for Markdown that stays what it is, whatever stands in it: names and values may come from anywhere. */
import { codeSpan } from "../common/markdown";
import { redact } from "./redact";

/** A name or value: nothing in it is read as Markdown, a mention or a link. */
export function code(text: string): string {
  return codeSpan(oneLine(visible(redact(text))));
}

/**
 * A sentence with values in it. Plain words and short numbers are written as they are, everything else as code: GitHub
 * searches the rendered text for references, mentions and addresses, which a backslash does not prevent. It skips code.
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function prose(text: string): string {
  const runs: string[][] = [];
  for (const word of oneLine(visible(redact(text))).split(" ")) {
    const run = runs.at(-1);
    if (run === undefined || [word, ...run].some(isPlain)) runs.push([word]);
    else run.push(word);
  }
  return runs.map((run) => (run.some(isPlain) ? run.join(" ") : codeWithin(run.join(" ")))).join(" ");
}

/** Letters, with an apostrophe between them and punctuation around them, or a number on its own. */
const PLAIN = /^(?:\(*(?:\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*)?[),.;:!?]*|\d{1,6})$/u;

/** GitHub takes seven digits of a commit's hash for the hash. */
const HASH = /[0-9a-f]{7}/i;

function isPlain(word: string): boolean {
  return PLAIN.test(word) && !HASH.test(word);
}

/** Punctuation around the text stays outside of the code. */
function codeWithin(text: string): string {
  return text.replace(/^(\(*)(.*?)([),.;:!?]*)$/s, (_, before, core, after) => `${before}${code(core)}${after}`);
}

/** Lines that keep their form. */
export function fenced(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => visible(redact(line)).replaceAll("```", "'''"));
  return ["```text", ...lines, "```"].join("\n");
}

/**
 * Characters that nobody sees, or that change how others are shown: controls, bidirectional and zero-width ones, fillers,
 * tags, variation selectors, halves of surrogate pairs, and spaces other than the usual. Unicode classes the blank Braille
 * pattern as a symbol.
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const UNSEEN = /(?![\t\n\r ])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The text with an escape for each character that is not seen: `\u202e`, `\u{e0041}`. */
function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
    return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
  });
}

/** A line of a list with its items, of which no more than so many are shown. */
export function some(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** The text up to a length, counted in lines where it is longer. A fence that the cut leaves open is closed. */
export function cut(text: string, longest: number): string {
  if (text.length < longest) return `${text}\n`;
  const lines = text.split("\n");
  const kept: string[] = [];
  let length = LAST_LINE;
  for (const line of lines) {
    length += line.length + 1;
    if (length > longest) break;
    kept.push(line);
  }
  const isOpen = kept.filter((line) => line.startsWith("```")).length % 2 === 1;
  const left = `… and ${lines.length - kept.length} more lines, which the plan itself shows.`;
  return `${[...kept, ...(isOpen ? ["```"] : []), "", left].join("\n")}\n`;
}

/** Room for the line that tells how much is missing, with the end of a fence before it. */
const LAST_LINE = 80;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
