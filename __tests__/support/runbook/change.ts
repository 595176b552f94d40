/**
 * A change of one file, as a runbook shows it: a unified diff without line numbers. The lines of a hunk that are there before
 * have to be in the file once.
 */
import { InputError } from "../../../lib/errors";

export interface Change {
  readonly file: string;
  /** Returns the content with the change. @throws InputError where it does not fit */
  apply(content: string): string;
}

const HEADER = /^--- (\S+)\n\+\+\+ (\S+)\n@@\n/;

/** @throws InputError if it is not such a diff */
export function readChange(diff: string): Change {
  const text = `${diff}\n`;
  const [header = "", file = "", after] = HEADER.exec(text) ?? [];
  const hunks = text
    .slice(header.length)
    .split("@@\n")
    .map((hunk) => hunk.split("\n").slice(0, -1));
  const strange = hunks.flat().find((line) => !/^[-+ ]/.test(line));
  if (file === "" || file !== after || strange !== undefined) {
    throw new InputError("diff", [
      `got ${JSON.stringify(strange ?? text.split("\n")[0])}; allowed: --- <file>, +++ <file>, @@, and lines that begin with a space, - or +`,
    ]);
  }
  return { file, apply: (content) => hunks.reduce((changed, hunk) => replaced(changed, hunk, file), content) };
}

function replaced(content: string, hunk: readonly string[], file: string): string {
  const side = (without: string) =>
    hunk
      .filter((line) => !line.startsWith(without))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const [before, after] = [side("+"), side("-")];
  const lines = `\n${content}`;
  const at = lines.indexOf(`\n${before}`);
  if (at === -1 || lines.includes(`\n${before}`, at + 1)) {
    throw new InputError(file, [
      `got ${at === -1 ? "no" : "more than one"} place with these lines; allowed: one\n${before}`,
    ]);
  }
  return content.slice(0, at) + after + content.slice(at + before.length);
}
