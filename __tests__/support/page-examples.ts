/** The TypeScript files that a page of docs/ shows, each in a block that begins with its path. */
import { readFileSync } from "node:fs";
import path from "node:path";

export function examplesOf(page: string): [file: string, code: string][] {
  const text = readFileSync(path.join(__dirname, "../../docs", page), "utf8");
  return [...text.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", code = ""]) => [file, code]);
}
