import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  defineModule,
  EXECUTION_LOG_RETENTION,
  type Expression,
  hcl,
  type PolicyStatement,
  partition,
  policyDocument,
  resource,
  resourceName,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
  sizing,
  type Value,
} from "../../lib";
import { shareStates } from "./states";

const { topicKeyArn: _, ...SCHEDULED } = SCHEDULE_INPUTS;

export const RdsSnapshotShare = defineModule({
  name: "rds-snapshot-share",
  description:
    "Shares the newest automated snapshot of a database with one other account, for some hours on a schedule. A state machine copies it to a manual snapshot under a key of its own, because AWS shares no automated snapshot and none under a key of RDS, and deletes the copy at the end, also if a step fails. Besides this account, only one role may use the key, so that a snapshot that somebody shares with a further account stays unreadable there.",
  inputs: {
    ...SCHEDULED,
    logRetentionDays: EXECUTION_LOG_RETENTION,
    dbInstanceIdentifier: resourceName(63).describe(
      "Database whose snapshots are shared. Its automated backups are on.",
    ),
    sourceKmsKeyArn: arnOf("kms").describe("Key that encrypts the database and its snapshots."),
    recipientRoleArn: arnOf("iam").describe(
      "Role of the other account that copies the snapshot. It has to exist before the key, because KMS refuses policies with a principal that does not exist.",
    ),
    shareHours: sizing(z.int().min(1).max(72))
      .default(6)
      .describe("Hours for which the snapshot is shared. The other account has to copy it within this time."),
  },
  outputs: {
    snapshotArn: z.string().describe("ARN of the shared snapshot, which is the same at each run."),
    kmsKeyArn: z.string().describe("ARN of the key of the shared snapshot."),
    stateMachineArn: z.string().describe("ARN of the state machine, for a share outside of the schedule."),
  },
  rules: [
    {
      inputs: ["recipientRoleArn", "accountId"],
      allowed: "a role of another account",
      holds: ({ recipientRoleArn, accountId }) => recipientRoleArn.split(":")[4] !== accountId,
      condition: 'split(":", var.recipient_role_arn)[4] != var.account_id',
      counterexample: { accountId: "111122223333", recipientRoleArn: "arn:aws:iam::111122223333:role/recipient" },
    },
  ],
  example: {
    name: "shop-masking-share",
    accountId: "111122223333",
    region: "eu-central-1",
    schedule: "cron(0 1 1 * ? *)",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:shop-events-dead-letters",
    logRetentionDays: 365,
    dbInstanceIdentifier: "shop",
    sourceKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    recipientRoleArn: "arn:aws:iam::444455556666:role/shop-masking",
  },
  build(scope, input) {
    const place = { ...input, arnPartition: partition(scope) };
    const rds = `arn:${place.arnPartition}:rds:${input.region}:${input.accountId}` as const;
    const snapshotArn = `${rds}:snapshot:${input.name}` as const;
    const key = shareKey(scope, place);
    const { machine } = scheduledStateMachine(scope, place, {
      description: "Copies a snapshot and shares the copy with one account",
      policyName: "share",
      statements: [...snapshotStatements(input, rds), ...keyStatements(input, key.arn)],
      comment: "Shares a snapshot as",
      states: shareStates(input, {
        snapshotArn,
        kmsKeyArn: key.arn,
        recipientAccountId: hcl<string>`split(":", ${input.recipientRoleArn})[4]`,
      }),
      alarmDescription: `The snapshot for the masking was not shared, or its copy was not deleted. Read the last execution of the state machine ${input.name}, and delete the snapshot ${input.name} if it is there.`,
      scheduleDescription: "Starts the share of a snapshot",
      startId: "StartShare",
    });
    return { snapshotArn: hcl<string>`${snapshotArn}`, kmsKeyArn: key.arn, stateMachineArn: machine.arn };
  },
});

interface ShareInput {
  readonly name: Expression<string>;
  readonly region: Expression<string>;
  readonly dbInstanceIdentifier: Expression<string>;
  readonly sourceKmsKeyArn: Expression<string>;
  readonly recipientRoleArn: Expression<string>;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/share-encrypted-snapshot.html */
function shareKey(
  scope: Construct,
  input: ShareInput & Readonly<Record<"accountId" | "arnPartition", Expression<string>>>,
) {
  const viaRds = { "kms:ViaService": `rds.${input.region}.amazonaws.com` };
  const recipient = { Effect: "Allow", Principal: { AWS: input.recipientRoleArn }, Resource: "*" } as const;
  const key = resource(scope, KmsKey, "this", {
    description: `Snapshots of ${input.dbInstanceIdentifier} that are shared for masking`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument(scope, "key_policy", [
      {
        Sid: "AccountPolicies",
        Effect: "Allow",
        Principal: { AWS: `arn:${input.arnPartition}:iam::${input.accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        ...recipient,
        Sid: "CopySharedSnapshot",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom"],
        Condition: { StringEquals: viaRds },
      },
      {
        ...recipient,
        Sid: "GrantToRds",
        Action: "kms:CreateGrant",
        Condition: { StringEquals: viaRds, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]),
    lifecycle: { preventDestroy: true },
  });
  resource(scope, KmsAlias, "this", { name: `alias/${input.name}`, targetKeyId: key.keyId });
  return key;
}

function snapshotStatements(input: ShareInput, rds: Value<string>): PolicyStatement[] {
  const database = `${rds}:db:${input.dbInstanceIdentifier}` as const;
  const automated = `${rds}:snapshot:rds:${input.dbInstanceIdentifier}-*` as const;
  const copy = `${rds}:snapshot:${input.name}` as const;
  return [
    { Sid: "FindSnapshots", Effect: "Allow", Action: "rds:DescribeDBSnapshots", Resource: [database, automated, copy] },
    { Sid: "CopySnapshot", Effect: "Allow", Action: "rds:CopyDBSnapshot", Resource: [automated, copy] },
    {
      Sid: "ShareAndDeleteCopy",
      Effect: "Allow",
      Action: ["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"],
      Resource: copy,
    },
  ];
}

function keyStatements(input: ShareInput, shareKeyArn: Expression<string>): PolicyStatement[] {
  const viaRds = { "kms:ViaService": `rds.${input.region}.amazonaws.com` };
  const keys = [input.sourceKmsKeyArn, shareKeyArn];
  return [
    {
      Sid: "EncryptCopyAnew",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: keys,
      Condition: { StringEquals: viaRds },
    },
    {
      Sid: "GrantKeysToRds",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: keys,
      Condition: { StringEquals: viaRds, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
