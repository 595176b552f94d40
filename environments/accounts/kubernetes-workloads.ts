/** Services and maximum permissions of the workloads of systems on EKS. */
import type { Workloads } from "./workloads";

const SERVICES = [
  "acm",
  "autoscaling",
  "cloudfront",
  "cloudwatch",
  "dms",
  "ec2",
  "ecr",
  "eks",
  "elasticloadbalancing",
  "events",
  "kms",
  "lambda",
  "logs",
  "rds",
  "route53",
  "s3",
  "secretsmanager",
  "sns",
  "ssm",
  "wafv2",
] as const;

const ACTIONS = [
  // Control plane, nodes and disks.
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  // The CNI and Lambda attach network interfaces; the EBS driver makes disks.
  "ec2:AssignPrivateIpAddresses",
  "ec2:AttachNetworkInterface",
  "ec2:AttachVolume",
  "ec2:CreateNetworkInterface",
  "ec2:CreateSnapshot",
  "ec2:CreateTags",
  "ec2:CreateVolume",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteSnapshot",
  "ec2:DeleteTags",
  "ec2:DeleteVolume",
  "ec2:DetachNetworkInterface",
  "ec2:DetachVolume",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:ModifyVolume",
  "ec2:UnassignPrivateIpAddresses",
  // The cluster autoscaler and the load balancer controller.
  "autoscaling:SetDesiredCapacity",
  "autoscaling:TerminateInstanceInAutoScalingGroup",
  "eks:DescribeCluster",
  "eks:DescribeNodegroup",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:RegisterTargets",
  // Nodes, whose first pull fetches an image of a public registry into its cache.
  "ecr:BatchImportUpstreamImage",
  // Pods.
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:PutObject",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "sns:Publish",
  "ssm:GetParameter*",
  // The function that rotates the application's login.
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecretVersionStage",
  // RDS, VPC and Lambda, which write logs.
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
] as const;

/** Of the role with which DMS writes assessments. Everything else of DMS is among the actions above. */
const MIGRATION_ACTIONS = ["s3:GetBucketLocation", "s3:PutObjectTagging"] as const;

/**
 * @param systems names of the systems in the account
 * @param migrates whether DMS migrates a database in the account
 */
export function kubernetesWorkloads(accountId: string, systems: readonly string[], migrates: boolean): Workloads {
  return {
    services: SERVICES,
    actions: [...ACTIONS, ...(migrates ? MIGRATION_ACTIONS : [])],
    actionsOnAll: [
      "autoscaling:Describe*",
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:ListMetrics",
      "ec2:Describe*",
      "ec2:GetInstanceTypesFromInstanceRequirements",
      // The images of add-ons are in accounts of AWS.
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "elasticloadbalancing:Describe*",
      "logs:DescribeLogGroups",
      "tag:GetResources",
    ],
    settings: systems.map((system) => `arn:aws:ssm:*:${accountId}:parameter/${system}/*/config/*`),
  };
}
