/** What commands, reports and tests do with Terraform. */
export { apply } from "./apply";
export { calledFolders, localSources, reachable } from "./calls";
export { detours, overridingConfigurations } from "./detours";
export { missingConfiguration } from "./environment";
export { findTerraform, type TerraformExecutable } from "./executable";
export { Interrupted } from "./interrupt";
export { waitingForLock } from "./lock";
export { inParallel } from "./parallel";
export {
  init,
  keptPlan,
  offlinePlan,
  type PlanJson,
  plan,
  planJson,
  type ResourceChange,
  readPlan,
  type StateModule,
  unknownSections,
} from "./plan";
export { findRoot, requireWrittenTree, rootName, rootPaths } from "./roots";
export { colors, runTerraform, TerraformError, type TerraformRun } from "./run";
export { STATE_VERSION, type StateVersion, stateVersion } from "./state";
export { validate } from "./validate";
export { inCopy, inOfflineCopy, inRoot, inRootAlone, type Workplace } from "./workplace";
