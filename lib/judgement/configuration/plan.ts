/** A root as a plan will leave it. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isPlacedByRegion } from "../../common/resource-region";
import type { PlanJson, ResourceChange, StateModule } from "../../terraform/plan-json";
import {
  isList,
  isMapping,
  type Mapping,
  PartialText,
  Reference,
  SENSITIVE,
  Unknown,
  unknownFrom,
  type Value,
} from "../hcl";
import { asObject, asValue } from "./json";
import { IDENTIFIERS, type ResourceInstance, type RootConfiguration, rootConfiguration } from "./root";

/**
 * The root's resources with the values of a plan. Values that the plan leaves open come from the source: for a policy
 * whose bucket has no ARN yet, Terraform shows no value, and the source still says what the policy permits. Attributes
 * that AWS or another resource filled in after an apply are left out, as the source leaves them out: the rules that other
 * resources add to a security group are no rules inside the group.
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
 * The root's resources as they stand, with every attribute that Terraform read.
 * @param secrets whether values that Terraform hides are left out, or stand there to be compared and never shown
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

/** The managed resources of the state, each as a change that changes nothing. */
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

/** A managed resource that the plan keeps; a deposed object is about to go, and its replacement has the address. */
function isLive({ mode, deposed, change }: ResourceChange): boolean {
  return mode === "managed" && deposed === undefined && change.after !== null;
}

/** Without the attributes that the source does not set, and that this plan does not change. */
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
 * Without the region that version 6 of the AWS provider fills in from its configuration: `region` of a resource is then what
 * its module says, as in the source.
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

/** What the source says of a resource. Where it does not know the keys of `for_each`, one instance stands for all. */
export function sourceOf(
  { address, module_address: module, type, name }: Pick<ResourceChange, "address" | "module_address" | "type" | "name">,
  root: RootConfiguration,
): ResourceInstance | undefined {
  return root.at(address) ?? root.at(`${module}.${type}.${name}`);
}

/** Whether the source gives the argument a value; null and an empty list are none. */
export function sets({ values }: ResourceInstance, name: string): boolean {
  const value = values[name] ?? null;
  return value !== null && !(isList(value) && value.length === 0);
}

/** Whether `ignore_changes` names the argument, or a part of it. */
export function ignores({ lifecycle }: ResourceInstance, name: string): boolean {
  const ignored = lifecycle.ignore_changes ?? null;
  if (ignored === "all") return true;
  return isList(ignored) && ignored.some((path) => typeof path === "string" && path.split(/[.[]/)[0] === name);
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
 * Of a script that starts a machine, the provider plans only the hash: the source's text stands for it where it has the
 * hash, or where only Terraform knows all of the text.
 */
function unhashed(value: Value, source: Value | undefined): Value {
  if (typeof value !== "string" || !/^[0-9a-f]{40}$/.test(value) || source === undefined) return value;
  if (source instanceof PartialText) return source;
  if (typeof source !== "string") return value;
  return [source, Buffer.from(source, "base64")].some((text) => sha1(text) === value) ? source : value;
}

function sha1(text: string | Buffer): string {
  return createHash("sha1").update(text).digest("hex");
}

/** That a hidden value is empty is no secret: the provider keeps "" for an argument that nobody has set. */
function isEmpty(value: unknown): boolean {
  return value === null || value === "";
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
