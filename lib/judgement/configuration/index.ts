export { SENSITIVE, show } from "../hcl";
export { ignores, planned, sets, sourceOf, standing, stateAsChanges, valuesAfter, valuesBefore } from "./plan";
export {
  type CallConfiguration,
  IDENTIFIERS,
  type ResourceInstance,
  type RootConfiguration,
  type RootContent,
  rootConfiguration,
  type VariableConfiguration,
} from "./root";
export { withoutStandIns } from "./stand-ins";
export { Configurations, readTree } from "./tree";
export type { TreeFiles } from "./tree-files";
