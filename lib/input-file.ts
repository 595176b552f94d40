/** What a caller hands over in files. */
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { InputError } from "./validation";

/** What should be there, in words that messages can use. */
export interface Expected {
  /** Follows "something else than": `a plan`. */
  readonly noun: string;
  /** Follows "allowed:": what writes it. */
  readonly allowed: string;
}

/** What a file holds. @throws InputError where there is no such file */
export function readInput(file: string, allowed: string): Buffer {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return readFileSync(file);
  throw new InputError(file, [`got ${found?.isDirectory() ? "a folder" : "no such file"}; allowed: ${allowed}`]);
}

/** Of many problems the first ones say enough. */
const TOLD_PROBLEMS = 3;

/** What JSON text means. @throws InputError where it is no JSON, or not of this form */
export function parsedInput<T>(place: string, text: string, schema: z.core.$ZodType<T>, expected: Expected): T {
  const headline = `got something else than ${expected.noun}; allowed: ${expected.allowed}`;
  const { data, error, success } = z.safeParse(schema, jsonIn(place, text, headline));
  if (success) return data;
  throw new InputError(place, [
    headline,
    ...error.issues
      .slice(0, TOLD_PROBLEMS)
      .map(({ path, message }) => `${path.map(String).join(".") || "the whole"}: ${message}`),
  ]);
}

function jsonIn(place: string, text: string, headline: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(place, [headline]);
  }
}
