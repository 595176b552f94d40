/** Keys, topic and queue of the account for sanitisation. */
import type { Root } from "../../../lib";
import { EventDeadLetters } from "../../../modules/event-dead-letters";
import { Kms } from "../../../modules/kms";
import { SnsTopic } from "../../../modules/sns-topic";
import { nameOf } from "../context";
import type { SanitisationEnvironment } from "../sanitisation";

export type Context = {
  readonly root: Root;
  readonly environment: SanitisationEnvironment;
  readonly name: string;
} & ReturnType<typeof foundations>;

/** Keys, the topic of alerts, and the queue of calls that failed. */
export function foundations(root: Root, environment: SanitisationEnvironment) {
  const { account, region, alertEmails } = environment;
  const name = nameOf(environment);
  const place = { accountId: account.id, region };
  const { arn: dataKeyArn } = new Kms(root, "data_key", {
    ...place,
    name: `${name}-data`,
    description: "Formula: snapshots before their masking, images, executions",
    services: ["events-queues", "log-delivery", "logs"],
  });
  const { arn: alertsKeyArn } = new Kms(root, "alerts_key", {
    ...place,
    name: `${name}-alerts`,
    description: "Formula: alerts",
    services: ["cloudwatch", "events"],
  });
  const { arn: alertTopicArn } = new SnsTopic(root, "alerts", {
    name: `${name}-alerts`,
    accountId: account.id,
    kmsKeyArn: alertsKeyArn,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
    emails: alertEmails,
  });
  const { arn: deadLetterArn } = new EventDeadLetters(root, "dead_letters", {
    ...place,
    name,
    kmsKeyArn: dataKeyArn,
    alertTopicArn,
  });
  return { dataKeyArn, alertTopicArn, deadLetterArn };
}
