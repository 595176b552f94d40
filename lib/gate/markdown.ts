/** Text for Markdown that stays what it is, whatever stands in it: names and values may come from anywhere. */
import { redact } from "./redact";

/** A name or value: nothing in it is read as Markdown, a mention or a link. */
export function code(text: string): string {
  const line = oneLine(redact(text));
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A sentence with values in it. */
export function prose(text: string): string {
  return oneLine(redact(text))
    .replace(/[\\`*_[\]<>|~#!&]|:(?=\/\/)/g, "\\$&")
    .replace(/@/g, "@\u200b");
}

/** Lines that keep their form. */
export function fenced(text: string): string {
  const lines = text.split("\n").map((line) => redact(line).replaceAll("```", "'''"));
  return ["```text", ...lines, "```"].join("\n");
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
