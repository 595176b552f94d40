/** Where the repository's settings are not what the workflows rely on. */

export type Gap =
  | { readonly place: string; readonly got: string; readonly allowed: string }
  /** It could not be looked at, which says neither that it is right nor that it is wrong. */
  | { readonly place: string; readonly unreadable: string };

/** One line. */
export function gapInWords(gap: Gap): string {
  if ("unreadable" in gap) return `${gap.place}: could not be read: ${gap.unreadable}`;
  return `${gap.place}: got ${gap.got}; allowed: ${gap.allowed}`;
}

/** The branch that is applied. */
export const MAIN = "main";
