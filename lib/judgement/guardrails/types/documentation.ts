/**
 * Reads descriptions of arguments from the provider's documentation, for the tool that generates the table of types.
 */
import { marked, type Token, type Tokens } from "marked";

/** A page of `website/docs/r`. @see https://github.com/hashicorp/terraform-provider-aws/tree/main/website/docs/r */
export interface Page {
  /** Its name in the registry, after `/docs/resources/`. */
  readonly name: string;
  /** The first sentence of each description, by argument. An argument of several blocks has several sentences. */
  readonly sentences: ReadonlyMap<string, readonly string[]>;
}

/** @returns the type and its arguments; undefined for a page that does not describe a resource */
export function readPage(file: string, markdown: string): [type: string, page: Page] | undefined {
  const tokens = marked.lexer(markdown);
  const titles = tokens.map((token) => (token.type === "heading" ? textOf(token) : ""));
  const type = titles.map((title) => /^Resource: (aws_\w+)$/.exec(title)?.[1]).find((one) => one !== undefined);
  if (type === undefined) return undefined;
  const end = titles.findIndex((title) => /^Attributes? Reference$/.test(title));
  const sentences = new Map<string, string[]>();
  for (const item of itemsIn(end === -1 ? tokens : tokens.slice(0, end))) {
    const [name, sentence] = described(item) ?? [];
    if (name !== undefined && sentence !== undefined) sentences.set(name, [...(sentences.get(name) ?? []), sentence]);
  }
  return [type, { name: file.replace(/\..*$/, ""), sentences }];
}

/** Items of lists at any depth, in the order of the text. */
function itemsIn(tokens: readonly Token[]): Tokens.ListItem[] {
  return tokens.flatMap((token) =>
    isList(token) ? token.items.flatMap((item) => [item, ...itemsIn(item.tokens)]) : [],
  );
}

function isList(token: Token): token is Tokens.List {
  return token.type === "list";
}

/** A list item that begins with the name of an argument: `name` - (Optional) What it does. */
function described({ tokens }: Tokens.ListItem): [name: string, sentence: string] | undefined {
  const [code, ...rest] = childrenOf(tokens[0]);
  if (code?.type !== "codespan") return undefined;
  const text = rest.map(textOf).join("").replaceAll("\n", " ");
  const [sentence = ""] = text.replace(/^[\s:-]*(\([^)]*\))?[\s:-]*/, "").split(/\.\s/);
  return [textOf(code).split(".").at(-1) ?? "", sentence];
}

function textOf(token: Token): string {
  const children = childrenOf(token);
  if (children.length > 0) return children.map(textOf).join("");
  return "text" in token && typeof token.text === "string" ? token.text : "";
}

function childrenOf(token: Token | undefined): readonly Token[] {
  return token !== undefined && "tokens" in token ? (token.tokens ?? []) : [];
}
