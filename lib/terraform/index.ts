/** What commands, reports and tests do with Terraform. */
export { missingConfiguration } from "./environment";
export { findTerraform, type TerraformExecutable } from "./executable";
export { Interrupted } from "./interrupt";
export { inParallel } from "./parallel";
export { init, offlinePlan, type PlanJson, plan, planJson, type ResourceChange, readPlan } from "./plan";
export { findRoot, rootName, rootPaths } from "./roots";
export { runTerraform, TerraformError, type TerraformRun } from "./run";
export { validate } from "./validate";
export { inCopy, inOfflineCopy, inRoot, type Workplace } from "./workplace";
