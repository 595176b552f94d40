export type { TreeFiles } from "./folder";
export { planned, valuesAfter, valuesBefore } from "./plan";
export {
  type CallConfiguration,
  type ResourceInstance,
  type RootConfiguration,
  type RootContent,
  rootConfiguration,
  type VariableConfiguration,
} from "./root";
export { SENSITIVE, show } from "./show";
export { Configurations, readTree } from "./tree";
