/** Code blocks of the repository's pages. */
import { readFileSync } from "node:fs";
import path from "node:path";

const PROJECT = path.resolve(__dirname, "../..");

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** @param page path from the top of the repository */
export function codeBlocks(page: string): CodeBlock[] {
  const text = readFileSync(path.join(PROJECT, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = "", code = ""]) => ({ language, code }));
}
