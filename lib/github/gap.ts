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

/** Second mode: private repositories outside GitHub Enterprise have no required reviewers. */
export const MODES = ["environment", "codeowners"] as const;

/** Who approves an apply: the reviewers of the root's environment, or the owners of its generated files in a review. */
export type Mode = (typeof MODES)[number];

/** The branch that is applied. */
export const MAIN = "main";
