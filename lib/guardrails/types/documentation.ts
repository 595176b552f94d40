/** Descriptions of arguments in the provider's documentation, for the tool that makes the table of types. */
import { type Node, Parser } from "commonmark";

/** A page of `website/docs/r`. @see https://github.com/hashicorp/terraform-provider-aws/tree/main/website/docs/r */
export interface Page {
  /** Its name in the registry, after `/docs/resources/`. */
  readonly name: string;
  /** The first sentence of each description, by argument. A name that several blocks have has several sentences. */
  readonly sentences: ReadonlyMap<string, readonly string[]>;
}

/** @returns the type that the page is about, and its arguments; undefined for a page that is not about a resource */
export function readPage(file: string, markdown: string): [type: string, page: Page] | undefined {
  let type: string | undefined;
  const sentences = new Map<string, string[]>();
  for (const node of nodesIn(new Parser().parse(markdown))) {
    if (node.type === "heading") {
      const title = textOf(node);
      type ??= /^Resource: (aws_\w+)$/.exec(title)?.[1];
      if (/^Attributes? Reference$/.test(title)) break;
    }
    const described = node.type === "item" ? describedBy(node) : undefined;
    if (described !== undefined)
      sentences.set(described.name, [...(sentences.get(described.name) ?? []), described.sentence]);
  }
  const name = file.replace(/\..*$/, "");
  return type === undefined ? undefined : [type, { name, sentences }];
}

/** In the order of the text. */
function* nodesIn(root: Node): Generator<Node> {
  const walker = root.walker();
  for (let event = walker.next(); event !== null; event = walker.next()) if (event.entering) yield event.node;
}

/** An item of a list that begins with the name of an argument: `name` - (Optional) What it does. */
function describedBy(item: Node): { readonly name: string; readonly sentence: string } | undefined {
  const paragraph = item.firstChild;
  const code = paragraph?.firstChild;
  if (paragraph?.type !== "paragraph" || code?.type !== "code") return undefined;
  const name = (code.literal ?? "").split(".").at(-1) ?? "";
  const [sentence = ""] = textOf(paragraph)
    .slice(code.literal?.length ?? 0)
    .replace(/^[\s:-]*(\([^)]*\))?[\s:-]*/, "")
    .split(/\.\s/);
  return { name, sentence };
}

function textOf(node: Node): string {
  return [...nodesIn(node)].map(({ type, literal }) => (type === "softbreak" ? " " : (literal ?? ""))).join("");
}
