/** Unmanaged access: rights and paths that stand in the account and that no resource of the root explains. */
import { isDeepStrictEqual } from "node:util";
import {
  ignores,
  type ResourceInstance,
  type RootConfiguration,
  SENSITIVE,
  sets,
  show,
  sourceOf,
  standing,
  valuesAfter,
  valuesBefore,
} from "../configuration";
import { itemsOf, many, pointsAt } from "../guardrails/values";
import { isMapping, type Mapping, type Value } from "../hcl";
import type { PlanJson, ResourceChange } from "../terraform";
import { ACCESS_ARGUMENTS, type AccessArgument } from "./access-arguments";
import { type Change, changesIn } from "./change";
import { defaultEntries } from "./default-policies";
import { withoutEmpty } from "./empty";
import type { Entry } from "./entries";

export interface UnmanagedAccess {
  readonly address: string;
  /** The argument that holds it, with a path where it is nested: `ingress`, `network_configuration.security_groups`. */
  readonly argument: string;
  /** What it gives, in words: `tcp 22 from 0.0.0.0/0`. */
  readonly gives: string;
}

/**
 * No apply takes such access away, as the source does not set the argument that shows it, and this plan does not change
 * it. Arguments of the table are compared as they stand, so that access stays named until somebody removes it. Other arguments that are named like access
 * are compared with what they were after the last apply.
 * @param account twelve digits; undefined where the root has no single account
 */
export function unmanagedAccess(
  plan: PlanJson,
  root: RootConfiguration,
  account: string | undefined,
): UnmanagedAccess[] {
  const state = standing(root, plan);
  const noticed = plan.resource_drift.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
  const changes = new Map(changesIn(plan, root).map((change) => [change.address, change]));
  return [
    ...state.of("*").flatMap((resource) => unexplainedIn(resource, root, state, account)),
    ...noticed.flatMap((drift) => addedIn(drift, root, state)),
  ].filter(({ address, argument }) => !isTakenAway(changes.get(address), argument));
}

/** Whether the apply removes the object, or gives the argument the value of the source. */
function isTakenAway(change: Change | undefined, argument: string): boolean {
  if (change === undefined || change.deposed !== undefined) return false;
  const [name = argument] = argument.split(".");
  return change.action === "delete" || change.action === "replace" || change.changed.includes(name);
}

function unexplainedIn(
  resource: ResourceInstance,
  root: RootConfiguration,
  state: RootConfiguration,
  account: string | undefined,
): UnmanagedAccess[] {
  const { address, type, values, call } = resource;
  const source = sourceOf({ ...resource, module_address: `module.${call}` }, root);
  return (ACCESS_ARGUMENTS[type] ?? []).flatMap((access) => {
    const { argument } = access;
    const value = values[argument] ?? null;
    if (isLeftToTerraform(source, argument) || withoutEmpty(value) === undefined) return [];
    const explained = new Set(
      [
        ...explanations(access, resource, state),
        ...(source === undefined ? [] : access.entries(source.values[argument] ?? null, resource)),
        ...defaultEntries(resource, account),
      ].map(({ key }) => key),
    );
    return access
      .entries(value, resource)
      .filter(({ key }) => !explained.has(key))
      .map(({ words }) => ({ address, argument, gives: words }));
  });
}

/** An apply sets back what the source says of the argument. */
function isLeftToTerraform(source: ResourceInstance | undefined, argument: string): boolean {
  return source !== undefined && sets(source, argument) && !ignores(source, argument);
}

function explanations(access: AccessArgument, owner: ResourceInstance, state: RootConfiguration): Entry[] {
  return access.explainedBy.flatMap(({ type, of, by, entries }) =>
    state
      .of(type)
      .filter(({ values }) =>
        by === undefined ? pointsAt(values[of] ?? null, owner) : (values[of] ?? null) === owner.values[by],
      )
      .flatMap(({ values }) => entries(values, owner)),
  );
}

/** Words in the names of arguments that give access, in singular or plural. */
const NAMED_LIKE_ACCESS =
  /(^|[._])(acl|cidr|egress|grant|ingress|permission|polic(y|ie)|principal|public|publicly|role|route|security_group|trusted)s?(_[^.]*)?$/;

function addedIn(drift: ResourceChange, root: RootConfiguration, state: RootConfiguration): UnmanagedAccess[] {
  const { address, type, change } = drift;
  const source = sourceOf(drift, root);
  const [before, after] = [valuesBefore(drift) ?? {}, valuesAfter(drift, source)];
  const inTable = (ACCESS_ARGUMENTS[type] ?? []).map(({ argument }) => argument);
  return Object.keys(after)
    .filter((name) => !isLeftToTerraform(source, name) && !inTable.includes(name))
    .filter((name) => !isSame(change.before?.[name], change.after?.[name]))
    .flatMap((name) => additions(name, before[name] ?? null, after[name] ?? null))
    .filter(({ value }) => !isMentioned(value, address, state))
    .map(({ argument, value }) => ({ address, argument, gives: show(value) }));
}

interface Addition {
  readonly argument: string;
  readonly value: Value;
}

/** What an argument named like access has more than before, at whatever depth. A value that Terraform hides counts whole. */
function additions(argument: string, before: Value, after: Value): Addition[] {
  if (withoutEmpty(after) === undefined || after === false) return [];
  if (after !== SENSITIVE && isSame(before, after)) return [];
  if (NAMED_LIKE_ACCESS.test(argument)) {
    return itemsOf(after)
      .filter((item) => item === SENSITIVE || !itemsOf(before).some((old) => isSame(old, item)))
      .map((value) => ({ argument, value }));
  }
  if (isMapping(after)) {
    const old: Mapping = isMapping(before) ? before : {};
    return Object.entries(after).flatMap(([name, value]) => additions(`${argument}.${name}`, old[name] ?? null, value));
  }
  const [then, now] = [many(before), many(after)];
  return now.filter(isMapping).flatMap((item, i) => additions(argument, then[i] ?? null, item));
}

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutEmpty(one), withoutEmpty(other));
}

/** Whether another resource of the state has all of its texts, and names the one that has it. */
function isMentioned(value: Value, address: string, state: RootConfiguration): boolean {
  const owner = state.at(address);
  const texts = textsIn(value);
  if (owner === undefined || texts.length === 0) return false;
  return state
    .of("*")
    .filter((other) => other.address !== address)
    .some((other) => {
      const there = new Set(textsIn(other.values));
      return texts.every((text) => there.has(text)) && Object.values(other.values).some((one) => pointsAt(one, owner));
    });
}

function textsIn(value: Value): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (isMapping(value)) return Object.values(value).flatMap(textsIn);
  return typeof value === "object"
    ? many(value)
        .filter((item) => item !== value)
        .flatMap(textsIn)
    : [];
}
