/** What the systems are made of, and what runs in them may do at most: one table for all accounts. */

/** Prefixes of the actions that the roots of systems need. */
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

/** On resources of the account. An application that needs another action gets it here first. */
export const WORKLOAD_ACTIONS = [
  // Fargate starts tasks.
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
  // CodeDeploy moves a service to its next version.
  "ecs:CreateTaskSet",
  "ecs:DeleteTaskSet",
  "ecs:DescribeServices",
  "ecs:UpdateServicePrimaryTaskSet",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyRule",
  // RDS and VPC write their logs.
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
