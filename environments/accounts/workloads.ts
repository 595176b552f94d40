/**
 * Services that systems consist of, and the maximum permissions of their workloads. An account has those of its systems alone,
 * because the size of a boundary policy is limited.
 */

export interface Workloads {
  /** IAM prefixes of the services that the roots of systems manage. */
  readonly services: readonly string[];
  /** Single actions of services that roots of systems do not manage as a whole. */
  readonly singleActions?: readonly string[];
  /** Actions on resources of the account. Add an action here before an application uses it. */
  readonly actions: readonly string[];
  /** Actions without resources, or on resources of AWS. */
  readonly actionsOnAll: readonly string[];
  /** Actions on resources of other accounts, which have to allow them: a snapshot that another account shares. */
  readonly elsewhere?: { readonly actions: readonly string[]; readonly accountIds: readonly string[] };
  /** Names of roles that state machines give to tasks, in addition to those of the applications' task definitions. */
  readonly taskRoles?: readonly string[];
  /** SSM parameters without secrets, which Terraform reads in each refresh. */
  readonly settings: readonly string[];
}

const ECS_SERVICES = [
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

const ECS_ACTIONS = [
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

/** Of systems on ECS. */
export const ECS_WORKLOADS: Workloads = {
  services: ECS_SERVICES,
  actions: ECS_ACTIONS,
  actionsOnAll: [
    "cloudwatch:DescribeAlarms",
    "ecr:GetAuthorizationToken",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
    "logs:DescribeLogGroups",
  ],
  settings: [],
};
