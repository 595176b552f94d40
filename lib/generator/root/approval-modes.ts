/** Modes of approval for an apply. */

/** `codeowners` is for private repositories outside GitHub Enterprise, which have no required reviewers. */
export const MODES = ["environment", "codeowners"] as const;

/** Who approves an apply: the reviewers of the root's environment, or the owners of its generated files in a review. */
export type Mode = (typeof MODES)[number];
