/** Whether the nightly tests run, which leave nothing out: `npm run test:applied`. */
export const isNightly = process.env.APPLIED_ROOTS === "all";
