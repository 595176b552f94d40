/** Values of the arguments and nested blocks of a resource. */
import { type HclValue, isUnknown, type Mapping, type Scope, scopeOf } from "../hcl";
import { entriesOf } from "./instances";
import { asObject, evaluateJson, isLiteral, isTemplate, type Json, keyIn, templateEvaluation } from "./json";

/** Meta-arguments, which Terraform does not pass to the provider. */
const META_ARGUMENTS = new Set(["//", "count", "depends_on", "dynamic", "for_each", "lifecycle", "provider"]);

/** Without meta-arguments. The evaluation of a block is shared by all calls of its module. */
export function argumentsOf(body: Json, scope: Scope): Mapping {
  const block = blocks.get(body) ?? blockOf(body, (name) => !META_ARGUMENTS.has(name));
  blocks.set(body, block);
  return block(scope);
}

type Evaluation = (scope: Scope) => HclValue;

/** Evaluations of blocks, which all calls of a module share. */
const blocks = new WeakMap<Json, (scope: Scope) => Mapping>();

/** The value of an argument or of a nested block, which may be dynamic. */
function evaluation(json: unknown): Evaluation {
  if (isLiteral(json)) return () => json;
  if (typeof json === "string") return templateEvaluation(json);
  if (Array.isArray(json)) {
    const items = json.map(evaluation);
    return (scope) => items.map((item) => item(scope));
  }
  return blockOf(asObject(json), () => true);
}

function blockOf({ dynamic, ...json }: Json, isMember: (name: string) => boolean): (scope: Scope) => Mapping {
  const members = Object.entries(json).filter(([name]) => isMember(name));
  const evaluations = members.map(([name, value]): [string, Evaluation] => [name, evaluation(value)]);
  if (members.some(([name]) => isTemplate(name))) {
    return (scope) => {
      const own = evaluations.map(([name, valueIn]): [string, HclValue] => [keyIn(name, scope), valueIn(scope)]);
      return Object.fromEntries([...own, ...made(dynamic, scope)]);
    };
  }
  // A copy of the literals, with room for the other members, takes less time than a new object.
  const literals = Object.fromEntries(members.map(([name, value]) => [name, isLiteral(value) ? value : null]));
  const others = evaluations.filter((_, i) => !isLiteral(members[i]?.[1]));
  return (scope) => {
    const values = { ...literals };
    for (const [name, valueIn] of others) values[name] = valueIn(scope);
    for (const [name, blocks] of made(dynamic, scope)) values[name] = blocks;
    return values;
  };
}

/** The blocks that `dynamic` creates, by name. */
function made(dynamic: unknown, scope: Scope): [string, HclValue][] {
  if (dynamic === undefined) return [];
  return Object.entries(asObject(dynamic)).map(([name, blocks]) => {
    const all = [blocks].flat().map((block) => expand(name, asObject(block), scope));
    return [name, all.find(isUnknown) ?? all.flat()];
  });
}

/** The blocks that one `dynamic` block creates. */
function expand(name: string, { for_each: forEach, iterator = name, content }: Json, scope: Scope): HclValue {
  const all = evaluateJson(forEach, scope);
  if (isUnknown(all)) return all;
  return entriesOf(all).map(([key, value]) =>
    argumentsOf(asObject(content), scopeOf({ [String(iterator)]: { key, value } }, scope)),
  );
}
