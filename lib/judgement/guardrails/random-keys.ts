/** Recognizes AWS secret access keys by their randomness: they have no prefix, and secretlint finds them only by name. */
import { isUtf8 } from "node:buffer";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
const CANDIDATE = /(?<![\w+/.:-])[A-Za-z0-9+/]{40}(?![\w+/=.:-])/g;

const LENGTH = 40;

/** Of 100 random keys, one is below a limit. Names in camel case have up to 17 changes of class. */
const LEAST_ENTROPY = 4.3;
const LEAST_CHANGES = 18;

export function hasRandomKey(text: string): boolean {
  if (text.length < LENGTH) return false;
  return Array.from(text.matchAll(CANDIDATE), ([key]) => key).some(isRandom);
}

function isRandom(key: string): boolean {
  const isText = isUtf8(Buffer.from(key, "base64"));
  return !isText && entropyOf(key) >= LEAST_ENTROPY && changesOfClass(key) >= LEAST_CHANGES;
}

/** Shannon entropy in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** How often an upper-case letter, a lower-case letter, a digit and a symbol follow one of another class. */
function changesOfClass(text: string): number {
  const classes = Array.from(text, (character) => CLASSES.findIndex((one) => one.test(character)));
  return classes.filter((one, i) => i > 0 && one !== classes[i - 1]).length;
}

const CLASSES = [/[A-Z]/, /[a-z]/, /\d/];
