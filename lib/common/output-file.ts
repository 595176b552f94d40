/** Files that a caller asks for. */
import { writeFileSync } from "node:fs";
import { InputError } from "./errors";

/** @throws InputError if the file cannot be written */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(file, [
      `got ${String(error)}; allowed: a file that can be written, in a folder that is there`,
    ]);
  }
}
