/** Where alarms go: a topic that pages a person, and a Slack channel. */
import type { Expression } from "../../lib";
import { ChatNotifications } from "../../modules/chat-notifications";
import { SecretsManager } from "../../modules/secrets-manager";
import { SnsTopic } from "../../modules/sns-topic";
import { workloadsBoundaryArn } from "../common/delivery";
import type { Context } from "./context";
import type { Escalation } from "./environment";

/**
 * The topic to which PagerDuty subscribes with an address that is a secret. Terraform would keep it in the state: a command makes
 * the subscription.
 * @returns null if nobody is paged
 */
export function pages({ root, environment, name, dataKeyArn, alertsKeyArn }: Context): Expression<string> | null {
  const { account, escalation } = environment;
  if (escalation === null) return null;
  const topic = new SnsTopic(root, "pages", {
    name: `${name}-pages`,
    accountId: account.id,
    kmsKeyArn: alertsKeyArn,
    publishers: ["cloudwatch.amazonaws.com"],
  });
  new SecretsManager(root, "paging_secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    secrets: {
      "pagerduty-integration": "Address of PagerDuty's integration with CloudWatch, with its key; an operator sets it",
    },
  });
  root.output("pages_topic", topic.arn, "Topic to which PagerDuty subscribes.");
  return topic.arn;
}

export function chat({ root, environment, name, alertTopicArn }: Context): void {
  if (environment.chat === null) return;
  new ChatNotifications(root, "chat", {
    name: `${name}-chat`,
    accountId: environment.account.id,
    ...environment.chat,
    topicArns: [alertTopicArn],
    permissionsBoundaryArn: workloadsBoundaryArn(environment.account),
  });
}

/** Who is paged, in words. */
export function escalationText(escalation: Escalation | null): string {
  if (escalation === null) return "Nobody is paged.";
  const [first, ...others] = escalation.map((step, i) => {
    const before = escalation[i - 1];
    return before !== undefined && "minutes" in before ? `after ${before.minutes} minutes the ${step.who}` : step.who;
  });
  return `PagerDuty calls the ${[first, ...others].join(", ")}.`;
}
