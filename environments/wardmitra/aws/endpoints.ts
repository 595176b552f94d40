/** Interface endpoints of AWS services for the nodes and their pods, with the actions that each allows. */

/** @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
export const ENDPOINT_SERVICES: Readonly<Record<string, readonly string[]>> = {
  autoscaling: [
    "autoscaling:Describe*",
    "autoscaling:SetDesiredCapacity",
    "autoscaling:TerminateInstanceInAutoScalingGroup",
  ],
  // The CNI assigns addresses, and the EBS driver makes and attaches disks.
  ec2: ["ec2:*"],
  "ecr.api": [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:BatchImportUpstreamImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
  ],
  "ecr.dkr": [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    // ECR fetches an image of a public registry at its first pull.
    "ecr:BatchImportUpstreamImage",
    "ecr:GetDownloadUrlForLayer",
  ],
  eks: ["eks:DescribeCluster", "eks:DescribeNodegroup"],
  elasticloadbalancing: [
    "elasticloadbalancing:DeregisterTargets",
    "elasticloadbalancing:Describe*",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:RegisterTargets",
  ],
  kms: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  monitoring: ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"],
  secretsmanager: [
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
  ],
  sns: ["sns:Publish"],
  ssm: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
  sts: ["sts:AssumeRole", "sts:GetCallerIdentity"],
};

/** A pod exchanges the token of its service account for its first credentials. */
export const UNSIGNED_ACTIONS = { sts: ["sts:AssumeRoleWithWebIdentity"] } as const;
