/** What somebody gets or loses, as one sentence: `backend.task may now also call s3:GetObject on documents/*`. */

export interface Sentence {
  readonly who: readonly string[];
  /** `may now also call`, `may reach`. */
  readonly may: string;
  /** Actions, or whom a network path leads to. */
  readonly what: readonly string[];
  /** Resources, or a port; empty where nothing is to be added. */
  readonly on: readonly string[];
  /** The condition; empty where there is none. */
  readonly when: string;
}

const PARTS = ["what", "on", "who"] as const;

/** The same in as few sentences as can be: those that differ in one part only become one. */
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

/** @param word how each name in it is shown */
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
