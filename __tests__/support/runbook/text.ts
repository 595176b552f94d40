/**
 * Reads a runbook: a section of a page in Markdown whose numbered list is its steps. A step begins with its name in bold; its
 * fenced blocks are what a person types (`sh`) and changes (`diff`), in their order. The first TypeScript file that a step names is the
 * one that it changes.
 */
import { marked, type Token, type Tokens } from "marked";
import { InputError } from "../../../lib/common/errors";

export type Block =
  | { readonly language: "sh"; readonly text: string }
  | { readonly language: "diff"; readonly text: string; readonly file: string };

export interface Step {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** @param file for messages @throws InputError if the section is missing or is not a runbook */
export function stepsOf(page: string, heading: string, file: string): Step[] {
  const place = `${file}, section "${heading}"`;
  const lists = section(marked.lexer(page), heading, file).filter(isNumberedList);
  const [list] = lists;
  if (list === undefined || lists.length > 1) {
    throw new InputError(place, [`got ${lists.length} numbered lists; allowed: one, which is the steps`]);
  }
  const read = list.items.map((item, i) => stepOf(item, `step ${i + 1}`));
  const names = read.map(({ step }) => step.name);
  const twice = names.filter((name, i) => name !== "" && names.indexOf(name) < i);
  const problems = [
    ...read.flatMap((one) => one.problems),
    ...twice.map((name) => `got two steps "${name}"; allowed: a name of its own for each step`),
  ];
  if (problems.length > 0) throw new InputError(place, problems);
  return read.map(({ step }) => step);
}

/** The text between the heading and the next one. */
function section(tokens: readonly Token[], heading: string, file: string): Token[] {
  const start = tokens.findIndex((token) => isHeading(token) && token.text === heading);
  if (start === -1) {
    const headings = tokens.filter(isHeading).map(({ text }) => `"${text}"`);
    throw new InputError(file, [`got no section "${heading}"; allowed: ${headings.join(", ")}`]);
  }
  const after = tokens.slice(start + 1);
  const end = after.findIndex(isHeading);
  return end === -1 ? after : after.slice(0, end);
}

function stepOf(item: Tokens.ListItem, place: string): { step: Step; problems: string[] } {
  const [first] = item.tokens;
  const [bold] = first !== undefined && "tokens" in first ? (first.tokens ?? []) : [];
  const name = bold !== undefined && isStrong(bold) ? bold.text.replace(/\.$/, "") : "";
  const file = /`([\w./-]+\.ts)`/.exec(item.text)?.[1];
  const problems = name === "" ? [`${place}: got no name; allowed: a step that begins with its name in bold`] : [];
  const blocks = item.tokens.filter(isCode).flatMap(({ lang, text }): Block[] => {
    if (lang === "sh") return [{ language: "sh", text }];
    if (lang === "diff" && file !== undefined) return [{ language: "diff", text, file }];
    problems.push(
      lang === "diff"
        ? `${place}: got a change of no file; allowed: a step that names a TypeScript file`
        : `${place}: got a block of the language "${lang}"; allowed: sh, diff`,
    );
    return [];
  });
  return { step: { name, blocks }, problems };
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === "heading";
}

function isNumberedList(token: Token): token is Tokens.List {
  return token.type === "list" && "ordered" in token && token.ordered === true;
}

function isStrong(token: Token): token is Tokens.Strong {
  return token.type === "strong";
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === "code";
}
