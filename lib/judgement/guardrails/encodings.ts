/** Encodings that hide text from a search for patterns. */
import { gunzipSync } from "node:zlib";

/** The first characters of gzip data in Base64. */
export const GZIP = "H4sI";

/**
 * A few bytes can unpack to gigabytes.
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html for the longest document
 */
const LONGEST_TEXT = 64 * 1024;

/**
 * The text of gzip data in Base64; undefined for longer text.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function fromGzip(text: string): string | undefined {
  if (!text.startsWith(GZIP)) return undefined;
  try {
    return gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: LONGEST_TEXT }).toString("utf8");
  } catch {
    return undefined;
  }
}

/** The bytes of hexadecimal digits; undefined if they are too few, or another character is among them. */
export function fromHex(text: string): Buffer | undefined {
  if (text.length < SHORTEST_HEX) return undefined;
  const bytes = Buffer.from(text, "hex");
  return bytes.length * 2 === text.length ? bytes : undefined;
}

const SHORTEST_HEX = 16;

/** The text of percent-encoding, if it encodes a character that the patterns look for: `password%3Dtext`. */
export function fromPercent(text: string): string | undefined {
  if (!/%(?:22|3A|3D|40)/i.test(text)) return undefined;
  return text.replace(/%([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
