/**
 * Service control policies of the organization: denials for every principal of a member account, administrators and the root
 * user included. Exempt are only roles whose sessions the pipeline's reviewers or the management account control.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
import { AUDIT_LOGS } from "../../../lib";
import { PIPELINE, ROLES } from "../../common/delivery";

/** What a statement of the `organization` module denies. */
interface Denial {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

interface ControlPolicy {
  readonly description: string;
  readonly statements: Readonly<Record<string, Denial>>;
}

const role = (name: string) => `arn:aws:iam::*:role/${name}`;

/** Role of the management account in each account that AWS Organizations creates. */
const MANAGEMENT = role("OrganizationAccountAccessRole");

/** Apply the roots of accounts, which own everything that these policies protect. */
const ACCOUNTS = [role(ROLES.apply("account-*")), MANAGEMENT];

/** Apply the roots of environments as well. */
const APPLIES = [role(ROLES.apply("*")), MANAGEMENT];

const except = (roles: readonly string[]) => ({ ArnNotLike: { "aws:PrincipalArn": roles } });

/**
 * Services with one endpoint, which can be in a region that the organization does not use.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
const GLOBAL_SERVICES = [
  "account",
  "billing",
  "budgets",
  "ce",
  "chatbot",
  "cloudfront",
  "globalaccelerator",
  "health",
  "iam",
  "organizations",
  "route53",
  "shield",
  "sts",
  "support",
  "trustedadvisor",
  "waf",
].map((service) => `${service}:*`);

/** A user without MFA can only set it up. */
const SETTING_UP_MFA = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
];

