/** Denials for every role of the pipeline. */
import { AUDIT_LOGS, type Choice, condition, type Expression, hcl, type PolicyStatement } from "../../lib";

export interface Limits {
  /** Prefix of the ARNs of the account's roles and policies: `arn:aws:iam::111122223333`. */
  readonly iam: string;
  readonly arnPartition: Expression<string>;
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly services: Expression<string[]>;
  readonly guardedRoleNames: Expression<string[]>;
  readonly guardedBucketArns: Expression<string[]>;
  readonly guardedKeyArns: Expression<string[]>;
  readonly guardedAlerts: Expression<string>;
  readonly accountReads: Expression<string[]>;
  readonly otherBoundaryArns: Expression<string[]>;
  readonly workloadActions: Expression<string[]>;
  readonly workloadActionsOnAll: Expression<string[]>;
  readonly artifactBucketArns: Expression<string[]>;
  readonly actionsInOtherAccounts: Expression<string[]>;
  readonly otherAccountIds: Expression<string[]>;
  readonly taskRoleArns: Expression<string[]>;
  readonly settingsArns: Expression<string[]>;
  readonly stateBucketArns: Expression<string[]>;
  readonly plansBucketArns: Expression<string[]>;
  readonly lockTableArns: Expression<string[]>;
  readonly stateKeyArns: Expression<string[]>;
}

/** Actions that read stored data. Administrator policies and AWS's ReadOnlyAccess contain most of them. */
const READS = [
  "ebs:GetSnapshotBlock",
  "ec2:GetConsoleOutput",
  "ec2:GetPasswordData",
  "rds-data:*",
  "rds-db:connect",
  "rds:Download*",
  "secretsmanager:*SecretValue",
  "sqs:ReceiveMessage",
] as const;

const PARAMETERS = "ssm:GetParameter*";

/** Actions that export snapshots and data from the account. */
const HANDING_OUT = [
  "ec2:ModifyImageAttribute",
  "ec2:ModifySnapshotAttribute",
  "rds:ModifyDB*SnapshotAttribute",
  "rds:StartExportTask",
] as const;

const LOSING_KEYS = ["kms:DisableKey", "kms:ScheduleKeyDeletion"] as const;

/** Whether environments have Kubernetes clusters. */
export function hasClusters({ services }: Limits): Choice {
  return condition`contains(${services}, "eks")`;
}

/** Whether environments have identity pools of Cognito. */
export function hasGuests({ services }: Limits): Choice {
  return condition`contains(${services}, "cognito-identity")`;
}

/** Statements for some accounts only: a policy has at most 6,144 characters. */
export function optional(applies: Choice, ...statements: readonly PolicyStatement[]): Expression<object[]> {
  return hcl`[for statement in ${statements} : statement if ${applies}]`;
}

/** All objects and items of the state backend and the plans bucket. */
export function storedObjects({ stateBucketArns, plansBucketArns }: Limits): Expression<string[]> {
  return hcl`[for arn in sort(setunion(${stateBucketArns}, ${plansBucketArns})) : format("%s/*", arn)]`;
}

/** @param losses further actions after which something is lost, on any resource */
export function commonDenials(limits: Limits, losses: readonly string[] = []): PolicyStatement[] {
  const { settingsArns } = limits;
  return [
    {
      Sid: "DenySecretsAndData",
      Effect: "Deny",
      Action: hcl<string[]>`concat(${READS}, length(${settingsArns}) == 0 ? [${PARAMETERS}] : [])`,
      Resource: "*",
    },
    {
      Sid: "DenyObjects",
      Effect: "Deny",
      Action: "s3:GetObject*",
      NotResource: hcl<
        string[]
      >`[for arn in sort(setunion(${limits.stateBucketArns}, ${limits.plansBucketArns}, ${limits.artifactBucketArns})) : format("%s/*", arn)]`,
    },
    {
      Sid: "DenyItems",
      Effect: "Deny",
      Action: ["dynamodb:*GetItem", "dynamodb:GetRecords", "dynamodb:PartiQL*", "dynamodb:Query", "dynamodb:Scan"],
      NotResource: hcl<string[]>`sort(${limits.lockTableArns})`,
    },
    // Only through these services: a direct request could decrypt any data.
    {
      Sid: "DenyDecryptingByHand",
      Effect: "Deny",
      Action: ["kms:Decrypt", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: { StringNotLike: { "kms:ViaService": "*.amazonaws.com" } },
    },
    {
      Sid: "DenyGrantsToOthers",
      Effect: "Deny",
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "false" } },
    },
    {
      Sid: "DenyLosingAuditLogs",
      Effect: "Deny",
      Action: ["logs:DeleteLog*", "logs:DeleteRetentionPolicy"],
      Resource: `arn:${limits.arnPartition}:logs:*:${limits.accountId}:log-group:${AUDIT_LOGS}*`,
    },
    {
      Sid: "DenyHandingOutAndLosing",
      Effect: "Deny",
      Action: [...HANDING_OUT, ...LOSING_KEYS, ...losses],
      Resource: "*",
    },
  ];
}

/** Denies the parameters that are not settings. */
export function parameterDenials({ settingsArns }: Limits): Expression<object[]> {
  return optional(condition`length(${settingsArns}) > 0`, {
    Sid: "DenyParameters",
    Effect: "Deny",
    Action: PARAMETERS,
    NotResource: hcl<string[]>`sort(${settingsArns})`,
  });
}
