/**
 * What makes an environment itself: its account, its region, its name, and the values of its root's `identity`. Put
 * aside, `shop-dev-logs` is `shop-<environment>-logs`, as it is in every other environment.
 */
import { parseCidr } from "../../common/cidr";
import type { RootProps } from "../../generator/root/root-props";
import { relativeTo } from "./addresses";

export interface Identity {
  /** The names in angle brackets: text that has been put aside already stays as it is. */
  readonly placeholders: RegExp;
  /** Longest first, so that a name inside a domain does not take the domain apart. */
  readonly values: readonly OwnValue[];
}

interface OwnValue {
  readonly name: string;
  readonly text: string;
  /** False where the value is certainly not in the text: most texts have none in them. */
  mayBeIn(text: string): boolean;
  /** Every second piece, from the second on, is what stands in the value's place. */
  cut(text: string): string[];
}

/** An environment that is nobody: every text stays. */
export const NOBODY: Identity = { placeholders: /(?!)/, values: [] };

/**
 * What may be put aside, the least first: a text that is the same as it stands needs nothing, and in some names what looks
 * like the environment's is not, as in `prod-us-east-1-starport-layer-bucket` or `/dev/null`.
 */
export const LEVELS: readonly ((identity: Identity) => Identity)[] = [
  () => NOBODY,
  (identity) => {
    const known = withoutNames.get(identity) ?? withoutName(identity);
    withoutNames.set(identity, known);
    return known;
  },
  (identity) => identity,
];

const withoutNames = new WeakMap<Identity, Identity>();

function withoutName({ placeholders, values }: Identity): Identity {
  return { placeholders, values: values.filter(({ name }) => name !== "environment") };
}

export function identityOf({ path, accountId, region, tags, identity = {} }: RootProps): Identity {
  const named: [string, readonly string[]][] = [
    ["account_id", [accountId]],
    ["region", [region]],
    ["environment", [path.split("/").at(-1) ?? path, tags.Env]],
    ...Object.entries(identity),
  ];
  const values = named.flatMap(([name, texts]) => texts.map((text) => ownValue(name, text)));
  const names = named.map(([name]) => literally(name));
  return {
    placeholders: new RegExp(`(<(?:${names.join("|")})>(?:\\+[\\d.]+(?:/\\d+)?)?)`),
    values: values.sort((a, b) => b.text.length - a.text.length),
  };
}

/** The text with each own value as the value's name. Values of one name are not told apart. */
export function putAside(text: string, { placeholders, values }: Identity): string {
  const possible = values.filter((value) => value.mayBeIn(text));
  if (possible.length === 0) return text;
  let pieces = text.split(placeholders);
  for (const value of possible) {
    pieces = pieces.flatMap((piece, i) => (i % 2 === 1 ? [piece] : value.cut(piece)));
  }
  return pieces.join("");
}

/** Whether the text is an own value and nothing else. */
export function isOwnValue(text: string, identity: Identity): boolean {
  const { 0: before, 1: placeholder, 2: after, length } = putAside(text, identity).split(identity.placeholders);
  return length === 3 && before === "" && after === "" && placeholder !== text;
}

function ownValue(name: string, text: string): OwnValue {
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
 * The pieces around the token, where no letter or digit continues it: `/dev/` and `shop-dev` have the name, and `device`
 * has not. A region may be continued by the letter of a zone, so that `us-east-1a` is `<region>a`.
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