/** @param regions of the organization: all others are closed */
export function basePolicy(regions: readonly string[]): ControlPolicy {
  return {
    description: "No account leaves, no root user, no user without MFA, no new user, no other region",
    statements: {
      DenyLeaving: { actions: ["account:CloseAccount", "organizations:LeaveOrganization"] },
      DenyRootUser: { actions: ["*"], conditions: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root"] } } },
      DenyOtherRegions: {
        notActions: GLOBAL_SERVICES,
        conditions: { StringNotEquals: { "aws:RequestedRegion": regions } },
      },
      DenyWithoutMfa: {
        notActions: SETTING_UP_MFA,
        conditions: {
          ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:user/*"] },
          BoolIfExists: { "aws:MultiFactorAuthPresent": ["false"] },
        },
      },
      DenyUsersAndKeys: {
        actions: [
          "iam:CreateAccessKey",
          "iam:CreateLoginProfile",
          "iam:CreateServiceSpecificCredential",
          "iam:CreateUser",
        ],
      },
      DenyUnencryptedDisks: { actions: ["ec2:CreateVolume"], conditions: { Bool: { "ec2:Encrypted": ["false"] } } },
      DenyUnencryptedClusters: {
        actions: ["rds:CreateDBCluster"],
        conditions: { Bool: { "rds:StorageEncrypted": ["false"] } },
      },
    },
  };
}

/** @param accounts prefix of the names of the accounts, and of their buckets */
export function recordsPolicy(accounts: string): ControlPolicy {
  const records = `arn:aws:s3:::${accounts}-*-records-*`;
  return {
    description: "Only the roots of accounts change what records and detects",
    statements: {
      DenyChangingDetection: {
        actions: [
          "access-analyzer:Delete*",
          "cloudtrail:Delete*",
          "cloudtrail:PutEventSelectors",
          "cloudtrail:StopLogging",
          "cloudtrail:UpdateTrail",
          "config:Delete*",
          "config:Put*",
          "config:StopConfigurationRecorder",
          "guardduty:Delete*",
          "guardduty:Disassociate*",
          "guardduty:StopMonitoringMembers",
          "guardduty:Update*",
          "oam:Delete*",
          "oam:PutSinkPolicy",
          "oam:UpdateLink",
          "securityhub:BatchDisableStandards",
          "securityhub:Delete*",
          "securityhub:Disable*",
          "securityhub:Disassociate*",
          "securityhub:UpdateOrganizationConfiguration",
          "securityhub:UpdateStandardsControl",
        ],
        conditions: except(ACCOUNTS),
      },
      DenyEndingFlowLogs: { actions: ["ec2:DeleteFlowLogs"], conditions: except(APPLIES) },
      DenyLosingRecords: {
        actions: [
          "s3:BypassGovernanceRetention",
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:DeleteObjectVersion",
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ],
        resources: [records, `${records}/*`],
        conditions: except(ACCOUNTS),
      },
      DenyLosingAuditLogs: {
        actions: [
          "logs:DeleteLogGroup",
          "logs:DeleteLogStream",
          "logs:DeleteRetentionPolicy",
          "logs:PutRetentionPolicy",
        ],
        resources: [`arn:aws:logs:*:*:log-group:${AUDIT_LOGS}*`],
        conditions: except(ACCOUNTS),
      },
      DenyPublicBuckets: { actions: ["s3:PutAccountPublicAccessBlock"], conditions: except(ACCOUNTS) },
    },
  };
}

/** @param accounts prefix of the names of the accounts, and of their buckets */
export function pipelinePolicy(accounts: string): ControlPolicy {
  return {
    description: "Only the roots of accounts change the pipeline's roles and the settings of its state",
    statements: {
      DenyChangingState: {
        actions: [
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ],
        resources: [`arn:aws:s3:::${accounts}-*-terraform-*`],
        conditions: except(ACCOUNTS),
      },
      DenyChangingRoles: {
        actions: [
          "iam:AttachRolePolicy",
          "iam:CreateRole",
          "iam:Delete*",
          "iam:DetachRolePolicy",
          "iam:PutRole*",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole*",
        ],
        resources: [role(`${PIPELINE}-*`), MANAGEMENT],
        conditions: except(ACCOUNTS),
      },
      DenyChangingBoundaries: {
        actions: ["iam:CreatePolicyVersion", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion"],
        resources: [`arn:aws:iam::*:policy/${PIPELINE}-*`],
        conditions: except(ACCOUNTS),
      },
      DenyChangingTrust: {
        actions: [
          "iam:AddClientIDToOpenIDConnectProvider",
          "iam:CreateOpenIDConnectProvider",
          "iam:DeleteOpenIDConnectProvider",
          "iam:UpdateOpenIDConnectProviderThumbprint",
        ],
        resources: ["arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com"],
        conditions: except(ACCOUNTS),
      },
    },
  };
}

/**
 * Requests whose resource is in an account with data of users, and the shared snapshots and keys of production by their ARNs.
 * @param productionId account that nobody else reaches
 * @param sanitisation account of the masking, and the roles that read its masked exports
 */
export function isolationPolicy(
  productionId: string,
  sanitisation: { readonly id: string; readonly readerArns: readonly string[] },
): ControlPolicy {
  return {
    description: "No principal outside of production reaches its resources, or unmasked copies of them",
    statements: {
      DenyProduction: { actions: ["*"], conditions: { StringEquals: { "aws:ResourceAccount": [productionId] } } },
      DenyProductionData: {
        actions: ["kms:*", "rds:*"],
        resources: [
          `arn:aws:kms:*:${productionId}:*`,
          `arn:aws:rds:*:${productionId}:*`,
          `arn:aws:rds:*:${sanitisation.id}:*`,
        ],
      },
      DenySanitisation: {
        actions: ["*"],
        conditions: {
          StringEquals: { "aws:ResourceAccount": [sanitisation.id] },
          ...except(sanitisation.readerArns),
        },
      },
    },
  };
}

export const SUSPENSION: ControlPolicy = {
  description: "Nobody does anything in an account that is to be closed",
  statements: { DenyAll: { actions: ["*"] } },
};
