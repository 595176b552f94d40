import { describeWithTerraform } from "./terraform-needed";

/** Whether the nightly tests run, which leave nothing out: `npm run test:applied`. */
export const isNightly = process.env.APPLIED_ROOTS === "all";

/** Tests of plans that take long. */
export const describePlanNightly = isNightly ? describeWithTerraform : describe.skip;
