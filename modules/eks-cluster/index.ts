import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  condition,
  defineModule,
  type Expression,
  hcl,
  LOG_RETENTION_DAYS,
  partition,
  policyDocument,
  readyAfter,
  resource,
  resourceName,
  serviceTrust,
  set,
  sizing,
  text,
} from "../../lib";
import { ACCESS, accessEntries, IN_NAMESPACES } from "./access";

/** Every log of the control plane. `audit` and `authenticator` have who did what. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export const EksCluster = defineModule({
  name: "eks-cluster",
  description:
    "The control plane of a Kubernetes cluster: private endpoint, access only by access entries, Secrets encrypted with a customer managed key, all control-plane logs, an identity provider for service accounts. AWS installs no add-on and gives its creator no access.",
  inputs: {
    name: resourceName(40).describe("Name of the cluster. A change replaces the cluster."),
    accountId: ACCOUNT_ID.describe("Account of the cluster."),
    kubernetesVersion: text(/^1\.[1-9]\d$/, "a Kubernetes version such as 1.36", "1.36.2").describe(
      "Version of the control plane. It can only be raised, by one minor version at a time; the gate refuses other changes. Nodes and add-ons have versions of their own.",
    ),
    subnetIds: set(z.string())
      .min(2)
      .describe("Private subnets, in two zones or more, for the network interfaces of the control plane."),
    serviceCidr: z
      .cidrv4()
      .default("172.20.0.0/16")
      .describe("IPv4 block of Services. It must not overlap a connected network. A change replaces the cluster."),
    publicAccessCidrs: set(
      text(/^\d{1,3}(?:\.\d{1,3}){3}\/(?:[89]|[12]\d|3[0-2])$/, "IPv4 blocks from /8 to /32", "0.0.0.0/0"),
    )
      .default([])
      .describe(
        "Blocks from which the API can be reached over the internet. With an empty set, the endpoint is private: only the VPC and connected networks reach it.",
      ),
    access: ACCESS.describe(
      "IAM roles with access to the Kubernetes API, by name, each with an access policy of EKS, for the cluster or for namespaces, and with groups that roles of the cluster name. No other principal has access, except nodes.",
    ),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts Secrets of Kubernetes. It cannot be changed later, and without it the cluster is lost.",
    ),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the control-plane logs."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the control-plane logs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  rules: [
    {
      inputs: ["access"],
      allowed: "each role once",
      holds: ({ access }) => {
        const arns = Object.values(access).map(({ roleArn }) => roleArn);
        return new Set(arns).size === arns.length;
      },
      condition: "length(distinct([for entry in var.access : entry.role_arn])) == length(var.access)",
      counterexample: {
        access: {
          apply: {
            roleArn: "arn:aws:iam::111122223333:role/apply",
            policy: "AmazonEKSClusterAdminPolicy",
            namespaces: [],
            groups: [],
          },
          again: {
            roleArn: "arn:aws:iam::111122223333:role/apply",
            policy: "AmazonEKSViewPolicy",
            namespaces: [],
            groups: [],
          },
        },
      },
    },
    {
      inputs: ["access"],
      allowed: `namespaces only with ${IN_NAMESPACES.join(", ")}`,
      holds: ({ access }) =>
        Object.values(access).every(
          ({ policy, namespaces }) => namespaces.length === 0 || IN_NAMESPACES.includes(policy),
        ),
      condition: `alltrue([for entry in var.access : length(entry.namespaces) == 0 || contains(${JSON.stringify(IN_NAMESPACES)}, entry.policy)])`,
      counterexample: {
        access: {
          apply: {
            roleArn: "arn:aws:iam::111122223333:role/apply",
            policy: "AmazonEKSClusterAdminPolicy",
            namespaces: ["shop"],
            groups: [],
          },
        },
      },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the cluster, available after the access entries exist."),
    arn: z.string().describe("ARN of the cluster."),
    endpoint: z.string().describe("URL of the Kubernetes API."),
    certificateAuthority: z.string().describe("Certificate of the API's authority, as PEM in base64."),
    securityGroupId: z.string().describe("Security group that EKS makes for the control plane and the nodes."),
    oidcIssuer: z.string().describe("Issuer of the tokens of service accounts, without https://."),
    oidcProviderArn: z.string().describe("Identity provider of the issuer, for roles of service accounts."),
  },
  example: {
    name: "shop-prod",
    accountId: "111122223333",
    kubernetesVersion: "1.36",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    publicAccessCidrs: ["203.0.113.0/28"],
    access: {
      apply: { roleArn: "arn:aws:iam::111122223333:role/apply", policy: "AmazonEKSClusterAdminPolicy" },
      developers: {
        roleArn: "arn:aws:iam::111122223333:role/developer",
        policy: "AmazonEKSViewPolicy",
        namespaces: ["shop"],
        groups: ["developers"],
      },
    },
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build(scope, input) {
    const arnPartition = partition(scope);
    const role = clusterRole(scope, { ...input, arnPartition });
    const isPublic = condition`length(${input.publicAccessCidrs}) > 0`;
    // EKS would create the group without a key and without a retention.
    const logs = resource(scope, CloudwatchLogGroup, "control_plane", {
      name: `/aws/eks/${input.name}/cluster`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const cluster = resource(scope, AwsEksCluster, "this", {
      name: input.name,
      version: input.kubernetesVersion,
      roleArn: role.arn,
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      upgradePolicy: { supportType: "STANDARD" },
      encryptionConfig: { provider: { keyArn: input.kmsKeyArn }, resources: ["secrets"] },
      enabledClusterLogTypes: [...LOG_TYPES],
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: input.serviceCidr },
      vpcConfig: {
        subnetIds: input.subnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        publicAccessCidrs: isPublic<string[] | null>(hcl<string[]>`sort(${input.publicAccessCidrs})`, null),
      },
      lifecycle: { preventDestroy: true },
      // Without its permissions, the role could not remove the network interfaces of a deleted cluster.
      dependsOn: [logs, role.attachment, role.policy],
    });
    accessEntries(scope, { access: input.access, clusterName: cluster.name, arnPartition });
    const issuer = hcl<string>`one(one(${cluster}.identity).oidc).issuer`;
    /** AWS verifies the certificate with its own authorities, so that no thumbprint is needed. */
    const provider = resource(scope, IamOpenidConnectProvider, "this", {
      url: issuer,
      clientIdList: ["sts.amazonaws.com"],
    });
    return {
      name: readyAfter(cluster.name, logs),
      arn: cluster.arn,
      endpoint: cluster.endpoint,
      certificateAuthority: hcl<string>`one(${cluster}.certificate_authority).data`,
      securityGroupId: hcl<string>`one(${cluster}.vpc_config).cluster_security_group_id`,
      oidcIssuer: hcl<string>`trimprefix(${issuer}, "https://")`,
      oidcProviderArn: provider.arn,
    };
  },
});

interface RoleInput {
  readonly arnPartition: Expression<string>;
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** Role with which the control plane finds nodes and encrypts Secrets. */
function clusterRole(scope: Construct, input: RoleInput) {
  const role = resource(scope, IamRole, "this", {
    name: `${input.name}-cluster`,
    description: "Control plane of the cluster",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "trust", "eks.amazonaws.com", input.accountId),
  });
  const attachment = resource(scope, IamRolePolicyAttachment, "this", {
    role: role.name,
    policyArn: `arn:${input.arnPartition}:iam::aws:policy/AmazonEKSClusterPolicy`,
  });
  const policy = resource(scope, IamRolePolicy, "secrets_key", {
    name: "secrets-key",
    role: role.id,
    policy: policyDocument(scope, "secrets_key", [
      {
        Sid: "EncryptSecrets",
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"],
        Resource: input.kmsKeyArn,
      },
    ]),
  });
  return { arn: role.arn, attachment, policy };
}
