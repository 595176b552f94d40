/** Unmanaged access: permissions and network paths in the account that no resource of the root explains. */
import { isDeepStrictEqual } from "node:util";
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import {
  ignores,
  type ResourceInstance,
  type RootConfiguration,
  sourceOf,
  standing,
  valuesAfter,
  valuesBefore,
} from "../configuration";
import { asValue } from "../configuration/json";
import { isEmpty, itemsOf, many, pointsAt, valuesAt } from "../guardrails/values";
import { type HclValue, hasUnknown, isMapping, type Mapping, SENSITIVE, show } from "../hcl";
import { ACCESS_ARGUMENTS, type AccessArgument } from "./access-arguments";
import { type Change, changesByAddress } from "./change";
import { defaultEntries } from "./default-policies";
import { noticedIn } from "./drift";
import { isSameButEmpty, withoutEmpty } from "./empty";
import type { Entry } from "./entries";
import { resolved } from "./resolved";

export interface UnmanagedAccess {
  readonly address: string;
  /** The argument that holds the access, with its path: `ingress`, `network_configuration.security_groups`. */
  readonly argument: string;
  /** The access in words: `tcp 22 from 0.0.0.0/0`. */
  readonly gives: string;
}

/** Resources that explain access. */
interface Known {
  readonly root: RootConfiguration;
  /** The current state, with sensitive values hidden. */
  readonly state: RootConfiguration;
  /** The current state with sensitive values, which are compared and never shown. */
  readonly explaining: RootConfiguration;
  /** Changes without Terraform, by address. */
  readonly noticed: ReadonlyMap<string, ResourceChange>;
}

/**
 * Access that no apply removes, because the source does not set its argument and the plan does not change it. For arguments
 * in the table, current values are compared, so access is listed until somebody removes it. Other arguments with a name
 * that suggests access are compared with their values after the last apply.
 * @param account twelve digits; undefined if the root has no single account
 */
export function unmanagedAccess(
  plan: PlanJson,
  root: RootConfiguration,
  account: string | undefined,
): UnmanagedAccess[] {
  const noticed = noticedIn(plan);
  const known: Known = {
    root,
    state: standing(root, plan),
    explaining: standing(root, plan, "compared"),
    noticed: new Map(noticed.map((drift) => [drift.address, drift])),
  };
  const changes = changesByAddress(plan, root);
  return [
    ...known.state.of("*").flatMap((resource) => unexplainedIn(resource, known, account)),
    ...noticed.flatMap((drift) => addedIn(drift, known)),
  ].filter(({ address, argument }) => !isRemovedByApply(changes.get(address), argument));
}

/** Whether the apply removes the object, or sets the argument to the value of the source. */
function isRemovedByApply(change: Change | undefined, argument: string): boolean {
  if (change === undefined) return false;
  if (change.action === "delete" || change.action === "replace") return true;
  const [name = argument, ...nested] = argument.split(".");
  if (!change.changed.includes(name)) return false;
  const at = (values: Mapping = {}) => valuesAt(values, argument);
  return nested.length === 0 || !isDeepStrictEqual(at(change.before), at(change.after));
}

function unexplainedIn(resource: ResourceInstance, known: Known, account: string | undefined): UnmanagedAccess[] {
  const { address, type, values } = resource;
  const source = sourceOf({ ...resource, module_address: `module.${resource.call}` }, known.root);
  const ignored = ignoredValuesOf(resource, known);
  return (ACCESS_ARGUMENTS[type] ?? []).flatMap((access) => {
    const { argument } = access;
    if (isRevertedByApply(source, argument)) return [];
    const entriesOf = (value: HclValue = null) =>
      withoutEmpty(value) === undefined ? [] : access.entries(value, resource);
    const wanted = entriesOf(ignored[argument]);
    const found = entriesOf(values[argument]);
    const explained = [...explanations(access, resource, known), ...wanted, ...defaultEntries(resource, account)];
    return [
      ...apart(found, explained).map(({ words }) => words),
      ...apart(wanted, found).flatMap(({ words }) => (DENIAL.test(words) ? [`no longer ${words}`] : [])),
    ].map((gives) => ({ address, argument, gives }));
  });
}

const DENIAL = /^("[^"]*": )?Deny /;

/** Entries that are not among the others. */
function apart(entries: readonly Entry[], others: readonly Entry[]): Entry[] {
  const keys = new Set(others.map(({ key }) => key));
  return entries.filter(({ key }) => !keys.has(key));
}

/** Values of the source for arguments in `ignore_changes`, as far as they are known. */
function ignoredValuesOf(resource: ResourceInstance, { root, explaining }: Known): Mapping {
  const source = sourceOf({ ...resource, module_address: `module.${resource.call}` }, root);
  if (source === undefined) return {};
  return Object.fromEntries(
    Object.entries(source.values)
      .filter(([name, value]) => ignores(source, name) && !isEmpty(value))
      .map(([name, value]): [string, HclValue] => [name, resolved(value, explaining)])
      .filter(([, value]) => !hasUnknown(value)),
  );
}

