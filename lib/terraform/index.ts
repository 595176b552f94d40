/** Running Terraform, for commands, reports and tests. */
export { apply } from "./apply";
export { calledFolders, localSources, reachable } from "./calls";
export { detours, overridingConfigurations } from "./detours";
export { missingConfiguration } from "./environment";
export { findTerraform, type TerraformExecutable } from "./executable";
export { type FetchedModule, fetchModule } from "./fetch-module";
export { Interrupted } from "./interrupt";
export { dependencyLockOf, lockedProviders } from "./locked-providers";
export { inParallel } from "./parallel";
export { init, keptPlan, offlinePlan, plan, planJson } from "./plan";
export { type PlanJson, type ResourceChange, readPlan, type StateModule, unknownSections } from "./plan-json";
export { findRoot, requireWrittenTree, rootName, rootPaths } from "./roots";
export { colors, runTerraform, TerraformError, type TerraformRun } from "./run";
export { STATE_VERSION, type StateVersion, stateVersion } from "./state";
export { waitingForLock } from "./state-lock";
export { validate } from "./validate";
export { inCopy, inOfflineCopy, inRoot, inRootAlone, type Workplace } from "./workplace";
