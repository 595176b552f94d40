/** Resources of policy statements: whether they cover one resource of the root, or everything. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { type HclValue, Reference, Unknown } from "../hcl";
import { accountOf } from "./account";
import { resourceTypesOf } from "./iam-data";
import { coveredBy, isAnything } from "./patterns";
import type { Statement } from "./policies";
import { HOLE, piecesOf, pointsAt, textWithHoles, valuesAt } from "./values";

/** `*`, everything of a service, or all resources of a type in any account: `arn:aws:s3:::*`, `arn:aws:sqs:*:*:*`, `arn:aws:iam::*:role/*`. */
export function isEverything(arn: HclValue): boolean {
  return isEveryResource(arn) || (isOfAnyAccount(arn) && coversType(arn));
}

/** Everything, or at least all resources of one of the types in an account: `arn:aws:iam::111111111111:role/*`. */
export function isEverythingOf(types: readonly string[], arn: HclValue): boolean {
  return isEveryResource(arn) || coversType(arn, types);
}

/** Whether the ARN names a resource in each account: `arn:aws:iam::*:role/deploy`. */
export function isOfAnyAccount(arn: HclValue): boolean {
  const [, , , , account = ""] = (textWithHoles(arn) ?? "").split(":");
  return isAnything(account);
}

function isEveryResource(arn: HclValue): boolean {
  const text = textWithHoles(arn) ?? "";
  const resource = resourceIn(text);
  return !text.startsWith(HOLE) && text.endsWith("*") && /^[*?/:]*$/.test(resource);
}

function coversType(arn: HclValue, types?: readonly string[]): boolean {
  const text = textWithHoles(arn) ?? "";
  const [, , service = ""] = text.split(":");
  return [...resourceTypesOf(service)].some(
    ([type, template]) => (types?.includes(type) ?? true) && coversEach(resourceIn(text), template),
  );
}

/** The part of an ARN after the account. */
function resourceIn(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

/** Whether the pattern matches a template with any names in its parts. */
function coversEach(pattern: string, template: string): boolean {
  const end = template.startsWith("secret:") ? AFTER_NAME_OF_SECRET : "";
  return template.includes("*") && NAMES.every((name) => coveredBy(pattern)(template.replaceAll("*", name) + end));
}

/** Secrets Manager adds a hyphen and six characters to each name: `secret:*-??????` matches every secret. */
const AFTER_NAME_OF_SECRET = `-${"\uE004".repeat(6)}`;

/** Names of different lengths: a pattern that matches both matches all. */
const NAMES = ["\uE004", "\uE004/".repeat(40)];

/** Placeholders for the ARN of the resource, for its name, and for text that is in no name. */
const [ARN, NAME, NEVER] = ["\uE001", "\uE002", "\uE003"];

/**
 * Whether the statement covers the resource, or everything within it; an unknown value if the answer depends on one.
 * NotResource covers nothing. A statement without either covers the resource that has the policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @param part `own` for the resource itself; `within` for its contents, such as the objects of a bucket
 */
export function concernsResource(
  { resources, notResources }: Statement,
  resource: ResourceInstance,
  root: RootConfiguration,
  part: "own" | "within",
): boolean | Unknown {
  if (resources.length + notResources.length === 0) return part === "own";
  const suffixes = part === "own" ? [""] : NAMES.map((name) => `/${name}`);
  const arns = [ARN, ...arnsOf(resource, root)];
  const isNamed = (pattern: HclValue) => {
    const covers = patternOf(pattern, resource);
    return arns.some((arn) => suffixes.every((suffix) => covers.test(`${arn}${suffix}`)));
  };
  return resources.some(isNamed) || (resources.find(isOpen) ?? false);
}

/** Whether the value, or a part of it, is computed from an unknown value without a source. */
function isOpen(value: HclValue): value is Unknown {
  const isComputed = (piece: HclValue) => piece instanceof Unknown && !(piece instanceof Reference);
  return value instanceof Unknown && piecesOf(value).some(isComputed);
}

function patternOf(value: HclValue, resource: ResourceInstance): RegExp {
  const source = piecesOf(value).map((piece) => {
    if (typeof piece !== "string") return referenceIn(piece, resource);
    return piece
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replaceAll("?", ".");
  });
  return new RegExp(`^${source.join("")}$`, "s");
}

/** Data sources of the partition, the region and the account of the root. */
function referenceIn(piece: HclValue, resource: ResourceInstance): string {
  if (pointsAt(piece, resource)) return piece instanceof Reference && piece.path === "arn" ? ARN : NAME;
  return piece instanceof Reference && /(^|\.)data\./.test(piece.address) ? "[^:]*" : NEVER;
}

/** ARNs of the resource, as far as the source shows them. */
function arnsOf({ type, values }: ResourceInstance, root: RootConfiguration): readonly string[] {
  const { arn = null, name = values.bucket ?? null } = values;
  if (typeof arn === "string") return [arn];
  const service = SERVICES[type];
  const names = [NAME, ...(typeof name === "string" ? [name] : [])];
  if (service === "s3") return names.map((own) => `arn:aws:s3:::${own}`);
  const [region = null] = valuesAt(root.providers.aws ?? [], "region");
  const account = accountOf(root);
  if (service === undefined || typeof region !== "string" || account === undefined) return [];
  return names.map((own) => `arn:aws:${service}:${region}:${account}:${own}`);
}

const SERVICES: Readonly<Record<string, string>> = {
  aws_s3_bucket: "s3",
  aws_sns_topic: "sns",
  aws_sqs_queue: "sqs",
};
