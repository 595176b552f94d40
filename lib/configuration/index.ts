export type { TreeFiles } from "./folder";
export { planned, SENSITIVE, valuesAfter, valuesBefore } from "./plan";
export {
  type CallConfiguration,
  type ResourceInstance,
  type RootConfiguration,
  type RootContent,
  rootConfiguration,
  type VariableConfiguration,
} from "./root";
export { show } from "./show";
export { Configurations, readTree } from "./tree";
