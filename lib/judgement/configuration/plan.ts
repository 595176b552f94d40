/** A root after the apply of a plan, and its current state. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isPlacedByRegion } from "../../common/resource-region";
import type { PlanJson, ResourceChange, StateModule } from "../../terraform/plan-json";
import {
  type HclValue,
  isList,
  isMapping,
  type Mapping,
  PartialText,
  Reference,
  SENSITIVE,
  Unknown,
  unknownFrom,
} from "../hcl";
import { asObject, asValue } from "./json";
import { IDENTIFIERS, type ResourceInstance, type RootConfiguration, rootConfiguration } from "./root";

/**
 * The resources of the root with the values of a plan. Unknown values of the plan come from the source: for a policy whose
 * bucket has no ARN yet, the plan shows no value, but the source shows the permissions. Attributes that AWS or another
 * resource set after an apply are omitted as in the source: rules that other resources add to a security group are no
 * inline rules.
 */
export function planned(root: RootConfiguration, changes: readonly ResourceChange[]): RootConfiguration {
  const resources = changes.filter(isLive).map((change) => {
    const source = sourceOf(change, root);
    return withoutOwnRegion(withoutFilledIn(instance(change, source), change, source), source, root);
  });
  return rootConfiguration({
    ...root,
    resources: [...root.resources.filter(({ mode }) => mode === "data"), ...resources],
  });
}

/**
 * The current resources of the root, with all attributes that Terraform read.
 * @param secrets whether sensitive values are hidden, or included for comparisons and never shown
 */
export function standing(
  root: RootConfiguration,
  plan: Pick<PlanJson, "prior_state">,
  secrets: "hidden" | "compared" = "hidden",
): RootConfiguration {
  const resources = stateAsChanges(plan).map(({ change, ...rest }) => {
    const sensitive = secrets === "hidden" ? change.after_sensitive : undefined;
    const resource = { ...rest, change: { ...change, after_sensitive: sensitive } };
    return instance(resource, sourceOf(resource, root));
  });
  return rootConfiguration({ ...root, resources });
}

/** The managed resources of the state, as changes without an effect. */
export function stateAsChanges({ prior_state: state }: Pick<PlanJson, "prior_state">): ResourceChange[] {
  return resourcesIn(state?.values?.root_module).map(({ values, sensitive_values: sensitive, ...resource }) => ({
    ...resource,
    change: {
      actions: ["no-op"],
      before: values,
      after: values,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      replace_paths: [],
    },
  }));
}

type StateResource = StateModule["resources"][number] & { readonly module_address?: string | undefined };

function resourcesIn(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return [];
  return [
    ...module.resources
      .filter(({ mode, deposed_key: deposed }) => mode === "managed" && deposed === undefined)
      .map((resource) => ({ ...resource, module_address: module.address })),
    ...module.child_modules.flatMap(resourcesIn),
  ];
}

/** Whether a managed resource exists after the apply. The replacement of a deposed object has the same address. */
function isLive({ mode, deposed, change }: ResourceChange): boolean {
  return mode === "managed" && deposed === undefined && change.after !== null;
}

/** Omits attributes that the source does not set and the plan does not change. */
function withoutFilledIn(
  resource: ResourceInstance,
  { change: { before, after } }: ResourceChange,
  source: ResourceInstance | undefined,
): ResourceInstance {
  if (source === undefined || before === null) return resource;
  const isFilledIn = (name: string) => !sets(source, name) && isDeepStrictEqual(before[name], after?.[name]);
  const values = Object.entries(resource.values).filter(([name]) => IDENTIFIERS.includes(name) || !isFilledIn(name));
  return { ...resource, values: Object.fromEntries(values) };
}

/**
 * Removes the region that version 6 of the AWS provider fills in from its configuration. `region` of a resource is then the
 * value that its module sets, as in the source.
 */
function withoutOwnRegion(
  resource: ResourceInstance,
  source: ResourceInstance | undefined,
  { providers }: RootConfiguration,
): ResourceInstance {
  const { region, ...values } = resource.values;
  const isSet = source === undefined || sets(source, "region");
  if (typeof region !== "string" || isSet || !isPlacedByRegion(resource.type)) return resource;
  const regions = (providers.aws ?? []).map((provider) => (isMapping(provider) ? provider.region : null));
  return regions.includes(region) ? { ...resource, values } : resource;
}

