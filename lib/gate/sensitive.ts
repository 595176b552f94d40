/** Changes of arguments that may weaken access, exposure, secrets, encryption, logging or protection. */
import { heldBy, isHarmless, markAt } from "../guardrails/types";
import { FOR_PEOPLE, type Mark } from "../guardrails/types/marks";
import { EncodedJson, isList, isMapping, isUnknown, type Mapping, PartialText, Unordered, type Value } from "../hcl";
import type { Change } from "./change";
import { type Difference, differences } from "./differences";
import { withoutEmpty } from "./empty";

export interface SensitiveChange {
  readonly path: string;
  readonly mark: Mark | "unknown";
}

/**
 * Of an existing resource, every argument whose change may weaken something. Of a new one, the arguments that lead out of
 * the account or let somebody in: all else about it is judged by the guardrails.
 * @param account twelve digits; undefined where the root has no single account
 */
export function sensitiveChanges(change: Change, account: string | undefined): SensitiveChange[] {
  const { type, before, after, action } = change;
  if (after === undefined || action === "move") return [];
  const isNew = before === undefined;
  return changedArguments(change)
    .flatMap((difference) => {
      const mark = markAt(type, difference.path);
      if (mark === undefined || (isNew && mark !== "target" && !opens(difference))) return [];
      return isSafe(type, mark, difference, account) ? [] : [{ path: difference.path, mark }];
    })
    .filter(({ path }, i, all) => all.findIndex((other) => other.path === path) === i);
}

function isForPeople(path: string): boolean {
  const names = path.split(".");
  return [names[0], names.at(-1)].some((name) => name !== undefined && FOR_PEOPLE.test(name));
}

/** Arguments that let somebody in as soon as the resource stands. Guardrails judge them on the types that they are about. */
const OPENS =
  /(^|\.)(assign_public_ip|associate_public_ip_address|ec2_ssh_key|enable_execute_command|permissions|publicly_accessible)(\.|$)/;

function opens({ path, after }: Difference): boolean {
  return OPENS.test(path) && !OFF.includes(after);
}

/**
 * Differences of a resource that will stand, without texts for people. Attributes that AWS computes anew are in no
 * `changed`; a new resource has all of its arguments.
 */
export function changedArguments({ before, after, changed }: Change): Difference[] {
  if (after === undefined) return [];
  const found =
    before === undefined ? differences(null, after) : changed.flatMap((name) => differencesAt(name, before, after));
  return found.filter(({ path }) => !isForPeople(path));
}

/**
 * A value that Terraform hides is the very same on both sides, and changes all the same. Others that do not differ are only
 * written in another way: null as "", or blocks in another order.
 */
function differencesAt(name: string, before: Mapping, after: Mapping): Difference[] {
  const [then, now] = [before[name] ?? null, after[name] ?? null];
  return then === now ? [{ path: name, before: then, after: now }] : differences(then, now, name);
}

/** Whether the change is more than one of the address, of texts for people, and of arguments that are judged harmless. */
export function changesSomething(change: Change): boolean {
  if (change.action !== "update") return change.action !== "move";
  return changedArguments(change).some(({ path }) => !isHarmless(change.type, path));
}

function isSafe(
  type: string,
  mark: Mark | "unknown",
  { path, before, after }: Difference,
  account: string | undefined,
): boolean {
  switch (mark) {
    case "target":
      return !leadsOut(after, before, account) && !(heldBy(type) === "logging" && withoutEmpty(after) === undefined);
    case "retention":
    case "logging":
    case "protection":
    case "enabled":
      return isStronger(path, before, after);
    default:
      return false;
  }
}

/** Arguments that weaken a protection where they are true. */
const INVERTED =
  /(^|[._])(bypass|data_trace|(?<!mfa_)delete(?!_protection)|disabled?|fail_open|force|ignore|privileged(_mode)?|root_access|skip|ttl)([._]|$)/;

const ON: readonly Value[] = [
  true,
  "ACTIVE",
  "Active",
  "ENABLED",
  "ENHANCED",
  "Enabled",
  "IMMUTABLE",
  "active",
  "enabled",
];
const OFF: readonly Value[] = [false, null, "DISABLED", "Disabled", "disabled"];

/** What is switched on, kept longer, or added to a list. Zero has a meaning of its own: never, or for ever. */
function isStronger(path: string, before: Value, after: Value): boolean {
  if (typeof before === "number" && typeof after === "number") return before > 0 && after > before;
  if (INVERTED.test(path)) return OFF.includes(after);
  if (ON.includes(after)) return true;
  if (isList(before) && isList(after)) return before.every((item) => after.includes(item));
  return before === null && typeof after === "number" && after > 0;
}

/**
 * Whether a value names something outside of the account that it did not name before: an ARN, image or id of another one,
 * a URL, an e-mail address. A value that only the apply tells leads where the resources that it is made from are.
 */
function leadsOut(value: Value, before: Value, account: string | undefined): boolean {
  const known = [account, ...accountsIn(before)];
  if (accountsIn(value).some((owner) => !known.includes(owner))) return true;
  if (isUnknown(value)) return value.references.length === 0;
  if (isList(value)) return value.some((item) => leadsOut(item, before, account));
  if (typeof value !== "string" || value === "") return false;
  if (/^[[{]|^arn:|^\d{12}(\.|$)/.test(value)) return false;
  const host = /^[a-z+]+:\/\/([^/:]+)/.exec(value)?.[1];
  return host === undefined ? value.includes("@") : !host.endsWith(".amazonaws.com");
}

/** Accounts that own what a value names, by ARN, by the host of a registry, or as the id alone. */
function accountsIn(value: Value): string[] {
  if (value instanceof EncodedJson) return accountsIn(value.value);
  if (value instanceof PartialText) return value.parts.flatMap(accountsIn);
  if (value instanceof Unordered) return value.elements.flatMap(accountsIn);
  if (isList(value)) return value.flatMap(accountsIn);
  if (isMapping(value)) return Object.values(value).flatMap(accountsIn);
  if (typeof value !== "string") return [];
  return Array.from(
    value.matchAll(/\barn:[^:"]*:[^:"]*:[^:"]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\.|^(\d{12})$/g),
    ([, arn, registry, id]) => arn ?? registry ?? id ?? "",
  );
}
