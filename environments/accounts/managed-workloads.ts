/** Services and maximum permissions of the workloads of systems whose compute and edge AWS manages. */
import type { Workloads } from "./workloads";

const SERVICES = [
  "acm",
  "application-autoscaling",
  "apprunner",
  "cloudfront",
  "cloudwatch",
  "cognito-identity",
  "ec2",
  "ecr",
  "ecs",
  "elasticloadbalancing",
  "events",
  "kms",
  "lambda",
  "logs",
  "rds",
  "route53",
  "rum",
  "s3",
  "scheduler",
  "secretsmanager",
  "sns",
  "ssm",
  "synthetics",
  "wafv2",
  "xray",
] as const;

const ACTIONS = [
  // App Runner and Fargate, which start containers.
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:DescribeImages",
  "ecr:GetDownloadUrlForLayer",
  "kms:Decrypt",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "secretsmanager:GetSecretValue",
  // Code in the containers.
  "kms:GenerateDataKey",
  "rds-db:connect",
  // Schedules, which set retention and key of the logs of App Runner.
  "logs:AssociateKmsKey",
  // Browsers of visitors, and canaries.
  "rum:PutRumEvents",
  "s3:GetBucketLocation",
  "s3:PutObject",
  // RDS and VPC, which write logs.
  "logs:CreateLogGroup",
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:PutRetentionPolicy",
] as const;

/** @param systems names of the systems in the account */
export function managedWorkloads(accountId: string, systems: readonly string[]): Workloads {
  return {
    services: SERVICES,
    actions: ACTIONS,
    actionsOnAll: [
      "cloudwatch:PutMetricData",
      "ecr:GetAuthorizationToken",
      "logs:DescribeLogGroups",
      "s3:ListAllMyBuckets",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ],
    settings: systems.map((system) => `arn:aws:ssm:*:${accountId}:parameter/${system}/*`),
  };
}
