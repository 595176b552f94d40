/** Folders of a bucket of saved plans. */
export const PLANS_BUCKET_FOLDERS = {
  /** Plans that wait for approval. The bucket's lifecycle rule expires them. */
  plans: "plans",
  /** Records of applies. */
  applied: "applied",
  /** States that an apply could not push. */
  errored: "errored",
} as const;
