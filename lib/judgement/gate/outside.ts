/** Values that lead out of the account, or out of what the root manages. */
import { accountOf } from "../guardrails/account";
import { EncodedJson, isList, isMapping, isUnknown, PartialText, Unordered, type Value } from "../hcl";
import type { GateContext } from "./context";

/** What belongs to the root, whether the plan changes it or not: ids, names and ARNs. */
export interface Inside {
  /** Twelve digits; undefined where the root has no single account. */
  readonly account: string | undefined;
  readonly roles: ReadonlySet<string>;
  readonly buckets: ReadonlySet<string>;
}

export function insideOf({ plan, root }: Pick<GateContext, "plan" | "root">): Inside {
  return {
    account: accountOf(root),
    roles: identifiersOf(plan, /^aws_iam_(role|instance_profile)$/),
    buckets: identifiersOf(plan, /^aws_s3_(directory_)?bucket$/),
  };
}

/** Only those of the types themselves: the name of anything else can be chosen to be the same. */
function identifiersOf({ resource_changes: all }: GateContext["plan"], types: RegExp): ReadonlySet<string> {
  const values = all.filter(({ type }) => types.test(type)).flatMap(({ change }) => [change.before, change.after]);
  const identifiers = values.flatMap((one) => IDENTIFIERS.map((name) => one?.[name]));
  return new Set(identifiers.filter((one) => typeof one === "string"));
}

const IDENTIFIERS = ["arn", "bucket", "id", "name"] as const;

/** Whether a value names an account that it did not name before, by an ARN, or by the host of a registry or queue. */
export function namesOtherAccount(value: Value, before: Value, { account }: Inside): boolean {
  return account !== undefined && isAnother(accountsIn(value, IN_TEXT), accountsIn(before, IN_TEXT), account);
}

function isAnother(owners: readonly string[], before: readonly string[], account: string | undefined): boolean {
  return owners.some((owner) => owner !== account && !before.includes(owner));
}

/**
 * A role that stands in no resource of the plan: nobody who reviews the root sees its rights. A value that only the apply
 * tells is that of a resource. The roles of services are made by AWS.
 */
export function isRoleOfOthers(value: Value, inside: Inside): boolean {
  if (isList(value)) return value.some((one) => isRoleOfOthers(one, inside));
  if (typeof value !== "string" || value === "" || value.includes(":role/aws-service-role/")) return false;
  return !inside.roles.has(value);
}

/**
 * Whether a value names something outside of the account that it did not name before: an ARN, image or id of another one,
 * a URL, an e-mail address, a telephone, a host with a port, a bucket that the plan does not have. A value that only the
 * apply tells leads where the resources that it is made from are.
 */
export function leadsOut(path: string, value: Value, before: Value, inside: Inside): boolean {
  if (isAnother(accountsIn(value, ALONE), accountsIn(before, ALONE), inside.account)) return true;
  if (isUnknown(value)) return value.references.length === 0;
  if (isList(value)) return value.some((item) => leadsOut(path, item, before, inside));
  if (typeof value !== "string" || value === "") return false;
  const bucket = BUCKET.exec(value)?.[1] ?? (/(^|[._])s3_bucket$/.test(path) ? value : undefined);
  if (bucket !== undefined) return !inside.buckets.has(bucket) && !inside.buckets.has(value);
  if (/^[[{]|^arn:|^\d{12}(\.|$)/.test(value)) return false;
  const host = /^[a-z+]+:\/\/([^/?#]+)/i.exec(value)?.[1] ?? HOST.exec(value)?.[0];
  if (host !== undefined) return !OF_AWS.test(host);
  return value.includes("@") || TELEPHONE.test(value) || (/(^|\.)host$/.test(path) && DOMAIN.test(value));
}

/** Nobody owns a bucket's ARN by what it says. */
const BUCKET = /^(?:arn:[^:]*:s3:::|s3:\/\/)([^/:*]+)/;

/**
 * The host of a service in a region. In the hosts of APIs, functions, load balancers and buckets, a customer's name stands
 * before that: anybody can have one.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
const OF_AWS = /^(?!s3[.-])[a-z0-9-]+\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/i;

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+:\d{2,5}$/i;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
/** @see https://www.itu.int/rec/T-REC-E.164 */
const TELEPHONE = /^\+[\d -]{7,20}$/;

/** Accounts that own what a value names: by ARN, by the host of a registry, by the path of a queue. */
const IN_TEXT = /\barn:[^:"]*:[^:"]*:[^:"]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\.|\.amazonaws\.com(?:\.cn)?\/(\d{12})\//g;

/** The same, and by the id alone. */
const ALONE = new RegExp(`${IN_TEXT.source}|^(\\d{12})$`, "g");

function accountsIn(value: Value, pattern: RegExp): string[] {
  const within = (one: Value) => accountsIn(one, pattern);
  if (value instanceof EncodedJson) return within(value.value);
  if (value instanceof PartialText) return value.parts.flatMap(within);
  if (value instanceof Unordered) return value.elements.flatMap(within);
  if (isList(value)) return value.flatMap(within);
  if (isMapping(value)) return Object.values(value).flatMap(within);
  if (typeof value !== "string") return [];
  return Array.from(value.matchAll(pattern), (groups) => groups.slice(1).find((one) => one !== undefined) ?? "");
}
