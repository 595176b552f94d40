/** The keys of a system for data and logs, and the topic that its alarms publish to. */
import type { Expression, Root } from "../../lib";
import { Kms } from "../../modules/kms";
import { SnsTopic } from "../../modules/sns-topic";
import { type Context, fullName, type PublicEnvironment } from "./environment";

/** Service principals that publish to the topic, by the names that a key's policy has for them. */
const PUBLISHERS = {
  cloudwatch: "cloudwatch.amazonaws.com",
  events: "events.amazonaws.com",
  "rds-events": "events.rds.amazonaws.com",
  ses: "ses.amazonaws.com",
} as const;

interface System {
  readonly name: string;
  /** Name of the system for people, in the descriptions of its keys. */
  readonly title: string;
  /** The data that the data key encrypts, in words. */
  readonly data: string;
  /** AWS services that publish alerts. */
  readonly publishers: readonly (keyof typeof PUBLISHERS)[];
}

export interface KeysAndAlerts<E extends PublicEnvironment> extends Context<E> {
  /** Key of the topic, for publishers that are no service of AWS. */
  readonly alertsKeyArn: Expression<string>;
}

export function keysAndAlerts<E extends PublicEnvironment>(
  root: Root,
  environment: E,
  system: System,
): KeysAndAlerts<E> {
  const { account, region, alertEmails } = environment;
  const name = fullName(system.name, environment);
  const key = (id: string, encrypted: string, services: readonly ("logs" | keyof typeof PUBLISHERS)[]) =>
    new Kms(root, `${id}_key`, {
      accountId: account.id,
      region,
      name: `${name}-${id}`,
      description: `${system.title}: ${encrypted}`,
      ...(services.length > 0 && { services }),
    }).arn;
  const alertsKeyArn = key("alerts", "alerts", system.publishers);
  const alerts = new SnsTopic(root, "alerts", {
    name: `${name}-alerts`,
    accountId: account.id,
    kmsKeyArn: alertsKeyArn,
    publishers: system.publishers.map((service) => PUBLISHERS[service]),
    emails: alertEmails,
  });
  return {
    root,
    environment,
    name,
    dataKeyArn: key("data", system.data, []),
    logsKeyArn: key("logs", "logs", ["logs"]),
    alertTopicArn: alerts.arn,
    alertsKeyArn,
  };
}
