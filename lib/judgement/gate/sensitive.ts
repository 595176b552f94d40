/** Changes of arguments that may weaken access, exposure, secrets, encryption, logging or protection. */
import { heldBy, isHarmless, markAt } from "../guardrails/types";
import { FOR_PEOPLE, type Mark } from "../guardrails/types/marks";
import { isList, type Mapping, type Value } from "../hcl";
import type { Change } from "./change";
import { type ArgumentDifference, differences } from "./differences";
import { withoutEmpty } from "./empty";
import { type Inside, isRoleOfOthers, leadsOut, namesOtherAccount } from "./outside";

export interface SensitiveChange {
  readonly path: string;
  readonly mark: Mark | "unknown";
}

/**
 * Of an existing resource, every argument whose change may weaken something. Of a new one, the arguments that lead out of
 * the account, let somebody in, or give it a role that no resource of the root manages: all else about it is judged by the
 * guardrails. Whatever the argument, a value that names another account asks.
 */
export function sensitiveChanges(change: Change, inside: Inside): SensitiveChange[] {
  const { type, before, after, action } = change;
  if (after === undefined || action === "move") return [];
  const isNew = before === undefined;
  return changedArguments(change)
    .flatMap((difference) => {
      const { path, before: old, after: now } = difference;
      const mark = markAt(type, path);
      if (namesOtherAccount(now, old, inside)) return [{ path, mark: mark ?? ("target" as const) }];
      if (mark === undefined) return [];
      if (isNew && mark === "role") return isRoleOfOthers(now, inside) ? [{ path, mark }] : [];
      if (isNew && mark !== "target" && !opens(difference)) return [];
      return isSafe(type, mark, difference, inside) ? [] : [{ path, mark }];
    })
    .filter(({ path }, i, all) => all.findIndex((other) => other.path === path) === i);
}

function isForPeople(path: string): boolean {
  const names = path.split(".");
  return [names[0], names.at(-1)].some((name) => name !== undefined && FOR_PEOPLE.test(name));
}

/** Arguments that let somebody in as soon as the resource stands. Guardrails judge them on the types that they are about. */
const OPENS =
  /(^|\.)(assign_public_ip|associate_public_ip_address|ec2_key_pair|ec2_ssh_key|enable_execute_command|key_name|key_pair(_name)?|permissions|publicly_accessible|target_grant)(\.|$)/;

/** The same of arguments that let somebody in where they are off: a load balancer, a pool of users. */
const OPENS_WHEN_OFF = /(^|\.)(allow_admin_create_user_only|internal)$/;

function opens({ path, after }: ArgumentDifference): boolean {
  return OPENS_WHEN_OFF.test(path) ? after === false : OPENS.test(path) && !OFF.includes(after);
}

/**
 * Differences of a resource that will stand, without texts for people. Attributes that AWS computes anew are in no
 * `changed`; a new resource has all of its arguments.
 */
export function changedArguments({ before, after, changed }: Change): ArgumentDifference[] {
  if (after === undefined) return [];
  const found =
    before === undefined ? differences(null, after) : changed.flatMap((name) => differencesAt(name, before, after));
  return found.filter(({ path }) => !isForPeople(path));
}

/**
 * A value that Terraform hides is the very same on both sides, and changes all the same. Others that do not differ are only
 * written in another way: null as "", or blocks in another order.
 */
function differencesAt(name: string, before: Mapping, after: Mapping): ArgumentDifference[] {
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
  { path, before, after }: ArgumentDifference,
  inside: Inside,
): boolean {
  switch (mark) {
    case "target":
      return (
        !leadsOut(path, after, before, inside) && !(heldBy(type) === "logging" && withoutEmpty(after) === undefined)
      );
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
  /(^|[._])(bypass|data_trace|(?<!mfa_)delete(?!_protection)|disabled?(?!_api_)|fail_open|force|ignore|privileged(_mode)?|root_access|skip(?!_destroy)|ttl)([._]|$)/;

/** Times until somebody notices, or until a protection can no longer be taken off. */
const LONGER_IS_WEAKER = /(^|\.)(changeable_for_days|max_aggregation_interval|monitoring_interval|unused_access_age)$/;

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
  if (typeof before === "number" && typeof after === "number") {
    return before > 0 && after > 0 && (LONGER_IS_WEAKER.test(path) ? after < before : after > before);
  }
  if (INVERTED.test(path)) return OFF.includes(after);
  if (ON.includes(after)) return true;
  if (isList(before) && isList(after)) return before.every((item) => after.includes(item));
  return before === null && typeof after === "number" && after > 0;
}
