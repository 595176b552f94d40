import path from "node:path";
import { z } from "zod";
import { parsedInput, readInput } from "../../lib/input-file";
import { failure } from "./support";

const NOTE = z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string().default("none") });
const expected = { noun: "a note", allowed: "what a hand writes" };
const parse = (text: string) => parsedInput("note.json", text, NOTE, expected);

test("what is not there, or no file, is told with what belongs there", () => {
  for (const [place, found] of [
    [path.join(__dirname, "gone.json"), "no such file"],
    [__dirname, "a folder"],
  ] as const) {
    expect(failure(() => readInput(place, "a note")).message).toBe(`${place}\n  got ${found}; allowed: a note`);
  }
  expect(readInput(__filename, "a test").toString()).toContain("what is not there");
});

test("JSON of the form is what it says, defaults filled in", () => {
  expect(parse('{ "a": "1", "b": "2", "c": "3", "d": "4" }')).toEqual({ a: "1", b: "2", c: "3", d: "4", e: "none" });
});

test("text that is no JSON, and JSON of another form, are told with what is allowed", () => {
  const headline = "note.json\n  got something else than a note; allowed: what a hand writes";
  expect(failure(() => parse("{")).message).toBe(headline);
  expect(failure(() => parse("[]")).message).toBe(
    `${headline}\n  the whole: Invalid input: expected object, received array`,
  );
  expect(
    failure(() => parse("{}"))
      .message.split("\n")
      .slice(2),
  ).toEqual([
    "  a: Invalid input: expected string, received undefined",
    "  b: Invalid input: expected string, received undefined",
    "  c: Invalid input: expected string, received undefined",
  ]);
});
