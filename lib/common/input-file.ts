/** Files, pipes and descriptors that a caller names, read whole. */
import { constants } from "node:buffer";
import { closeSync, fstatSync, openSync, readFileSync, readSync, type Stats, statSync } from "node:fs";
import { isatty } from "node:tty";
import { z } from "zod";
import { InputError } from "./errors";

/** The expected content, in words for messages. */
export interface Expected {
  /** Follows "something else than": `a plan`. */
  readonly noun: string;
  /** Follows "allowed:": the command that writes it. */
  readonly allowed: string;
}

/** In bytes: the limit of a text in Node.js. */
const LONGEST_INPUT = constants.MAX_STRING_LENGTH;

/** Descriptors that the caller has opened: `/dev/stdin`, and `/dev/fd/63` for the shell's `<(…)`. */
const DESCRIPTOR = /^\/dev\/(?:stdin|fd\/(\d+))$/;

/**
 * Bytes of a file, a pipe or a descriptor.
 * @throws InputError if nothing can be read, or the content is longer than 512 MiB
 */
export function readInput(file: string, allowed: string): Buffer {
  const refused = (got: string) => new InputError(file, [`got ${got}; allowed: ${allowed}`]);
  const descriptor = descriptorOf(file);
  const found = statsOf(file, descriptor);
  if (found === undefined) throw refused(descriptor === undefined ? "no such file" : "no open descriptor");
  if (found.isDirectory()) throw refused("a folder");
  if (descriptor !== undefined && isatty(descriptor)) throw refused("a terminal");
  if (found.size > LONGEST_INPUT) throw tooLong(file, `${Math.ceil(found.size / MEBIBYTE)} MiB`);
  try {
    return found.isFile() ? readFileSync(descriptor ?? file) : readPipe(file, descriptor);
  } catch (error) {
    throw error instanceof InputError ? error : refused(String(error));
  }
}

const MEBIBYTE = 2 ** 20;

function descriptorOf(file: string): number | undefined {
  const found = DESCRIPTOR.exec(file);
  return found === null ? undefined : Number(found[1] ?? 0);
}

function statsOf(file: string, descriptor: number | undefined): Stats | undefined {
  if (descriptor === undefined) return statSync(file, { throwIfNoEntry: false });
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

function tooLong(file: string, got: string): InputError {
  return new InputError(file, [`got ${got}; allowed: less than 512 MiB, as Node.js can hold no longer text`]);
}

/** A pipe or device. A descriptor that the caller has opened stays open. */
function readPipe(file: string, descriptor: number | undefined): Buffer {
  if (descriptor !== undefined) return readStream(file, descriptor);
  const opened = openSync(file, "r");
  try {
    return readStream(file, opened);
  } finally {
    closeSync(opened);
  }
}

/** In bytes: what a pipe holds on Linux. @see https://man7.org/linux/man-pages/man7/pipe.7.html */
const CHUNK = 65_536;

/** Reads to the end, or to the limit. */
function readStream(file: string, descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSome(descriptor, chunk);
    if (length === 0) return Buffer.concat(chunks, size);
    chunks.push(chunk.subarray(0, length));
    size += length;
    if (size > LONGEST_INPUT) throw tooLong(file, "more than 512 MiB");
  }
}

const RETRY_MILLISECONDS = 10;

/** A descriptor may come from a program that does not wait on it: EAGAIN means that nothing has arrived yet. */
function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      if (!isAgain(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS);
    }
  }
}

function isAgain(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EAGAIN";
}

/** @throws InputError if nothing can be read, or the content is longer than 512 MiB or not text */
export function readText(file: string, allowed: string): string {
  return textOf(file, readInput(file, allowed), allowed);
}

/** Formats that are not read, by the bytes they begin with. UTF-32 stands first: UTF-16 begins with the same two bytes. */
const UNREADABLE = [
  { begins: [0xff, 0xfe, 0, 0], is: "text in UTF-32" },
  { begins: [0, 0, 0xfe, 0xff], is: "text in UTF-32" },
  { begins: [0x50, 0x4b, 0x03, 0x04], is: "a ZIP archive, as `terraform plan -out` saves a plan" },
  { begins: [0x1f, 0x8b], is: "a gzip archive" },
] as const;

/**
 * UTF-8 or UTF-16 as text, without a byte order mark. PowerShell's `>` writes UTF-16.
 * @throws InputError for bytes in another encoding
 */
export function textOf(place: string, bytes: Buffer, allowed: string): string {
  const unreadable = UNREADABLE.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (unreadable !== undefined) throw new InputError(place, [`got ${unreadable.is}; allowed: ${allowed}`]);
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const name = encoding.slice(0, 6).toUpperCase();
    throw new InputError(place, [`got bytes that are not valid ${name}; allowed: ${allowed}, in UTF-8 or UTF-16`]);
  }
}

/** The byte order mark decides; without one, a NUL byte beside the first character, as no text of ours begins with NUL. */
function encodingOf([first, second]: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) return "utf-16be";
  return "utf-8";
}

/** Number of problems in a message. */
const TOLD_PROBLEMS = 3;

/** Parses JSON text. @throws InputError for text that is not JSON or not of this form */
export function parsedInput<T>(place: string, text: string, schema: z.core.$ZodType<T>, expected: Expected): T {
  return checkedInput(place, jsonIn(place, text, headlineOf(expected)), schema, expected);
}

/** @throws InputError for a value that is not of this form */
export function checkedInput<T>(place: string, value: unknown, schema: z.core.$ZodType<T>, expected: Expected): T {
  const { data, error, success } = z.safeParse(schema, value);
  if (success) return data;
  throw new InputError(place, [
    headlineOf(expected),
    ...error.issues
      .slice(0, TOLD_PROBLEMS)
      .map(({ path, message }) => `${path.map(String).join(".") || "the whole"}: ${message}`),
  ]);
}

function headlineOf({ noun, allowed }: Expected): string {
  return `got something else than ${noun}; allowed: ${allowed}`;
}

function jsonIn(place: string, text: string, headline: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(place, [headline]);
  }
}
