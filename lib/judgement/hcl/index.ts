/** Evaluation of Terraform expressions without Terraform. */
export { equal } from "./equality";
export { evaluate } from "./evaluate";
export { FUNCTIONS } from "./functions";
export { instanceKey } from "./instance-key";
export { isComputed, lazyObject, type Scope, scopeOf } from "./scope";
export { bare, type Notation, SENSITIVE, show } from "./show";
export {
  beginsWith,
  EncodedJson,
  finishesWith,
  type HclValue,
  hasUnknown,
  isList,
  isMapping,
  isUnknown,
  type Known,
  type Mapping,
  PartialText,
  Reference,
  referencesOf,
  textFrom,
  Unknown,
  Unordered,
  unknownFrom,
} from "./unknown";
export { asText, EvaluationError, isTerraformSet, setOf, sortedKeys } from "./values";
