/** What the patterns of actions and resources in a policy cover. */
import type { Value } from "../hcl";

/**
 * Actions on no resource in particular: a policy can name none, or a list would be empty if it did.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ACTIONS_WITHOUT_RESOURCES = [
  "acm:ListCertificates",
  "autoscaling:Describe*",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:ListClusters",
  "ecs:ListTaskDefinitions",
  "elasticloadbalancing:Describe*",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:DescribeLogGroups",
  "route53:ListHostedZones",
  "s3:ListAllMyBuckets",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "sns:ListTopics",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:GetSamplingRules",
  "xray:GetSamplingStatisticSummaries",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
] as const;

/** `*`, `s3:*`, and whatever means as much: `s?:*`. */
export function isWholeService(action: Value): boolean {
  return typeof action === "string" && (/^[^:]*[*?]/.test(action) || /:[*?]+$/.test(action));
}

export function isPassRole(action: Value): boolean {
  if (typeof action !== "string" || isWholeService(action)) return false;
  const [start = ""] = action.toLowerCase().split(/[*?]/);
  return start === action.toLowerCase() ? start === "iam:passrole" : "iam:passrole".startsWith(start);
}

export function knowsNoResource(action: Value): boolean {
  if (typeof action !== "string") return false;
  return ACTIONS_WITHOUT_RESOURCES.some((known) =>
    known.endsWith("*")
      ? action.toLowerCase().startsWith(known.slice(0, -1).toLowerCase())
      : action.toLowerCase() === known.toLowerCase(),
  );
}

export function hasWildcard(pattern: Value): boolean {
  return typeof pattern === "string" && pattern.includes("*");
}

/** `*`, or everything of a service: `arn:aws:s3:::*`. */
export function isEverything(arn: Value): boolean {
  return typeof arn === "string" && /^(\*+|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*+)$/.test(arn);
}
