/** Folders of a bucket of saved plans. */
export const PLANS_BUCKET_FOLDERS = {
  /** Plans that wait for their approval: they expire. */
  plans: "plans",
  /** Records of applies. */
  applied: "applied",
  /** States that an apply could not push. */
  errored: "errored",
} as const;