/** The resource in the source. If the keys of a resource or call are not known there, one instance represents all. */
export function sourceOf(
  { address, module_address: module, type, name }: Pick<ResourceChange, "address" | "module_address" | "type" | "name">,
  root: RootConfiguration,
): ResourceInstance | undefined {
  const call = module?.replace(KEY, "");
  return [address, `${module}.${type}.${name}`, `${call}${address.slice(module?.length)}`, `${call}.${type}.${name}`]
    .map((one) => root.at(one))
    .find((found) => found !== undefined);
}

/** A key of an instance in an address: `["a"]`, `[0]`. */
const KEY = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** Whether the source sets the argument to a value other than null and the empty list. */
export function sets({ values }: ResourceInstance, name: string): boolean {
  const value = values[name] ?? null;
  return value !== null && !(isList(value) && value.length === 0);
}

/** Whether `ignore_changes` contains the argument, or a part of it. */
export function ignores({ lifecycle }: ResourceInstance, name: string): boolean {
  const ignored = lifecycle.ignore_changes ?? null;
  if (ignored === "all") return true;
  return isList(ignored) && ignored.some((path) => typeof path === "string" && path.split(/[.[]/)[0] === name);
}

/** The values before the change, with sensitive ones hidden; undefined for a new resource. */
export function valuesBefore({ change }: ResourceChange): Mapping | undefined {
  if (change.before === null) return undefined;
  return object(overlay(change.before, false, change.before_sensitive, undefined));
}

/** The values after the change, as far as known, with sensitive ones hidden. */
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

/** `unknown` and `sensitive` have the structure of the value, with true at unknown and sensitive places. */
function overlay(value: unknown, unknown: unknown, sensitive: unknown, source: HclValue | undefined): HclValue {
  if (sensitive === true) return isEmpty(value) && unknown !== true ? null : hidden(source);
  if (unknown === true) return source ?? null;
  if (Array.isArray(value)) {
    const [unknowns, sensitives] = [asList(unknown), asList(sensitive)];
    return value.map((item, i) => overlay(item, unknowns[i], sensitives[i], elementOf(source, i, item)));
  }
  if (typeof value !== "object" || value === null) return unhashed(asValue(value), source);
  const [unknowns, sensitives] = [asObject(unknown), asObject(sensitive)];
  const known = asObject(value);
  const names = new Set([...Object.keys(known), ...Object.keys(unknowns)]);
  return Object.fromEntries(
    Array.from(names, (name) => [name, overlay(known[name], unknowns[name], sensitives[name], memberOf(source, name))]),
  );
}

/**
 * The provider plans the user data of an instance as a hash. The text of the source replaces the hash if the text has this
 * hash, or if it is partly unknown.
 */
function unhashed(value: HclValue, source: HclValue | undefined): HclValue {
  if (typeof value !== "string" || !/^[0-9a-f]{40}$/.test(value) || source === undefined) return value;
  if (source instanceof PartialText) return source;
  if (typeof source !== "string") return value;
  return [source, Buffer.from(source, "base64")].some((text) => sha1(text) === value) ? source : value;
}

function sha1(text: string | Buffer): string {
  return createHash("sha1").update(text).digest("hex");
}

/** An empty sensitive value is no secret: the provider has "" for an argument that is not set. */
function isEmpty(value: unknown): boolean {
  return value === null || value === "";
}

/** The origin of a sensitive value, without any text of it. */
function hidden(source: HclValue | undefined): Unknown {
  if (source instanceof Reference) return source;
  return source instanceof Unknown && source.references.length > 0 ? unknownFrom(source) : SENSITIVE;
}

/**
 * The element in the source. A plan reorders the elements of a set, so the index in the source may differ. The source may
 * have a single block without a list.
 */
function elementOf(source: HclValue | undefined, i: number, element: unknown): HclValue | undefined {
  if (source === undefined || source instanceof Unknown) return source;
  const elements = isList(source) ? source : [source];
  const here = elements[i];
  if (here !== undefined && canBe(here, element)) return here;
  return elements.find((other) => canBe(other, element)) ?? new Unknown();
}

/** Whether the known parts of the source agree with the value of the plan. */
function canBe(source: HclValue, value: unknown): boolean {
  if (source instanceof Unknown || value === null || value === undefined) return true;
  if (isMapping(source)) return Object.entries(source).every(([name, member]) => canBe(member, asObject(value)[name]));
  return typeof source === "object" || source === value;
}

function memberOf(source: HclValue | undefined, name: string): HclValue | undefined {
  if (source instanceof Unknown) return source;
  return source !== undefined && isMapping(source) ? source[name] : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: HclValue): Mapping {
  return isMapping(value) ? value : {};
}
