/** What modules, environments and the composition root are written with. */
export type { Resource } from "./attribute";
export { type Choice, condition, type Expression, hcl, jsonencode, type Ref, type Value } from "./expression";
export { defineModule, readyAfter } from "./module";
export { filter, isSet } from "./reference";
export { blockForEach, blockIf, local, resource, resourceForEach, resourceIf } from "./resource";
export { Root, type RootProps, type StateBackend } from "./root";
export { sensitive, set, sizing, text } from "./schema";
export { synthesize } from "./synthesize";
export { InputError } from "./validation";
