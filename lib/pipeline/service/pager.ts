/**
 * The subscription of PagerDuty to a topic. Its address has a key, which Terraform would keep in the state: a command makes the
 * subscription from a secret, and another one finds it.
 */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListSubscriptionsByTopicCommand, SNSClient, SubscribeCommand, type Subscription } from "@aws-sdk/client-sns";
import { InputError } from "../../common/errors";
import { AwsError, aws, ServiceError } from "./failure";
import { type Work, wait } from "./waiting";

export interface PagerSubscription {
  readonly topic: string;
  /** Name or ARN of the secret with the address. */
  readonly secret: string;
  readonly dryRun?: true;
}

/**
 * Can be repeated. After the key was changed in the secret, it adds a subscription, and names those with former keys.
 * @throws InputError @throws ServiceError
 */
export async function subscribePager({ topic, secret, dryRun }: PagerSubscription, work: Work): Promise<void> {
  const address = await read(new SecretsManagerClient(), secret);
  const sns = new SNSClient();
  const before = await pagers(sns, topic);
  if (before.some((one) => one.Endpoint === address && isConfirmed(one))) {
    work.report(`PagerDuty is subscribed to ${topic}`);
  } else if (dryRun) {
    work.report(`would call sns:Subscribe: ${topic} with the address in ${secret}`);
    work.report("dry run: nothing was changed");
    return;
  } else {
    await withoutKey(address, () =>
      aws("sns:Subscribe", topic, () =>
        sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "https", Endpoint: address })),
      ),
    );
    await confirmed(sns, topic, address, work);
    work.report(`subscribed PagerDuty to ${topic}`);
  }
  for (const { Endpoint, SubscriptionArn } of before) {
    if (Endpoint !== address) work.report(`another key of PagerDuty is subscribed: ${SubscriptionArn}`);
  }
}

/** Reads no secret. @throws ServiceError if nobody would be paged */
export async function checkPager(topic: string, work: Pick<Work, "report">): Promise<void> {
  const found = await pagers(new SNSClient(), topic);
  const ready = found.filter(isConfirmed);
  if (ready.length > 0) {
    work.report(`PagerDuty is subscribed to ${topic}`);
    return;
  }
  const got = found.length > 0 ? "a subscription of PagerDuty that is not confirmed" : "no subscription of PagerDuty";
  throw new ServiceError(
    `${topic}: got ${got}; allowed: a confirmed one, which groundplan pager subscribe makes: until then nobody is paged`,
  );
}

/**
 * Addresses of PagerDuty's integration with CloudWatch, in both of its regions.
 * @see https://www.pagerduty.com/docs/guides/amazon-cloudwatch-integration-guide/
 */
const ADDRESS = /^https:\/\/events(?:\.eu)?\.pagerduty\.com\/integration\/[A-Za-z0-9]+\/enqueue$/;

async function read(client: SecretsManagerClient, secret: string): Promise<string> {
  const command = new GetSecretValueCommand({ SecretId: secret });
  const { SecretString = "" } = await aws("secretsmanager:GetSecretValue", secret, () => client.send(command));
  const address = SecretString.trim();
  if (ADDRESS.test(address)) return address;
  throw new InputError("--secret", [
    `got ${address === "" ? "no text" : "another text"} in ${secret}; allowed: https://events.pagerduty.com/integration/<key>/enqueue`,
  ]);
}

async function pagers(sns: SNSClient, topic: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
    const page = await aws("sns:ListSubscriptionsByTopic", topic, () =>
      sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken })),
    );
    found.push(...(page.Subscriptions ?? []));
    NextToken = page.NextToken;
  }
  return found.filter(({ Endpoint = "" }) => ADDRESS.test(Endpoint));
}

/** Until the confirmation, SNS gives a word in place of the ARN. */
function isConfirmed({ SubscriptionArn = "" }: Subscription): boolean {
  return SubscriptionArn.startsWith("arn:");
}

/** PagerDuty confirms within seconds. */
async function confirmed(sns: SNSClient, topic: string, address: string, work: Work): Promise<void> {
  const patience = {
    clock: work.clock,
    minutes: work.timeoutMinutes,
    goesOn: `SNS waits for the confirmation: groundplan pager check --topic ${topic}`,
  };
  const found = await wait(patience, async () =>
    (await pagers(sns, topic)).find((one) => one.Endpoint === address && isConfirmed(one)),
  );
  if (found === undefined) {
    throw new ServiceError(
      `${topic}: got no confirmation in time; allowed: one by PagerDuty, if its integration exists`,
    );
  }
}

/** SNS repeats an address that it refuses. */
async function withoutKey<T>(address: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(error.message.replaceAll(address, "the address"), error.code);
  }
}
