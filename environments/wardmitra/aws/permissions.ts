/** Permissions of the service accounts, as narrow as IAM allows. */
import type { Value } from "../../../lib";
import { bucketName, type Context, type ServiceAccount, type Store, settingsPath, targetGroupName } from "../context";

/** Permissions of a role: managed policies, and statements by their ids. */
interface Permissions {
  readonly managedPolicyArns?: readonly string[];
  readonly statements?: Readonly<
    Record<
      string,
      {
        readonly actions: readonly string[];
        readonly resources: readonly Value<string>[];
        readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
      }
    >
  >;
}

const AWS_POLICY = "arn:aws:iam::aws:policy";

export function permissions(context: Context, account: ServiceAccount): Permissions {
  const { environment, name } = context;
  const {
    region,
    account: { id },
    sizing,
  } = environment;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${id}:${resource}`;
  const path = settingsPath(environment);
  const secret = [arn("secretsmanager", `secret:${path}/database-application-??????`)];
  const readSecret = {
    ReadLogin: { actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources: secret },
  };
  const parameter = (name: string) => [arn("ssm", `parameter/${path}/${name}`)];
  const keys = (use: "secretsmanager" | "ssm" | "s3" | "sns", actions: readonly string[]) => ({
    [`UseKeyThrough${KEY_USERS[use]}`]: {
      actions,
      resources: [context.dataKeyArn],
      conditions: { StringEquals: { "kms:ViaService": [`${use}.${region}.amazonaws.com`] } },
    },
  });
  const bucket = (store: Store) => `arn:aws:s3:::${bucketName(environment, store)}`;
  const objects = (...stores: readonly Store[]) => stores.map((store) => `${bucket(store)}/*`);
  switch (account) {
    case "api":
      return {
        statements: {
          UseUploads: {
            actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            resources: objects("photos", "reports"),
          },
          ...(sizing.aiWorkloads && { ReadModels: { actions: ["s3:GetObject"], resources: objects("models") } }),
          ReadSettings: {
            actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
            resources: [...parameter("config"), ...parameter("config/*")],
          },
          ...readSecret,
          ...keys("s3", ["kms:Decrypt", "kms:GenerateDataKey"]),
          ...keys("secretsmanager", ["kms:Decrypt"]),
        },
      };
    case "pgbouncer_secrets":
      return {
        statements: {
          ...readSecret,
          ReadSettings: {
            actions: ["ssm:GetParameter"],
            resources: [
              ...parameter("pgbouncer-authority-key"),
              ...parameter("pgbouncer-stats-password"),
              ...parameter("config/database-host"),
            ],
          },
          ...keys("secretsmanager", ["kms:Decrypt"]),
          ...keys("ssm", ["kms:Decrypt"]),
        },
      };
    case "monitoring_secrets":
      return {
        statements: {
          ReadPassword: { actions: ["ssm:GetParameter"], resources: parameter("grafana-admin-password") },
          ...keys("ssm", ["kms:Decrypt"]),
        },
      };
    case "loki":
      return {
        statements: {
          ListChunks: { actions: ["s3:ListBucket"], resources: [bucket("loki")] },
          UseChunks: { actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: objects("loki") },
          ...keys("s3", ["kms:Decrypt", "kms:GenerateDataKey"]),
        },
      };
    case "alertmanager":
      return {
        statements: {
          PublishAlerts: { actions: ["sns:Publish"], resources: [context.alertTopicArn] },
          UseKeyOfAlerts: {
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [arn("kms", "key/*")],
            conditions: {
              StringEquals: { "kms:ViaService": [`sns.${region}.amazonaws.com`] },
              "ForAnyValue:StringEquals": { "kms:ResourceAliases": [`alias/${name}-alerts`] },
            },
          },
        },
      };
    case "yace":
      // These actions support no resource ARN.
      return {
        statements: {
          ReadMetrics: {
            actions: [
              "cloudwatch:GetMetricData",
              "cloudwatch:GetMetricStatistics",
              "cloudwatch:ListMetrics",
              "tag:GetResources",
            ],
            resources: ["*"],
          },
        },
      };
    case "load_balancer_controller":
      return {
        statements: {
          // These actions support no resource ARN.
          FindTargets: {
            actions: [
              "ec2:DescribeInstances",
              "ec2:DescribeSecurityGroups",
              "ec2:DescribeVpcs",
              "elasticloadbalancing:DescribeTargetGroups",
              "elasticloadbalancing:DescribeTargetHealth",
            ],
            resources: ["*"],
          },
          RegisterPods: {
            actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
            resources: [arn("elasticloadbalancing", `targetgroup/${targetGroupName(environment)}/*`)],
          },
        },
      };
    case "cluster_autoscaler":
      return {
        statements: {
          // These actions support no resource ARN.
          SeeNodes: {
            actions: [
              "autoscaling:DescribeAutoScalingGroups",
              "autoscaling:DescribeAutoScalingInstances",
              "autoscaling:DescribeLaunchConfigurations",
              "autoscaling:DescribeScalingActivities",
              "autoscaling:DescribeTags",
              "ec2:DescribeImages",
              "ec2:DescribeInstanceTypes",
              "ec2:DescribeLaunchTemplateVersions",
              "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            resources: ["*"],
          },
          SeeNodeGroup: { actions: ["eks:DescribeNodegroup"], resources: [arn("eks", `nodegroup/${name}/*/*`)] },
          ChangeNumberOfNodes: {
            actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
            resources: [arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*")],
            conditions: { StringEquals: { "aws:ResourceTag/eks:cluster-name": [name] } },
          },
        },
      };
    case "ebs_csi_controller":
      return {
        managedPolicyArns: [`${AWS_POLICY}/service-role/AmazonEBSCSIDriverPolicy`],
        statements: {
          EncryptDisks: {
            actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
            resources: [context.dataKeyArn],
          },
          GrantDisks: {
            actions: ["kms:CreateGrant"],
            resources: [context.dataKeyArn],
            conditions: { Bool: { "kms:GrantIsForAWSResource": ["true"] } },
          },
        },
      };
    case "aws_node":
      return { managedPolicyArns: [`${AWS_POLICY}/AmazonEKS_CNI_Policy`] };
  }
}

const KEY_USERS = { secretsmanager: "SecretsManager", ssm: "Ssm", s3: "S3", sns: "Sns" } as const;
