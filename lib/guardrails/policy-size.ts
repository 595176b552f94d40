/** How large policies are as AWS counts them. */
import {
  EncodedJson,
  isList,
  isMapping,
  isUnknown,
  PartialText,
  Reference,
  type Unknown,
  Unordered,
  type Value,
} from "../hcl";
import { stemsFromNothing } from "./values";

/** IAM ignores white space; other services count each byte of the text that they are sent. */
export type Unit = "characters" | "bytes";

/** From all unknown parts empty to all of them at their longest. */
interface Range {
  readonly least: number;
  readonly most: number;
}

export function sizeOf(document: Value, unit: Unit): Range {
  const of = (lengthOf: (part: Unknown) => number) => measure(textOf(document, unit, lengthOf), unit);
  const most = unbounded(document) ? Number.POSITIVE_INFINITY : of(longest);
  return { least: of(() => 0), most };
}

/** White space within texts stays, since AWS leaves out that around them for certain. */
function textOf(document: Value, unit: Unit, lengthOf: (part: Unknown) => number): string {
  if (document instanceof EncodedJson) return encode(filled(document.value, lengthOf));
  if (typeof document !== "string") return "";
  return unit === "bytes" ? document : compact(document);
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** @see https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function encode(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
}

function measure(text: string, unit: Unit): number {
  return unit === "bytes" ? Buffer.byteLength(text) : [...text].length;
}

function filled(value: Value, lengthOf: (part: Unknown) => number): unknown {
  if (value instanceof PartialText) {
    return value.parts.map((part) => (typeof part === "string" ? part : filled(part, lengthOf))).join("");
  }
  if (value instanceof Unordered) return value.elements.map((element) => filled(element, lengthOf));
  if (isUnknown(value)) return "x".repeat(lengthOf(value));
  if (isList(value)) return value.map((item) => filled(item, lengthOf));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, lengthOf)]));
}

/** Whether a part can be anything, and so of any length. */
function unbounded(value: Value): boolean {
  if (value instanceof EncodedJson) return unbounded(value.value);
  if (value instanceof PartialText) return value.parts.some((part) => typeof part !== "string" && unbounded(part));
  if (value instanceof Unordered) return value.elements.some(unbounded);
  if (isList(value)) return value.some(unbounded);
  return isMapping(value) ? Object.values(value).some(unbounded) : stemsFromNothing(value);
}

/** A text that a function makes of a reference counts as any ARN. */
function longest(part: Unknown): number {
  if (!(part instanceof Reference)) return LONGEST_ARN;
  if (part.path === "partition") return LONGEST_PARTITION;
  const type = /(?:^|\.)(aws_\w+)\.\w+(?:\[[^\]]*\])?$/.exec(part.address)?.[1] ?? "";
  const name = part.path === "arn" ? LONGEST_NAMES[type] : undefined;
  return name === undefined ? LONGEST_ARN : LONGEST_PREFIX + name;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDescriptorType.html */
const LONGEST_ARN = 2048;

const LONGEST_PARTITION = "aws-us-gov".length;

/** Everything of an ARN but the name: partition, service, region, account and kind of resource. */
const LONGEST_PREFIX = "arn:aws-us-gov:elasticloadbalancing:ap-northeast-1:111122223333:listener/app/".length;

/** How long the name of a resource can be, by the pages on its service's quotas; a role's with the path. */
const LONGEST_NAMES: Readonly<Record<string, number>> = {
  aws_cloudwatch_log_group: 512,
  aws_dynamodb_table: 255,
  aws_ecr_repository: 256,
  aws_iam_openid_connect_provider: 255,
  aws_iam_role: 512 + 64,
  aws_kms_key: "mrk-".length + 32,
  aws_lb_listener: 32 + "/".length + 16 + "/".length + 16,
  aws_s3_bucket: 63,
  aws_secretsmanager_secret: 512 + "-".length + 6,
  aws_sns_topic: 256,
  aws_sqs_queue: 80,
};
