/** Replaces references in the expressions of a Terraform JSON string. */
import { HclSyntaxError, Tokens } from "./tokens";

interface Found {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

/**
 * The text with other references to data sources: `data.<type>.<name>` becomes what `instead` returns for it. Text that is
 * not parsed here, such as a directive, stays as it is.
 */
export function withoutData(text: string, instead: (address: string) => string | undefined): string {
  const found: Found[] = [];
  try {
    readTemplate(new Tokens(text), false, found, instead);
  } catch (error) {
    if (error instanceof HclSyntaxError) return text;
    throw error;
  }
  return found.reduceRight((rest, { start, end, instead }) => rest.slice(0, start) + instead + rest.slice(end), text);
}

type Instead = (address: string) => string | undefined;

function readTemplate(tokens: Tokens, quoted: boolean, found: Found[], instead: Instead): void {
  while (tokens.templateText(quoted).interpolates) readInterpolation(tokens, found, instead);
}

/** Reads up to the brace that ends an interpolation. */
function readInterpolation(tokens: Tokens, found: Found[], instead: Instead): void {
  let previous = "";
  for (let depth = 0; ; ) {
    const token = tokens.next();
    const { text, start } = token;
    if (token.kind === "end") throw tokens.unexpected('"}"', token);
    if (text === '"') readTemplate(tokens, true, found, instead);
    if (text === "{") depth++;
    if ((text === "}" || text === "~}") && depth-- === 0) return;
    if (token.kind === "name" && text === "data" && previous !== ".") readReference(tokens, start, found, instead);
    previous = text;
  }
}

/** Reads `.<type>.<name>` behind `data`. */
function readReference(tokens: Tokens, start: number, found: Found[], instead: Instead): void {
  const names: string[] = [];
  while (names.length < 2 && tokens.accept(".")) names.push(tokens.next().text);
  const address = ["data", ...names].join(".");
  const replacement = names.length === 2 ? instead(address) : undefined;
  if (replacement !== undefined) found.push({ start, end: start + address.length, instead: replacement });
}
