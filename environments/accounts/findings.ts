/** What happens to the findings of Security Hub in an account: archive, alerts, reports, reviews, another tool. */
import type { Expression, Root } from "../../lib";
import { EventDeadLetters } from "../../modules/event-dead-letters";
import { FindingsAlerts } from "../../modules/findings-alerts";
import { FindingsArchive } from "../../modules/findings-archive";
import { FindingsExport } from "../../modules/findings-export";
import { FindingsReport } from "../../modules/findings-report";
import { SecurityReview } from "../../modules/security-review";
import type { Account } from "../common/account";
import { ACCOUNT_ALERTS, type Alerts, recordBucketNames, SEARCHABLE_DAYS } from "./detection";

export interface FindingsHandling {
  /** Days for which nobody can delete an archived finding: the period of an audit, and the time until it ends. */
  readonly archiveDays: number;
  /** Times of the report of open findings, in UTC: `cron(0 7 ? * MON *)`. */
  readonly report: string;
  readonly review: {
    /** Times of the reminder, in UTC. */
    readonly schedule: string;
    readonly checklist: readonly string[];
  };
  /** A tool outside of AWS that receives findings. `groundplan findings-connection` makes the connection. */
  readonly export: { readonly connectionArn: string; readonly endpoint: string } | null;
}

const NAME = `${ACCOUNT_ALERTS}-findings`;
const REPORT = `${NAME}-report`;
const REVIEW = `${ACCOUNT_ALERTS}-security-review`;

/** Patterns for the roles of the archive, the export and the schedules, which environments may not change. */
export const FINDINGS_ROLES: readonly string[] = [`${NAME}-*`, `${REVIEW}-*`];

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

interface Place {
  readonly root: Root;
  readonly account: Account;
  readonly accessLogBucket: Expression<string>;
  readonly recordsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string>;
}

export function handleFindings(
  { root, account, ...place }: Place,
  { topicArn, keyArn }: Alerts,
  data: FindingsHandling,
) {
  const { id: accountId } = account;
  const { region } = account.state;
  const { recordsKeyArn: kmsKeyArn, permissionsBoundaryArn } = place;
  const { arn: deadLetterArn } = new EventDeadLetters(root, "event_dead_letters", {
    name: `${ACCOUNT_ALERTS}-events`,
    accountId,
    region,
    kmsKeyArn,
    alertTopicArn: topicArn,
  });
  const scheduled = {
    accountId,
    region,
    kmsKeyArn,
    topicArn,
    topicKeyArn: keyArn,
    deadLetterArn,
    permissionsBoundaryArn,
  };
  new FindingsArchive(root, "findings_archive", {
    name: NAME,
    accountId,
    region,
    bucketName: recordBucketNames(account).findings,
    kmsKeyArn,
    accessLogBucket: place.accessLogBucket,
    retentionDays: data.archiveDays,
    deadLetterArn,
    alertTopicArn: topicArn,
    permissionsBoundaryArn,
  });
  new FindingsAlerts(root, "findings_alerts", {
    name: ACCOUNT_ALERTS,
    accountId,
    alertTopicArn: topicArn,
    deadLetterArn,
  });
  new FindingsReport(root, "findings_report", {
    ...scheduled,
    name: REPORT,
    schedule: data.report,
    logRetentionDays: SEARCHABLE_DAYS,
  });
  new SecurityReview(root, "security_review", {
    ...scheduled,
    name: REVIEW,
    schedule: data.review.schedule,
    subject: `Security review of ${account.name}`,
    checklist: [...data.review.checklist],
  });
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
