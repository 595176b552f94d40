/** Values that refer to targets outside of the account or of the root. */
import { accountOf } from "../guardrails/account";
import { EncodedJson, type HclValue, isList, isMapping, isUnknown, PartialText, Unordered } from "../hcl";
import type { GateContext } from "./context";

/** Ids, names and ARNs of resources of the root, changed or not. */
export interface Inside {
  /** Twelve digits; undefined if the root has no single account. */
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

/** Identifiers of these types only, because a resource of another type may have the same name. */
function identifiersOf({ resource_changes: all }: GateContext["plan"], types: RegExp): ReadonlySet<string> {
  const values = all.filter(({ type }) => types.test(type)).flatMap(({ change }) => [change.before, change.after]);
  const identifiers = values.flatMap((one) => IDENTIFIERS.map((name) => one?.[name]));
  return new Set(identifiers.filter((one) => typeof one === "string"));
}

const IDENTIFIERS = ["arn", "bucket", "id", "name"] as const;

/**
 * Whether a value newly names another account, by an ARN or by the host of a registry or queue; a role of the account that
 * the root does not manage; or an image that is in no registry of ECR.
 */
export function namesOthers(path: string, value: HclValue, before: HclValue, inside: Inside): boolean {
  const { account, roles } = inside;
  const isNew = (found: (value: HclValue) => readonly string[], isOwn: (one: string) => boolean) => {
    const known = found(before);
    return found(value).some((one) => !isOwn(one) && !known.includes(one));
  };
  return (
    (account !== undefined && isAnother(namedIn(value, IN_TEXT), namedIn(before, IN_TEXT), account)) ||
    isNew(
      (one) => namedIn(one, ROLE),
      (arn) => roles.has(arn) || roles.has(arn.split("/").at(-1) ?? ""),
    ) ||
    isNew(
      (one) => repositoriesIn(path, one),
      (repository) => OF_ECR.test(repository),
    )
  );
}

/** Repositories of images, without their tags: of a container in a JSON text, or of an argument. */
function repositoriesIn(path: string, value: HclValue): string[] {
  const isImage = IMAGE_ARGUMENT.test(path) && typeof value === "string" && value !== "";
  return [...(isImage ? [value] : []), ...namedIn(value, IMAGE)].map((image) => image.replace(/(:[^:/]*)?(@.*)?$/, ""));
}

/** Whether a value newly names a bucket that the plan does not contain. */
export function isOtherBucket(value: HclValue, before: HclValue, { buckets }: Pick<Inside, "buckets">): boolean {
  if (isList(value)) return value.some((item) => isOtherBucket(item, before, { buckets }));
  const bucket = typeof value === "string" ? BUCKET.exec(value)?.[1] : undefined;
  return bucket !== undefined && !buckets.has(bucket) && !namedIn(before, BUCKETS).includes(bucket);
}

function isAnother(owners: readonly string[], before: readonly string[], account: string | undefined): boolean {
  return owners.some((owner) => owner !== account && !before.includes(owner));
}

/**
 * Whether a role is no resource of the plan, so that a review of the root does not show its permissions. A value that is
 * known after the apply belongs to a resource. AWS creates service-linked roles.
 */
export function isRoleOfOthers(value: HclValue, inside: Inside): boolean {
  if (isList(value)) return value.some((one) => isRoleOfOthers(one, inside));
  if (typeof value !== "string" || value === "" || value.includes(":role/aws-service-role/")) return false;
  return !inside.roles.has(value);
}

/**
 * Whether a value newly names a target outside of the account: an ARN, image or id of another account, a URL, an e-mail
 * address, a phone number, a host with a port, or a bucket that the plan does not contain. A value that is known after the
 * apply refers to the resources that it is made from.
 */
export function isOutsideTarget(path: string, value: HclValue, before: HclValue, inside: Inside): boolean {
  if (isAnother(namedIn(value, ALONE), namedIn(before, ALONE), inside.account)) return true;
  if (isUnknown(value)) return value.references.length === 0;
  if (isList(value)) return value.some((item) => isOutsideTarget(path, item, before, inside));
  if (typeof value !== "string" || value === "") return false;
  const bucket = BUCKET.exec(value)?.[1] ?? (/(^|[._])bucket(_name)?$/.test(path) ? value : undefined);
  if (bucket !== undefined) return !inside.buckets.has(bucket) && !inside.buckets.has(value);
  if (/^[[{]|^arn:|^\d{12}(\.|$)/.test(value)) return false;
  const host = /^(?:[a-z][a-z0-9+.-]*:)+\/\/([^/?#]+)/i.exec(value)?.[1] ?? HOST.exec(value)?.[0];
  if (host !== undefined) return !OF_AWS.test(host);
  return value.includes("@") || TELEPHONE.test(value) || (/(^|\.)host$/.test(path) && DOMAIN.test(value));
}

/** The ARN of a bucket does not contain its account. */
const BUCKET = /^(?:arn:[^:]*:s3:::|s3:\/\/)([^/:*]+)/;
const BUCKETS = new RegExp(BUCKET.source.slice(1), "g");

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const ROLE = /\b(arn:[^:"]*:iam::\d{12}:role\/(?!aws-service-role\/)[\w+=,.@/-]+)/g;

const IMAGE = /"image" ?: ?"([^"]+)"/g;
const IMAGE_ARGUMENT = /(^|\.)image(_identifier|_uri)?$/;
const OF_ECR = /^\d{12}\.dkr\.ecr\./;

/**
 * The host of an AWS service in a region. Hosts of APIs, functions, load balancers and buckets begin with a name that any
 * customer can choose.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
const OF_AWS = /^(?!s3[.-])[a-z0-9-]+\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/i;

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+:\d{2,5}$/i;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
/** @see https://www.itu.int/rec/T-REC-E.164 */
const TELEPHONE = /^\+[\d -]{7,20}$/;

/** Accounts in a value: in an ARN, in the host of a registry, in the path of a queue. */
const IN_TEXT = /\barn:[^:"]*:[^:"]*:[^:"]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\.|\.amazonaws\.com(?:\.cn)?\/(\d{12})\//g;

/** The same, and an account id on its own. */
const ALONE = new RegExp(`${IN_TEXT.source}|^(\\d{12})$`, "g");

/** Matches of a pattern in all texts of a value. */
function namedIn(value: HclValue, pattern: RegExp): string[] {
  const within = (one: HclValue) => namedIn(one, pattern);
  if (value instanceof EncodedJson) return within(value.value);
  if (value instanceof PartialText) return value.parts.flatMap(within);
  if (value instanceof Unordered) return value.elements.flatMap(within);
  if (isList(value)) return value.flatMap(within);
  if (isMapping(value)) return Object.values(value).flatMap(within);
  if (typeof value !== "string") return [];
  return Array.from(value.matchAll(pattern), (groups) => groups.slice(1).find((one) => one !== undefined) ?? "");
}
