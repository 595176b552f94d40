/** A root as a plan will leave it. */
import { isList, isMapping, type Mapping, Reference, Unknown, unknownFrom, type Value } from "../hcl";
import type { ResourceChange } from "../terraform";
import { asObject, asValue } from "./json";
import { type ResourceInstance, type RootConfiguration, rootConfiguration } from "./root";
import { SENSITIVE } from "./show";

/**
 * The root's resources with the values of a plan. What the plan leaves open is as the source says: of a policy whose
 * bucket has no ARN yet, Terraform says nothing, and the source still says what it permits.
 */
export function planned(root: RootConfiguration, changes: readonly ResourceChange[]): RootConfiguration {
  const resources = changes
    .filter(({ mode, change }) => mode === "managed" && change.after !== null)
    .map((change) => instance(change, sourceOf(change, root)));
  return rootConfiguration({
    ...root,
    resources: [...root.resources.filter(({ mode }) => mode === "data"), ...resources],
  });
}

/** What the source says of a resource. Where it does not know the keys of `for_each`, one instance stands for all. */
export function sourceOf(change: ResourceChange, root: RootConfiguration): ResourceInstance | undefined {
  const { address, module_address: module, type, name } = change;
  return root.at(address) ?? root.at(`${module}.${type}.${name}`);
}

/** What stood before, as far as it may be shown; undefined where the resource is new. */
export function valuesBefore({ change }: ResourceChange): Mapping | undefined {
  if (change.before === null) return undefined;
  return object(overlay(change.before, false, change.before_sensitive, undefined));
}

/** What will stand after, as far as it is known and may be shown. */
export function valuesAfter({ change }: ResourceChange, source?: ResourceInstance): Mapping {
  return object(overlay(change.after, change.after_unknown, change.after_sensitive, source?.values));
}

function instance(change: ResourceChange, source: ResourceInstance | undefined): ResourceInstance {
  const call = /^module\.([^.[]+)/.exec(change.address)?.[1] ?? "";
  return {
    module: "",
    lifecycle: {},
    ...source,
    address: change.address,
    mode: change.mode,
    type: change.type,
    name: change.name,
    key: change.index,
    call,
    values: valuesAfter(change, source),
  };
}

/** `unknown` and `sensitive` mirror the value, with true where it is so. */
function overlay(value: unknown, unknown: unknown, sensitive: unknown, source: Value | undefined): Value {
  if (sensitive === true) return value === null && unknown !== true ? null : hidden(source);
  if (unknown === true) return source ?? null;
  if (Array.isArray(value)) {
    const [unknowns, sensitives] = [asList(unknown), asList(sensitive)];
    return value.map((item, i) => overlay(item, unknowns[i], sensitives[i], elementOf(source, i, item)));
  }
  if (typeof value !== "object" || value === null) return asValue(value);
  const [unknowns, sensitives] = [asObject(unknown), asObject(sensitive)];
  const known = asObject(value);
  const names = new Set([...Object.keys(known), ...Object.keys(unknowns)]);
  return Object.fromEntries(
    Array.from(names, (name) => [name, overlay(known[name], unknowns[name], sensitives[name], memberOf(source, name))]),
  );
}

/** Of a value that is not to be shown, only where it comes from: the source may spell out some or all of its text. */
function hidden(source: Value | undefined): Unknown {
  if (source instanceof Reference) return source;
  return source instanceof Unknown && source.references.length > 0 ? unknownFrom(source) : SENSITIVE;
}

/**
 * What the source says of an element. A plan puts the elements of a set into an order of its own, so that one at another
 * place may be meant. A single block may stand in the source without a list around it.
 */
function elementOf(source: Value | undefined, i: number, element: unknown): Value | undefined {
  if (source === undefined || source instanceof Unknown) return source;
  const elements = isList(source) ? source : [source];
  const here = elements[i];
  if (here !== undefined && canBe(here, element)) return here;
  return elements.find((other) => canBe(other, element)) ?? new Unknown();
}

/** Whether nothing that the source knows contradicts the plan's value. */
function canBe(source: Value, value: unknown): boolean {
  if (source instanceof Unknown || value === null || value === undefined) return true;
  if (isMapping(source)) return Object.entries(source).every(([name, member]) => canBe(member, asObject(value)[name]));
  return typeof source === "object" || source === value;
}

function memberOf(source: Value | undefined, name: string): Value | undefined {
  if (source instanceof Unknown) return source;
  return source !== undefined && isMapping(source) ? source[name] : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: Value): Mapping {
  return isMapping(value) ? value : {};
}
