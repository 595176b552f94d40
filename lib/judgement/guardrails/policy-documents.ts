/** Policy documents: no element of a statement is empty, and no document exceeds AWS's size limit. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isList, isMapping, isUnknown } from "../hcl";
import { worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { documentOf, member } from "./policies";
import { type SizeRange, sizeOf, type Unit } from "./policy-size";
import { many, named, stemsFromNothing, thoseNaming, valuesAt } from "./values";

interface Limit {
  readonly path: string;
  readonly size: number;
  readonly unit: Unit;
}

/**
 * The size limit of each type's document, and its argument. Trust policies have the default quota of an account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const LIMITS = {
  aws_cloudwatch_log_resource_policy: { path: "policy_document", size: 5120, unit: "characters" },
  aws_ecr_repository_policy: { path: "policy", size: 10_240, unit: "bytes" },
  aws_iam_group_policy: { path: "policy", size: 5120, unit: "characters" },
  aws_iam_policy: { path: "policy", size: 6144, unit: "characters" },
  aws_iam_role: { path: "assume_role_policy", size: 2048, unit: "characters" },
  aws_iam_role_policy: { path: "policy", size: 10_240, unit: "characters" },
  aws_iam_user_policy: { path: "policy", size: 2048, unit: "characters" },
  aws_kms_external_key: { path: "policy", size: 32_768, unit: "bytes" },
  aws_kms_key: { path: "policy", size: 32_768, unit: "bytes" },
  aws_kms_key_policy: { path: "policy", size: 32_768, unit: "bytes" },
  aws_kms_replica_key: { path: "policy", size: 32_768, unit: "bytes" },
  aws_organizations_policy: { path: "content", size: 5120, unit: "bytes" },
  aws_s3_bucket_policy: { path: "policy", size: 20_480, unit: "bytes" },
  aws_secretsmanager_secret: { path: "policy", size: 20_480, unit: "bytes" },
  aws_secretsmanager_secret_policy: { path: "policy", size: 20_480, unit: "bytes" },
  aws_sns_topic: { path: "policy", size: 30_720, unit: "bytes" },
  aws_sns_topic_policy: { path: "policy", size: 30_720, unit: "bytes" },
  aws_sqs_queue: { path: "policy", size: 8192, unit: "bytes" },
  aws_sqs_queue_policy: { path: "policy", size: 8192, unit: "bytes" },
  aws_vpc_endpoint: { path: "policy", size: 20_480, unit: "bytes" },
  aws_vpc_endpoint_policy: { path: "policy", size: 20_480, unit: "bytes" },
} as const satisfies Readonly<Record<string, Limit>>;

const TYPES = Object.keys(LIMITS);

const BY_TYPE: Readonly<Record<string, Limit>> = LIMITS;

/**
 * Its statements have operations in place of actions, with empty objects.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html
 */
const DATA_PROTECTION = "aws_cloudwatch_log_data_protection_policy";

/** Owners whose inline policies AWS counts together, by the argument that names the owner. */
const OWNERS: Readonly<Record<string, readonly [argument: string, owner: string]>> = {
  aws_iam_group_policy: ["group", "aws_iam_group"],
  aws_iam_role_policy: ["role", "aws_iam_role"],
  aws_iam_user_policy: ["user", "aws_iam_user"],
};

export const POLICY_DOCUMENTS = [
  {
    id: "policy-elements-filled",
    title: "No element of a policy statement is empty",
    why: "AWS refuses the policy during the apply, or accepts it, and it allows less or more than its reader thinks.",
    severity: "medium",
    controls: { soc2: ["CC8.1"] },
    allowed: "statements without empty lists, each with an Action or a NotAction",
    types: ["*"],
    judge: ({ type, values }) => {
      if (type === DATA_PROTECTION) return HOLDS;
      const names = Object.keys(values).filter((name) => mayBeDocument(values[name] ?? null));
      const policy = BY_TYPE[type]?.path;
      return worst(names.map((name) => judgeElements(name, documentOf(values[name] ?? null), name === policy)));
    },
  },
  {
    id: "policy-size",
    title: "A policy does not exceed AWS's size limit",
    why: "AWS refuses the policy during the apply, and the resources that depend on it are neither created nor changed.",
    severity: "medium",
    controls: { soc2: ["CC8.1"] },
    allowed:
      "up to 6,144 characters without white space in a managed policy, 10,240 in all inline policies of a role, 2,048 in a trust policy; 20 KB for a bucket, 32 KB for a key, 8 KB for a queue",
    types: TYPES,
    judge: judgeSize,
  },
] as const satisfies readonly ResourceGuardrail[];

