/** The security texts that environments of a system have in common: plain data, which threads can copy. */
import type { RootConfiguration } from "../configuration";
import type { Identity } from "./identity";
import { securityOf } from "./security";
import { securityText } from "./security-text";

/** By call; undefined for a call whose environments have different texts. */
export type SharedTexts = ReadonlyMap<string, SharedText | undefined>;

interface SharedText {
  /** Number of environments with the call. */
  readonly environments: number;
  readonly text: string;
  /** The names that keys have in all environments; undefined for a key with several names. */
  readonly names: ReadonlyMap<string, string | undefined>;
}

export function textsOf(root: RootConfiguration, identity: Identity): SharedTexts {
  const texts = Array.from(securityOf(root), ([call, values]): [string, SharedText | undefined] => {
    const found = securityText(values, identity);
    return [call, found && { environments: 1, ...found }];
  });
  return new Map(texts);
}

/** The texts that both groups of environments have in common. */
export function inCommon(ones: SharedTexts, others: SharedTexts): SharedTexts {
  const calls = new Set([...ones.keys(), ...others.keys()]);
  return new Map(
    Array.from(calls, (call) => {
      if (!ones.has(call) || !others.has(call)) return [call, ones.get(call) ?? others.get(call)];
      return [call, common(ones.get(call), others.get(call))];
    }),
  );
}

function common(one: SharedText | undefined, other: SharedText | undefined): SharedText | undefined {
  if (one === undefined || one.text !== other?.text) return undefined;
  const names = [...one.names].flatMap(([text, name]): [string, string | undefined][] => {
    if (!other.names.has(text)) return [];
    return [[text, other.names.get(text) === name ? name : undefined]];
  });
  return { environments: one.environments + other.environments, text: one.text, names: new Map(names) };
}

/** Whether a comparison of this number of environments finds no difference in the network paths and permissions of a call. */
export function isShared(texts: SharedTexts, call: string, environments: number): boolean {
  const text = texts.get(call);
  return text?.environments === environments && ![...text.names.values()].includes(undefined);
}
