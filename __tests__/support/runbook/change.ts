/**
 * A change of one file, as a runbook shows it: lines to remove and to add, as in a diff, with or without lines around them. What
 * is there before has to be in the file once. Lines that do not follow each other in the file are replaced one by one.
 */
import { InputError } from "../../../lib/common/errors";

/** @param diff lines that begin with a space, - or +; `@@` separates changes of two places @throws InputError if it does not fit */
export function changed(content: string, diff: string, file: string): string {
  const lines = diff.split("\n");
  const strange = lines.find((line) => !/^[-+ ]|^@@$/.test(line));
  if (strange !== undefined) {
    throw new InputError(file, [
      `got ${JSON.stringify(strange)}; allowed: @@, and lines that begin with a space, - or +`,
    ]);
  }
  const hunks = diff.split("\n@@\n").map((hunk) => hunk.split("\n"));
  return hunks.flatMap((hunk) => apart(hunk, content)).reduce((text, hunk) => replaced(text, hunk, file), content);
}

/** Pairs of removed and added lines, for removed lines that are not adjacent. */
function apart(hunk: readonly string[], content: string): (readonly string[])[] {
  const [removed, added] = ["-", "+"].map((sign) => hunk.filter((line) => line.startsWith(sign)));
  const isPaired = removed !== undefined && removed.length === added?.length && removed.length * 2 === hunk.length;
  if (!isPaired || includes(content, sideOf(hunk, "+"))) return [hunk];
  return removed.map((line, i) => [line, added[i] ?? ""]);
}

function replaced(content: string, hunk: readonly string[], file: string): string {
  const [before, after] = [sideOf(hunk, "+"), sideOf(hunk, "-")];
  const lines = `\n${content}`;
  const at = lines.indexOf(`\n${before}`);
  if (at === -1 || lines.includes(`\n${before}`, at + 1)) {
    throw new InputError(file, [
      `got ${at === -1 ? "no" : "more than one"} place with these lines; allowed: one\n${before}`,
    ]);
  }
  return content.slice(0, at) + after + content.slice(at + before.length);
}

function includes(content: string, lines: string): boolean {
  return `\n${content}`.includes(`\n${lines}`);
}

/** The lines without those of the other side. */
function sideOf(hunk: readonly string[], without: "-" | "+"): string {
  return hunk
    .filter((line) => !line.startsWith(without))
    .map((line) => `${line.slice(1)}\n`)
    .join("");
}