/** Most arguments are numbers, booleans, null and lists. */
function mayBeDocument(value: HclValue): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null && !isList(value));
}

/** @param isPolicy whether the argument always holds a policy, even if its value is unknown */
function judgeElements(path: string, document: HclValue, isPolicy: boolean): Verdict {
  if (isUnknown(document))
    return isPolicy && stemsFromNothing(document) ? undecided(`${path} = ${show(document)}`) : HOLDS;
  const found = isMapping(document) ? member(document, "Statement") : undefined;
  if (found === undefined) return HOLDS;
  const statements = many(found);
  if (statements.length === 0) return broken(`${path}: ${show({ Statement: [] })}`);
  return worst(statements.map((statement) => judgeStatement(path, statement)));
}

function judgeStatement(path: string, statement: HclValue): Verdict {
  if (!isMapping(statement)) return stemsFromNothing(statement) ? undecided(`${path} = ${show(statement)}`) : HOLDS;
  const sid = member(statement, "Sid");
  const place = `${path}, ${typeof sid === "string" ? sid : "statement"}`;
  if (!Object.keys(statement).some((name) => /^(?:Not)?Action$/i.test(name))) return broken(`${place}: no Action`);
  const empty = Object.entries(statement).find(([name, element]) => hasEmpty(name, element));
  return empty === undefined ? HOLDS : broken(`${place}: ${show(Object.fromEntries([empty]))}`);
}

/** Whether the element contains an empty list or mapping at any depth. A condition can compare with an empty text. */
function hasEmpty(name: string, element: HclValue): boolean {
  if (/^Sid$/i.test(name) || isUnknown(element)) return false;
  if (isList(element)) return element.length === 0 || element.some((item) => hasEmpty(name, item));
  if (!isMapping(element)) return element === null || (element === "" && !/^Condition$/i.test(name));
  const members = Object.values(element);
  return members.length === 0 || members.some((one) => hasEmpty(name, one));
}

function judgeSize(resource: ResourceInstance, root: RootConfiguration): Verdict {
  const limit = BY_TYPE[resource.type];
  if (limit === undefined || !isCounted(resource)) return HOLDS;
  const { path, size, unit } = limit;
  const sizes = countedTogether(resource, root).map((one) => ownSize(one, limit, root));
  const [least, most] = [sum(sizes.map((one) => one.least)), sum(sizes.map((one) => one.most))];
  if (most <= size) return HOLDS;
  const got = `${path}: ${least} ${unit}`;
  return least > size ? broken(`${got}; allowed: ${size}`) : undecided(`${got} and unknown parts`);
}

/** The inline policies of a role are judged one by one, and counted together each time. */
function ownSize(resource: ResourceInstance, { path, unit }: Limit, root: RootConfiguration): SizeRange {
  const known = SIZES.get(resource);
  if (known !== undefined) return known;
  const sizes = valuesAt(resource.values, path).map((document) => sizeOf(document, unit, root));
  const size = { least: sum(sizes.map((one) => one.least)), most: sum(sizes.map((one) => one.most)) };
  SIZES.set(resource, size);
  return size;
}

const SIZES = new WeakMap<ResourceInstance, SizeRange>();

/** Other types of organization policies have other limits. */
function isCounted({ type, values }: ResourceInstance): boolean {
  if (type !== "aws_organizations_policy") return true;
  return isUnknown(values.type ?? null) || !/^(?:AISERVICES|BACKUP|CHATBOT|DECLARATIVE|TAG)/.test(String(values.type));
}

function countedTogether(resource: ResourceInstance, root: RootConfiguration): readonly ResourceInstance[] {
  const [argument, ownerType] = OWNERS[resource.type] ?? [];
  if (argument === undefined || ownerType === undefined) return [resource];
  const owner = named(resource.values[argument] ?? null, ownerType, root);
  return owner === undefined ? [resource] : thoseNaming(owner, resource.type, argument, root);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
