import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import fc from "fast-check";
import { z } from "zod";
import { parsedInput, readInput, readText, textOf } from "../../../lib/common/input-file";
import { failure } from "../generator/support";
import { temporaryFolder } from "../terraform/sample";

const folder = temporaryFolder();

const NOTE = z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string().default("none") });
const expected = { noun: "a note", allowed: "what a hand writes" };
const parse = (text: string) => parsedInput("note.json", text, NOTE, expected);

test("a missing file, or a folder in its place, is an error that names the expected content", () => {
  for (const [place, found] of [
    [path.join(__dirname, "gone.json"), "no such file"],
    [__dirname, "a folder"],
  ] as const) {
    expect(failure(() => readInput(place, "a note")).message).toBe(`${place}\n  got ${found}; allowed: a note`);
  }
  expect(readInput(__filename, "a test").toString()).toContain("what is not there");
});

test("valid JSON is returned with its defaults", () => {
  expect(parse('{ "a": "1", "b": "2", "c": "3", "d": "4" }')).toEqual({ a: "1", b: "2", c: "3", d: "4", e: "none" });
});

test("invalid JSON, and JSON of another form, are errors that name the allowed values", () => {
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

/** Text as PowerShell's `>`, editors and Terraform write it. */
const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a byte order mark", (text) => Buffer.from(`\ufeff${text}`)],
  ["UTF-16 LE with a byte order mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16 BE with a byte order mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["UTF-16 LE without one", (text) => Buffer.from(text, "utf16le")],
  ["UTF-16 BE without one", (text) => Buffer.from(text, "utf16le").swap16()],
];

test.each(ENCODINGS)("%s is decoded", (_, encode) => {
  const json = fc.string({ unit: "binary" }).map((value) => JSON.stringify({ value }));
  fc.assert(fc.property(json, (text) => expect(textOf("note.json", encode(text), "a note")).toBe(text)));
});

test.each([
  ["UTF-32 LE", [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0], "text in UTF-32; allowed: a note"],
  ["UTF-32 BE", [0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b], "text in UTF-32; allowed: a note"],
  ["a ZIP archive", [0x50, 0x4b, 3, 4, 0x14], "a ZIP archive, as `terraform plan -out` saves a plan; allowed: a note"],
  ["gzip data", [0x1f, 0x8b, 8], "a gzip archive; allowed: a note"],
  ["Latin-1", [0x43, 0x61, 0x66, 0xe9], "bytes that are not valid UTF-8; allowed: a note, in UTF-8 or UTF-16"],
  [
    "half a character",
    [0xff, 0xfe, 0x7b, 0, 0x22],
    "bytes that are not valid UTF-16; allowed: a note, in UTF-8 or UTF-16",
  ],
])("%s is refused by its name", (_, bytes, problem) => {
  expect(failure(() => textOf("note.json", Buffer.from(bytes), "a note")).message).toBe(`note.json\n  got ${problem}`);
});

test("a file above the maximum length of a string is refused before it is read", () => {
  const file = path.join(folder, "long.json");
  writeFileSync(file, "");
  truncateSync(file, 600 * 2 ** 20);
  expect(failure(() => readInput(file, "a note")).message).toBe(
    `${file}\n  got 600 MiB; allowed: less than 512 MiB, as Node.js can hold no longer text`,
  );
});

test("a file that cannot be opened is an error with the reason", async () => {
  const socket = path.join(folder, "socket");
  const server = createServer().listen(socket);
  await once(server, "listening");
  expect(failure(() => readInput(socket, "a note")).message).toBe(
    `${socket}\n  got Error: ENXIO: no such device or address, open '${socket}'; allowed: a note`,
  );
  server.close();
});

test("an endless device is read up to the maximum length of a string", () => {
  expect(failure(() => readInput("/dev/zero", "a note")).message).toBe(
    "/dev/zero\n  got more than 512 MiB; allowed: less than 512 MiB, as Node.js can hold no longer text",
  );
});

test("a named pipe is read to its end in any number of chunks", async () => {
  const pipe = path.join(folder, "pipe");
  spawnSync("mkfifo", [pipe]);
  const text = "x".repeat(300_000);
  const writer = spawn("sh", [
    "-c",
    `printf %s ${text.slice(0, 100_000)} > "$0.part"; cat "$0.part" "$0.part" "$0.part" > "$0"`,
    pipe,
  ]);
  expect(readText(pipe, "a note")).toBe(text);
  await once(writer, "close");
});

test("a non-blocking descriptor is read to its end and stays open", async () => {
  const pipe = path.join(folder, "slow");
  spawnSync("mkfifo", [pipe]);
  const descriptor = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = spawn("sh", ["-c", 'exec 3> "$0"; echo open; sleep 0.2; echo late >&3', pipe]);
  await once(writer.stdout, "data");
  expect(readText(`/dev/fd/${descriptor}`, "a note")).toBe("late\n");
  closeSync(descriptor);
  expect(failure(() => readInput(`/dev/fd/${descriptor}`, "a note")).message).toBe(
    `/dev/fd/${descriptor}\n  got no open descriptor; allowed: a note`,
  );
});
