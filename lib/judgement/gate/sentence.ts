/** One sentence about access that somebody gets or loses: `backend.task may now also call s3:GetObject on documents/*`. */

export interface Sentence {
  readonly who: readonly string[];
  /** `may now also call`, `may reach`. */
  readonly may: string;
  /** Actions, or the target of a network path. */
  readonly what: readonly string[];
  /** Resources, or a port. */
  readonly on: readonly string[];
  /** The condition; empty if there is none. */
  readonly when: string;
}

const PARTS = ["what", "on", "who"] as const;

/** Merges sentences that differ in one part only. */
export function merged(sentences: readonly Sentence[]): Sentence[] {
  return PARTS.reduce(mergedBy, [...sentences]);
}

function mergedBy(sentences: readonly Sentence[], part: (typeof PARTS)[number]): Sentence[] {
  const groups = new Map<string, Sentence>();
  for (const sentence of sentences) {
    const key = JSON.stringify({ ...sentence, [part]: null });
    const parts = [...(groups.get(key)?.[part] ?? []), ...sentence[part]];
    groups.set(key, { ...sentence, [part]: [...new Set(parts)] });
  }
  return [...groups.values()];
}

/** @param word formats a name */
export function inWords(
  { who, may, what, on, when }: Sentence,
  word: (name: string) => string = (name) => name,
): string {
  const list = (names: readonly string[]) => names.map(word).join(", ");
  return [
    list(who),
    may,
    ...(what.length > 0 ? [list(what)] : []),
    ...(on.length > 0 ? ["on", list(on)] : []),
    ...(when === "" ? [] : ["where", word(when)]),
  ].join(" ");
}
