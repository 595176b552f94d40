/** Changes of arguments that may weaken access, exposure, secrets, encryption, logging or protection. */
import { heldBy, isHarmless, markAt } from "../guardrails/types";
import { FOR_PEOPLE, type Mark } from "../guardrails/types/marks";
import { type HclValue, isList, type Mapping } from "../hcl";
import type { Change } from "./change";
import { type ArgumentDifference, differences } from "./differences";
import { withoutEmpty } from "./empty";
import { type Inside, isOtherBucket, isOutsideTarget, isRoleOfOthers, namesOthers } from "./outside";
import { withOpenedValues } from "./release-values";

export interface SensitiveChange {
  readonly path: string;
  readonly mark: Mark | "unknown";
}

/**
 * For an existing resource, each changed argument that may weaken a protection. For a new resource, arguments that name a
 * target outside of the account, grant access, switch a detection off, or set a role that the root does not manage;
 * guardrails judge the others. In each argument, a value that newly names another account, a role of another root or an
 * image of another registry is sensitive.
 */
export function sensitiveChanges(change: Change, inside: Inside): SensitiveChange[] {
  const { type, before, after, action } = change;
  if (after === undefined || action === "move") return [];
  const isNew = before === undefined;
  return changedArguments(change)
    .flatMap((difference) => {
      const { path, before: old, after: now } = difference;
      const mark = markAt(type, path);
      if (namesOthers(path, now, old, inside)) return [{ path, mark: mark ?? ("target" as const) }];
      if (mark === undefined) return isOtherBucket(now, old, inside) ? [{ path, mark: "target" as const }] : [];
      if (isNew && mark === "role") return isRoleOfOthers(now, inside) ? [{ path, mark }] : [];
      if (isNew && !opens(difference) && !isOff(type, difference)) {
        return isOutsideTarget(path, now, old, inside) ? [{ path, mark }] : [];
      }
      return isSafe(type, mark, difference, inside) ? [] : [{ path, mark }];
    })
    .filter(({ path }, i, all) => all.findIndex((other) => other.path === path) === i);
}

function isForPeople(path: string): boolean {
  const names = path.split(".");
  return [names[0], names.at(-1)].some((name) => name !== undefined && FOR_PEOPLE.test(name));
}

/** Arguments that grant access as soon as the resource exists. Guardrails also judge them on the types that they cover. */
const OPENS =
  /(^|\.)(assign_public_ip|associate_public_ip_address|ec2_key_pair|ec2_ssh_key|enable_(execute_command|http_endpoint)|key_name|key_pair(_name)?|permissions|publicly_accessible|target_grant)(\.|$)/;

/** Arguments that grant access if they are off: of a load balancer, of a user pool. */
const OPENS_WHEN_OFF = /(^|\.)(allow_admin_create_user_only|internal)$/;

function opens({ path, after }: ArgumentDifference): boolean {
  return OPENS_WHEN_OFF.test(path) ? after === false : OPENS.test(path) && !OFF.includes(after);
}

/** The switch of a detector, a control, a trail or an alarm as a whole. */
const SWITCH =
  /^((actions|is)_enabled|association_status|auto_enable(_controls)?|control_status|enabled?|enable_logging|start_canary|status)$/;

/** Whether a new resource switches off what it describes: a control that a standard enables, or a feature of a detector. */
function isOff(type: string, { path, after }: ArgumentDifference): boolean {
  return heldBy(type) === "logging" && SWITCH.test(path) && after !== null && OFF.includes(after);
}

/**
 * Differences of a resource that exists after the apply, without descriptive texts. `changed` omits attributes that AWS
 * computes; a new resource has all of its arguments.
 */
export function changedArguments({ type, before, after, changed }: Change): ArgumentDifference[] {
  if (after === undefined) return [];
  const now = withOpenedValues(type, after);
  const then = before && withOpenedValues(type, before);
  const found = then === undefined ? differences(null, now) : changed.flatMap((name) => differencesAt(name, then, now));
  return found.filter(({ path }) => !isForPeople(path));
}

/**
 * A sensitive value changes although both sides have the same placeholder. Other values without a difference are only
 * written in another notation: null as "", or blocks in another order.
 */
function differencesAt(name: string, before: Mapping, after: Mapping): ArgumentDifference[] {
  const [then, now] = [before[name] ?? null, after[name] ?? null];
  return then === now ? [{ path: name, before: then, after: now }] : differences(then, now, name);
}

/** Whether the change affects more than the address, descriptive texts, and arguments that are judged harmless. */
export function changesSomething(change: Change): boolean {
  if (change.action !== "update") return change.action !== "move";
  return changedArguments(change).some(({ path }) => !isHarmless(change.type, path));
}

/** Of a type that records events, an empty list means everything, and its first element is a restriction. */
function isSafe(
  type: string,
  mark: Mark | "unknown",
  { path, before, after }: ArgumentDifference,
  inside: Inside,
): boolean {
  switch (mark) {
    case "target":
      return (
        !isOutsideTarget(path, after, before, inside) &&
        !(heldBy(type) === "logging" && withoutEmpty(after) === undefined)
      );
    case "retention":
    case "logging":
    case "protection":
    case "enabled":
      return isStronger(path, before, after) && !(heldBy(type) === "logging" && isList(before) && before.length === 0);
    default:
      return false;
  }
}

/** Arguments that weaken a protection if they are true. */
const INVERTED =
  /(^|[._])(bypass|data_trace|(?<!mfa_)delete(?!_protection)|disabled?(?!_api_)|fail_open|force|ignore|include_execution_data|privileged(_mode)?|root_access|skip(?!_destroy)|ttl)([._]|$)/;

/** Times until somebody notices an event, or until a protection can no longer be removed. */
const LONGER_IS_WEAKER = /(^|\.)(changeable_for_days|max_aggregation_interval|monitoring_interval|unused_access_age)$/;

/** Lists whose elements are left out, or mean the opposite under another value of another argument. */
const LEAVES_OUT = /(^|[._])(exclu\w*|not|redacted|specified_regions|suspended)([._]|$)/;

const ON: readonly HclValue[] = [
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
const OFF: readonly HclValue[] = [false, null, "DISABLED", "Disabled", "PAUSED", "disabled"];

/** Whether the value is switched on, longer, or has more elements. Zero has a special meaning: never, or for ever. */
function isStronger(path: string, before: HclValue, after: HclValue): boolean {
  if (typeof before === "number" && typeof after === "number") {
    return before > 0 && after > 0 && (LONGER_IS_WEAKER.test(path) ? after < before : after > before);
  }
  if (INVERTED.test(path)) return OFF.includes(after);
  if (ON.includes(after)) return true;
  if (isList(before) && isList(after)) return !LEAVES_OUT.test(path) && before.every((item) => after.includes(item));
  return before === null && typeof after === "number" && after > 0;
}
