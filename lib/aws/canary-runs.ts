/** Folder of a bucket into which canaries write the results of their runs. Objects below it may expire. */
export const CANARY_RUNS = "canary-runs";
