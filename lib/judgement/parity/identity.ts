/**
 * The identity of an environment: its account, region and name, and the values of `identity` of its root. With placeholders,
 * `shop-dev-logs` is `shop-<environment>-logs`, which is equal in all environments.
 */
import { parseCidr } from "../../common/cidr";
import { rootParts } from "../../generator/root/root-path";
import type { RootProps } from "../../generator/root/root-props";
import { relativeTo } from "./addresses";

export interface Identity {
  /** Matches placeholders, in which nothing is replaced again. */
  readonly placeholders: RegExp;
  /** Longest first, so that a name inside a domain is not replaced before the domain. */
  readonly values: readonly IdentityValue[];
}

interface IdentityValue {
  readonly name: string;
  readonly text: string;
  /** A quick check: false if the value is certainly not in the text. */
  mayBeIn(text: string): boolean;
  /** The pieces of a text. Each piece with an odd index is the placeholder of the value. */
  cut(text: string): string[];
}

/** No identity: no text is replaced. */
export const NOBODY: Identity = { placeholders: /(?!)/, values: [] };

/**
 * Identities to compare with, from the fewest placeholders to the most. A text that is equal as it is needs none, and some
 * texts only look like an environment's name: `prod-us-east-1-starport-layer-bucket`, `/dev/null`.
 */
export const LEVELS: readonly ((identity: Identity) => Identity)[] = [
  () => NOBODY,
  withoutEnvironment,
  (identity) => identity,
];

const withoutNames = new WeakMap<Identity, Identity>();

/** All identity values except the environment's name. */
export function withoutEnvironment(identity: Identity): Identity {
  const known = withoutNames.get(identity) ?? {
    placeholders: identity.placeholders,
    values: identity.values.filter(({ name }) => name !== "environment"),
  };
  withoutNames.set(identity, known);
  return known;
}

/** Properties of a root that make its identity: plain data, which threads can copy. */
export type IdentityProps = Pick<RootProps, "path" | "accountId" | "region" | "tags" | "identity">;

export function identityOf({ path, accountId, region, tags, identity = {} }: IdentityProps): Identity {
  const named: [string, readonly string[]][] = [
    ["account_id", [accountId]],
    ["region", [region]],
    ["environment", [rootParts(path).environment, tags.Env]],
    ...Object.entries(identity),
  ];
  const values = named.flatMap(([name, texts]) => texts.map((text) => identityValue(name, text)));
  const names = named.map(([name]) => literally(name));
  return {
    placeholders: new RegExp(`(<(?:${names.join("|")})>(?:\\+[\\d.]+(?:/\\d+)?)?)`),
    values: values.sort((a, b) => b.text.length - a.text.length),
  };
}

/** The text with a placeholder for each identity value. Values with the same name have the same placeholder. */
export function withPlaceholders(text: string, { placeholders, values }: Identity): string {
  let possible: IdentityValue[] | undefined;
  for (const value of values) {
    if (!value.mayBeIn(text)) continue;
    possible ??= [];
    possible.push(value);
  }
  if (possible === undefined) return text;
  let pieces = text.split(placeholders);
  for (const value of possible) {
    pieces = pieces.flatMap((piece, i) => (i % 2 === 1 ? [piece] : value.cut(piece)));
  }
  return pieces.join("");
}

/** Whether the text is an identity value and nothing else. */
export function isIdentityValue(text: string, identity: Identity): boolean {
  const { 0: before, 1: placeholder, 2: after, length } = withPlaceholders(text, identity).split(identity.placeholders);
  return length === 3 && before === "" && after === "" && placeholder !== text;
}

function identityValue(name: string, text: string): IdentityValue {
  const block = parseCidr(text);
  if (block !== undefined) {
    return {
      name,
      text,
      mayBeIn: (whole) => /\d\.\d/.test(whole),
      cut: (inner) => relativeTo(block, inner, (place) => `<${name}>${place}`),
    };
  }
  return {
    name,
    text,
    mayBeIn: (whole) => whole.includes(text),
    cut: (inner) =>
      aroundTokens(inner, text, name === "region").flatMap((piece, i) => (i === 0 ? [piece] : [`<${name}>`, piece])),
  };
}

/**
 * The pieces around the token. No letter or digit may follow or precede it: `/dev/` and `shop-dev` contain the token,
 * `device` does not. The letter of a zone may follow a region, so `us-east-1a` is `<region>a`.
 */
function aroundTokens(text: string, token: string, isRegion: boolean): string[] {
  const end = isRegion ? ENDS_ZONE : ENDS_TOKEN;
  const [hasStart, hasEnd] = [BEGINS_WORD.test(token), ENDS_WORD.test(token)];
  const pieces: string[] = [];
  let done = 0;
  for (let at = text.indexOf(token); at >= 0; ) {
    const next = at + token.length;
    const isWhole =
      !(hasStart && ENDS_WORD.test(text.slice(Math.max(0, at - 2), at))) &&
      (!hasEnd || end.test(text.slice(next, next + 3)));
    if (isWhole) {
      pieces.push(text.slice(done, at));
      done = next;
    }
    at = text.indexOf(token, isWhole ? next : at + 1);
  }
  return [...pieces, text.slice(done)];
}

const BEGINS_WORD = /^[\p{L}\p{N}]/u;
const ENDS_WORD = /[\p{L}\p{N}]$/u;
const ENDS_TOKEN = /^(?![\p{L}\p{N}])/u;
const ENDS_ZONE = /^[a-z]?(?![\p{L}\p{N}])/u;

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
