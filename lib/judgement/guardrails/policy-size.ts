/** The size of policies as AWS counts it. */
import type { RootConfiguration } from "../configuration";
import {
  EncodedJson,
  type HclValue,
  isList,
  isMapping,
  isUnknown,
  PartialText,
  Reference,
  type Unknown,
  Unordered,
} from "../hcl";
import { stemsFromNothing } from "./values";

/** IAM ignores white space; other services count each byte of the text. */
export type Unit = "characters" | "bytes";

/** From the size with all unknown parts empty to the size with all of them at their longest. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

/** @param root whose resources the document refers to */
export function sizeOf(document: HclValue, unit: Unit, root: RootConfiguration): SizeRange {
  const least = knownSize(document, unit);
  if (unbounded(document)) return { least, most: Number.POSITIVE_INFINITY };
  const parts = document instanceof EncodedJson ? unknownIn(document.value) : [];
  return { least, most: parts.reduce((most, part) => most + longest(part, root), least) };
}

/**
 * The size without unknown parts. White space within texts counts, because AWS ignores for certain only the white space around
 * them.
 */
function knownSize(document: HclValue, unit: Unit): number {
  if (document instanceof EncodedJson) return encodedSize(document.value, unit);
  if (typeof document !== "string") return 0;
  return measure(unit === "bytes" ? document : compact(document), unit);
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** @see https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function encodedSize(value: HclValue, unit: Unit): number {
  if (value instanceof PartialText) return quotedSize(knownTextOf(value), unit);
  if (value instanceof Unordered) return sizeOfList(value.elements, unit);
  if (isUnknown(value)) return quotedSize("", unit);
  if (isList(value)) return sizeOfList(value, unit);
  if (isMapping(value)) {
    const members = Object.keys(value).map(
      (name) => quotedSize(name, unit) + 1 + encodedSize(value[name] ?? null, unit),
    );
    return inBrackets(members);
  }
  return typeof value === "string" ? quotedSize(value, unit) : JSON.stringify(value).length;
}

function sizeOfList(elements: readonly HclValue[], unit: Unit): number {
  return inBrackets(elements.map((element) => encodedSize(element, unit)));
}

function inBrackets(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 2 + Math.max(0, sizes.length - 1));
}

function knownTextOf({ parts }: PartialText): string {
  return parts
    .map((part) => (typeof part === "string" ? part : part instanceof PartialText ? knownTextOf(part) : ""))
    .join("");
}

function quotedSize(text: string, unit: Unit): number {
  if (PLAIN.test(text)) return text.length + 2;
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return measure(JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escaped), unit);
}

/** ASCII without characters that JSON or Terraform escapes. */
const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;

function measure(text: string, unit: Unit): number {
  return unit === "bytes" ? Buffer.byteLength(text) : text.length - Array.from(text.matchAll(SURROGATES)).length;
}

/** Pairs of code units that are one character. */
const SURROGATES = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

function unknownIn(value: HclValue): readonly Unknown[] {
  if (value instanceof PartialText) return value.parts.flatMap(unknownIn);
  if (value instanceof Unordered) return value.elements.flatMap(unknownIn);
  if (isUnknown(value)) return [value];
  if (isList(value)) return value.flatMap(unknownIn);
  return isMapping(value) ? Object.values(value).flatMap(unknownIn) : [];
}

/** Whether a part can be anything, and so have any length. */
function unbounded(value: HclValue): boolean {
  if (value instanceof EncodedJson) return unbounded(value.value);
  if (value instanceof PartialText) return value.parts.some((part) => typeof part !== "string" && unbounded(part));
  if (value instanceof Unordered) return value.elements.some(unbounded);
  if (isList(value)) return value.some(unbounded);
  return isMapping(value) ? Object.values(value).some(unbounded) : stemsFromNothing(value);
}

/** The result of a function on a reference counts as any ARN. */
function longest(part: Unknown, root: RootConfiguration): number {
  if (!(part instanceof Reference)) return LONGEST_ARN;
  const { address, path } = part;
  if (path === "partition") return LONGEST_PARTITION.length;
  const resource = root.at(address);
  const longestId = path === "id" && resource !== undefined ? LONGEST_IDS[resource.type] : undefined;
  if (longestId !== undefined) return longestId;
  const form = path === "arn" && resource !== undefined ? FORMS[resource.type] : undefined;
  if (resource === undefined || form === undefined) return LONGEST_ARN;
  const name = resource.values[form.named] ?? null;
  return form.before.length + (typeof name === "string" ? name.length : form.longest) + (form.after ?? 0);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDescriptorType.html */
const LONGEST_ARN = 2048;

/** Ids that are no ARNs. @see https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_IdentityPool.html */
const LONGEST_IDS: Readonly<Record<string, number>> = { aws_cognito_identity_pool: 55 };

const LONGEST_PARTITION = "aws-us-gov";

/** For a service in the region with the longest name. */
const REGIONAL = (service: string) => `arn:${LONGEST_PARTITION}:${service}:ap-northeast-1:111122223333:`;

interface Form {
  /** The text before the name, at its longest. */
  readonly before: string;
  /** The argument that holds the name, if the source shows it. */
  readonly named: string;
  /** The longest name; for a role, with its path. */
  readonly longest: number;
  /** Characters that AWS appends. */
  readonly after?: number;
}

/**
 * ARN templates of resources.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const FORMS: Readonly<Record<string, Form>> = {
  aws_cloudwatch_log_group: { before: `${REGIONAL("logs")}log-group:`, named: "name", longest: 512 },
  aws_db_parameter_group: { before: `${REGIONAL("rds")}pg:`, named: "name", longest: 255 },
  aws_db_subnet_group: { before: `${REGIONAL("rds")}subgrp:`, named: "name", longest: 255 },
  aws_dynamodb_table: { before: `${REGIONAL("dynamodb")}table/`, named: "name", longest: 255 },
  aws_ecr_repository: { before: `${REGIONAL("ecr")}repository/`, named: "name", longest: 256 },
  aws_ecs_task_definition: { before: `${REGIONAL("ecs")}task-definition/`, named: "family", longest: 255, after: 12 },
  aws_iam_openid_connect_provider: { before: `${REGIONAL("iam")}oidc-provider/`, named: "url", longest: 255 },
  aws_iam_role: { before: `${REGIONAL("iam")}role/`, named: "name", longest: 64, after: 512 },
  aws_kms_key: { before: `${REGIONAL("kms")}key/`, named: "key_id", longest: "mrk-".length + 32 },
  aws_lb_listener: { before: `${REGIONAL("elasticloadbalancing")}listener/app/`, named: "name", longest: 66 },
  aws_s3_bucket: { before: `arn:${LONGEST_PARTITION}:s3:::`, named: "bucket", longest: 63 },
  aws_secretsmanager_secret: { before: `${REGIONAL("secretsmanager")}secret:`, named: "name", longest: 512, after: 7 },
  aws_sns_topic: { before: REGIONAL("sns"), named: "name", longest: 256 },
  aws_sqs_queue: { before: REGIONAL("sqs"), named: "name", longest: 80 },
};
