/** What happens to the findings of Security Hub in an account: archive, alerts, reports, reviews, another tool. */
import type { Expression } from "../../lib";
import { FindingsAlerts } from "../../modules/findings-alerts";
import { FindingsArchive } from "../../modules/findings-archive";
import { FindingsExport } from "../../modules/findings-export";
import { FindingsReport } from "../../modules/findings-report";
import { ACCOUNT_ALERTS, recordBucketNames, SEARCHABLE_DAYS } from "./detection";
import { type Review, remind, reminderName, type Scheduling, scheduled } from "./reminders";

export interface FindingsHandling {
  /** Days for which nobody can delete an archived finding: the period of an audit, and the time until it ends. */
  readonly archiveDays: number;
  /** Times of the report of open findings, in UTC: `cron(0 7 ? * MON *)`. */
  readonly report: string;
  readonly review: Review;
  /** The audit of the applications whose findings the account has, in addition to the reviews. */
  readonly audit?: Review;
  /** A tool outside of AWS that receives findings. `groundplan findings-connection` makes the connection. */
  readonly export: { readonly connectionArn: string; readonly endpoint: string } | null;
}

const NAME = `${ACCOUNT_ALERTS}-findings`;
const REPORT = `${NAME}-report`;
const REVIEW = "security";

/** Patterns for the roles of the archive, the export and the schedules, which environments may not change. */
export const FINDINGS_ROLES: readonly string[] = [`${NAME}-*`, `${reminderName(REVIEW)}-*`];

const AUDIT = "audit";

/** Patterns for the role of the reminder of audits. */
export const AUDIT_ROLES: readonly string[] = [`${reminderName(AUDIT)}-*`];

/** Maximum permissions of these roles. */
export const FINDINGS_ACTIONS = [
  "events:InvokeApiDestination",
  "firehose:PutRecord",
  "firehose:PutRecordBatch",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "s3:AbortMultipartUpload",
  "s3:GetBucketLocation",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
  "s3:PutObject",
  "securityhub:GetFindings",
  "sns:Publish",
  "sqs:SendMessage",
  "states:StartExecution",
] as const;

/** The same for actions without resources: the state machine of the report delivers its log. */
export const FINDINGS_ACTIONS_ON_ALL = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
] as const;

/** What a plan of the account reads. */
export const FINDINGS_READS = [
  "firehose:Describe*",
  "firehose:List*",
  "scheduler:Get*",
  "scheduler:List*",
  "sqs:Get*",
  "sqs:List*",
  "states:Describe*",
  "states:List*",
  "states:Validate*",
] as const;

/** @param reported account whose findings are alerts; null for those of all accounts of the organization */
export function handleFindings(
  scheduling: Scheduling,
  deadLetterArn: Expression<string>,
  accessLogBucket: Expression<string>,
  data: FindingsHandling,
  reported: string | null,
): void {
  const { root, account, alerts, recordsKeyArn: kmsKeyArn, permissionsBoundaryArn } = scheduling;
  const { id: accountId } = account;
  const { topicArn } = alerts;
  new FindingsArchive(root, "findings_archive", {
    name: NAME,
    accountId,
    region: account.state.region,
    bucketName: recordBucketNames(account).findings,
    kmsKeyArn,
    accessLogBucket,
    retentionDays: data.archiveDays,
    deadLetterArn,
    alertTopicArn: topicArn,
    permissionsBoundaryArn,
  });
  new FindingsAlerts(root, "findings_alerts", {
    name: ACCOUNT_ALERTS,
    accountId: reported,
    alertTopicArn: topicArn,
    deadLetterArn,
  });
  new FindingsReport(root, "findings_report", {
    ...scheduled(scheduling, deadLetterArn),
    name: REPORT,
    schedule: data.report,
    logRetentionDays: SEARCHABLE_DAYS,
  });
  remind(scheduling, deadLetterArn, REVIEW, data.review);
  if (data.audit !== undefined) remind(scheduling, deadLetterArn, AUDIT, data.audit);
  if (data.export !== null) {
    new FindingsExport(root, "findings_export", {
      name: NAME,
      accountId,
      ...data.export,
      deadLetterArn,
      permissionsBoundaryArn,
    });
  }
}