/** Whether the apply reverts changes of the argument, because the source sets it. */
function isRevertedByApply(source: ResourceInstance | undefined, argument: string): boolean {
  if (source === undefined || ignores(source, argument.split(".")[0] ?? argument)) return false;
  return valuesAt(source.values, argument).some((value) => !isEmpty(value));
}

/** Entries of other resources. For arguments in `ignore_changes`, the values of the source count. */
function explanations(access: AccessArgument, owner: ResourceInstance, known: Known): Entry[] {
  return access.explainedBy.flatMap(({ type, of, by, entries }) =>
    known.explaining
      .of(type)
      .filter(({ values }) =>
        by === undefined ? pointsAt(values[of] ?? null, owner) : (values[of] ?? null) === owner.values[by],
      )
      .flatMap((other) => entries({ ...other.values, ...ignoredValuesOf(other, known) }, owner)),
  );
}

/** Names of arguments that grant access, in singular or plural. */
const NAMED_LIKE_ACCESS =
  /(^|[._])(acl|allowed|anonymous|auth_flow|callback_url|cidr|egress|grant|ingress|permission|polic(y|ie)|principal|public|publicly|role|route|security_group|thumbprint|trusted)s?(_[^.]*)?$/;

/** Status that a Kubernetes controller reports, which grants no access. */
const REPORTED = /(^|\.)status$/;

function addedIn(drift: ResourceChange, known: Known): UnmanagedAccess[] {
  const { address, type, change } = drift;
  const source = sourceOf(drift, known.root);
  const [before, after] = [valuesBefore(drift) ?? {}, valuesAfter(drift, source)];
  const inTable = (ACCESS_ARGUMENTS[type] ?? []).map(({ argument }) => argument);
  return Object.keys(after)
    .filter((name) => !inTable.includes(name) && !isSameButEmpty(change.before?.[name], change.after?.[name]))
    .flatMap((name) => additions(name, before[name] ?? null, after[name] ?? null))
    .filter(({ argument }) => !isDeepStrictEqual(rawAt(change.before, argument), rawAt(change.after, argument)))
    .filter(({ argument, value }) => !isRevertedByApply(source, argument) && !isMentioned(value, address, known))
    .map(({ argument, value }) => ({ address, argument, gives: show(value) }));
}

/** With what Terraform hides, to be compared and never shown. */
function rawAt(values: ResourceChange["change"]["after"], argument: string): readonly HclValue[] {
  return valuesAt(asValue(values), argument);
}

interface Addition {
  readonly argument: string;
  readonly value: HclValue;
}

/** Additions to arguments with a name that suggests access, at any depth. A changed sensitive value counts as a whole. */
function additions(argument: string, before: HclValue, after: HclValue): Addition[] {
  if (withoutEmpty(after) === undefined || after === false || REPORTED.test(argument)) return [];
  if (after !== SENSITIVE && isSameButEmpty(before, after)) return [];
  if (NAMED_LIKE_ACCESS.test(argument)) {
    return itemsOf(after)
      .filter((item) => item === SENSITIVE || !itemsOf(before).some((old) => isSameButEmpty(old, item)))
      .map((value) => ({ argument, value }));
  }
  if (isMapping(after)) {
    const old: Mapping = isMapping(before) ? before : {};
    return Object.entries(after).flatMap(([name, value]) => additions(`${argument}.${name}`, old[name] ?? null, value));
  }
  const [then, now] = [many(before), many(after)];
  return now
    .filter((item) => isMapping(item) && !then.some((old) => isSameButEmpty(old, item)))
    .flatMap((item) => additions(argument, then[now.indexOf(item)] ?? null, item));
}

/**
 * Whether another resource had all texts of the value before any change without Terraform, and refers to the resource that
 * has it now. `name` and `id` of a resource are no references.
 */
function isMentioned(value: HclValue, address: string, { state, noticed }: Known): boolean {
  const owner = state.at(address);
  const texts = textsIn(value);
  if (owner === undefined || texts.length === 0) return false;
  return state
    .of("*")
    .filter((other) => other.address !== address)
    .some((other) => {
      const drift = noticed.get(other.address);
      const values = (drift === undefined ? undefined : valuesBefore(drift)) ?? other.values;
      const there = new Set(textsIn(values));
      return (
        texts.every((text) => there.has(text)) &&
        Object.entries(values).some(([name, one]) => name !== "name" && name !== "id" && pointsAt(one, owner))
      );
    });
}

function textsIn(value: HclValue): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (isMapping(value)) return Object.values(value).flatMap(textsIn);
  return typeof value === "object"
    ? many(value)
        .filter((item) => item !== value)
        .flatMap(textsIn)
    : [];
}
