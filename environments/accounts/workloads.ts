/** Services that systems consist of, and the maximum permissions of their workloads: one table for all accounts. */

/** IAM prefixes of the services that the roots of systems manage. */
export const SERVICES = [
  "acm",
  "application-autoscaling",
  "cloudwatch",
  "codedeploy",
  "ec2",
  "ecr",
  "ecs",
  "elasticloadbalancing",
  "events",
  "kms",
  "logs",
  "rds",
  "route53",
  "s3",
  "secretsmanager",
  "ses",
  "sns",
  "sqs",
  "wafv2",
] as const;

/** Actions on resources of the account. Add an action here before an application uses it. */
export const WORKLOAD_ACTIONS = [
  // Fargate, which starts tasks.
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "kms:Decrypt",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "secretsmanager:GetSecretValue",
  // Code in the containers.
  "kms:GenerateDataKey",
  "s3:AbortMultipartUpload",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:PutObject",
  "ses:SendEmail",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
  // CodeDeploy, which deploys services.
  "ecs:CreateTaskSet",
  "ecs:DeleteTaskSet",
  "ecs:DescribeServices",
  "ecs:UpdateServicePrimaryTaskSet",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyRule",
  // RDS and VPC, which write logs.
  "logs:CreateLogGroup",
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:PutRetentionPolicy",
] as const;

export const WORKLOAD_ACTIONS_ON_ALL = [
  "cloudwatch:DescribeAlarms",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeTargetGroups",
  "logs:DescribeLogGroups",
] as const;
