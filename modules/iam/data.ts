/** Denials of stored data, secrets and logs about records, for people. */
import { type Expression, hcl, type PolicyStatement } from "../../lib";

const READS_OF_STORES = [
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter*",
  "rds:DownloadCompleteDBLogFile",
  "rds:DownloadDBLogFilePortion",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "ebs:GetSnapshotBlock",
  "rds-db:connect",
] as const;

/**
 * AWS's read-only policy includes stored data. Developers may not read health records, secrets and encrypted data, nor
 * logs of databases, which contain statements, and audit logs, which contain who read which record.
 */
export function developerStatements(logsOfRecords: readonly string[]): PolicyStatement[] {
  return [
    {
      Sid: "DenyReadingData",
      Effect: "Deny",
      Action: [...READS_OF_STORES, "kms:Decrypt", "sqs:ReceiveMessage"],
      Resource: "*",
    },
    denyLogsOfRecords(logsOfRecords),
  ];
}

/** Services through which operators use keys: to write a secret, and to read a dead letter. */
const THROUGH = ["secretsmanager.*.amazonaws.com", "sqs.*.amazonaws.com"] as const;

interface Operator {
  /** `arn:aws:sqs:*:111122223333:*-dead-letters` */
  readonly deadLetters: string;
  readonly logsOfRecords: readonly string[];
  readonly keys: string;
  readonly operations: Expression<Readonly<Record<string, { actions: string[]; resources: string[] }>>>;
}

/**
 * The same for operators, except for dead letters, which a person has to read before a redrive. Secrets Manager and SQS
 * decrypt a data key for the caller, also to write.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function operatorStatements({ deadLetters, logsOfRecords, keys, operations }: Operator): Expression<object[]> {
  const own: PolicyStatement[] = [
    { Sid: "DenyReadingData", Effect: "Deny", Action: READS_OF_STORES, Resource: "*" },
    { Sid: "DenyReadingMessages", Effect: "Deny", Action: "sqs:ReceiveMessage", NotResource: [deadLetters] },
    {
      Sid: "DenyDecrypting",
      Effect: "Deny",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringNotLike: { "kms:ViaService": THROUGH } },
    },
    denyLogsOfRecords(logsOfRecords),
    {
      Sid: "UseKeysThroughServices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys,
      Condition: { StringLike: { "kms:ViaService": THROUGH } },
    },
  ];
  return hcl`concat(${own}, [for sid, operation in ${operations} : { Sid = sid, Effect = "Allow", Action = sort(operation.actions), Resource = sort(operation.resources) }])`;
}

function denyLogsOfRecords(resources: readonly string[]): PolicyStatement {
  return {
    Sid: "DenyLogsOfRecords",
    Effect: "Deny",
    Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:StartLiveTail", "logs:StartQuery"],
    Resource: resources,
  };
}
