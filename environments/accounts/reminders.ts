/** Regular reviews of an account: a message with a checklist to its topic of alerts, and the queue of messages that failed. */
import type { Expression, Root } from "../../lib";
import { EventDeadLetters } from "../../modules/event-dead-letters";
import { ReviewReminder } from "../../modules/review-reminder";
import type { Account } from "../common/account";
import { ACCOUNT_ALERTS, type Alerts } from "./detection";

export interface Review {
  /** Times of the reminder, in UTC. */
  readonly schedule: string;
  readonly checklist: readonly string[];
}

/** What schedules of an account share. */
export interface Scheduling {
  readonly root: Root;
  readonly account: Account;
  readonly alerts: Alerts;
  readonly recordsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string>;
}

/** The queue of events and calls of schedules that no retry could deliver: one for each account. */
export function deadLetters({ root, account, alerts, recordsKeyArn }: Scheduling): Expression<string> {
  return new EventDeadLetters(root, "event_dead_letters", {
    name: `${ACCOUNT_ALERTS}-events`,
    accountId: account.id,
    region: account.state.region,
    kmsKeyArn: recordsKeyArn,
    alertTopicArn: alerts.topicArn,
  }).arn;
}

/** Inputs of a module with a schedule. */
export function scheduled(
  { account, alerts, recordsKeyArn, permissionsBoundaryArn }: Scheduling,
  deadLetterArn: Expression<string>,
) {
  return {
    accountId: account.id,
    region: account.state.region,
    kmsKeyArn: recordsKeyArn,
    topicArn: alerts.topicArn,
    topicKeyArn: alerts.keyArn,
    deadLetterArn,
    permissionsBoundaryArn,
  };
}

/** @param what what is reviewed: `security` */
export function remind(scheduling: Scheduling, deadLetterArn: Expression<string>, what: string, review: Review): void {
  const { root, account } = scheduling;
  new ReviewReminder(root, `${what}_review`, {
    ...scheduled(scheduling, deadLetterArn),
    name: reminderName(what),
    schedule: review.schedule,
    subject: `${what.charAt(0).toUpperCase()}${what.slice(1)} review of ${account.name}`,
    checklist: [...review.checklist],
  });
}

/** Name of the schedule, and prefix of the name of its role. */
export function reminderName(what: string): string {
  return `${ACCOUNT_ALERTS}-${what}-review`;
}

/** Maximum permissions of the roles of reminders. */
export const REMINDER_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey", "sns:Publish", "sqs:SendMessage"] as const;

/** What a plan of the account reads of schedules and their queue. */
export const REMINDER_READS = ["scheduler:Get*", "scheduler:List*", "sqs:Get*", "sqs:List*"] as const;
