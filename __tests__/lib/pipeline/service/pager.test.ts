import { checkPager, subscribePager } from "../../../../lib/pipeline/service/pager";
import type { AwsServer } from "../../../support/aws-server";
import { PENDING } from "../../../support/aws-topics";
import { awsForEachTest, writesTo } from "./aws";
import { failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

const topic = "arn:aws:sns:eu-central-1:111122223333:pages";
const request = { topic, secret: "shop/pager" };
const ADDRESS = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue";
const OTHER = "https://events.eu.pagerduty.com/integration/fedcba9876543210/enqueue";
const https = (Endpoint: string, SubscriptionArn = `${topic}:1`) => ({ Protocol: "https", Endpoint, SubscriptionArn });
const MAIL = { Protocol: "email", Endpoint: "oncall@example.com", SubscriptionArn: `${topic}:mail` };

let aws: AwsServer;
awsForEachTest((server) => {
  aws = server;
  aws.connections.secrets.set(request.secret, `${ADDRESS}\n`);
});

test("subscribes with the address from the secret, waits for the confirmation, and prints no key", async () => {
  const work = fakeWork();
  await subscribePager(request, work);
  expect(aws.input("sns:Subscribe")).toEqual({ TopicArn: topic, Protocol: "https", Endpoint: ADDRESS });
  expect(work.lines).toEqual([`subscribed PagerDuty to ${topic}`]);
});

test("changes nothing if PagerDuty is subscribed, on a later page of subscriptions", async () => {
  aws.topics.pages = [[MAIL], [https(ADDRESS)]];
  const work = fakeWork();
  await subscribePager(request, work);
  expect(writesTo(aws)).toEqual([]);
  expect(work.lines).toEqual([`PagerDuty is subscribed to ${topic}`]);
});

test("names the subscription with a former key, and keeps it", async () => {
  aws.topics.pages = [[https(OTHER, `${topic}:former`)]];
  const work = fakeWork();
  await subscribePager(request, work);
  expect(writesTo(aws)).toEqual(["sns:Subscribe"]);
  expect(work.lines).toEqual([
    `subscribed PagerDuty to ${topic}`,
    `another key of PagerDuty is subscribed: ${topic}:former`,
  ]);
});

test("a dry run changes nothing, and does not print the key", async () => {
  const work = fakeWork();
  await subscribePager({ ...request, dryRun: true }, work);
  expect(writesTo(aws)).toEqual([]);
  expect(work.lines).toEqual([
    `would call sns:Subscribe: ${topic} with the address in shop/pager`,
    "dry run: nothing was changed",
  ]);
});

test.each([
  ["", "no text"],
  ["https://events.pagerduty.com.example.com/integration/0123/enqueue", "another text"],
  ["0123456789abcdef", "another text"],
])("the secret %j is refused without its value", async (value, got) => {
  aws.connections.secrets.set(request.secret, value);
  expect(await failureMessage(subscribePager(request, fakeWork()))).toBe(
    `--secret\n  got ${got} in shop/pager; allowed: https://events.pagerduty.com/integration/<key>/enqueue`,
  );
  expect(writesTo(aws)).toEqual([]);
});

test("a refusal of AWS is reported without the key, also if AWS repeats it", async () => {
  aws.refusals.set("sns:Subscribe", ["InvalidParameter", `Invalid parameter: Endpoint ${ADDRESS}`]);
  expect(await failureMessage(subscribePager(request, fakeWork()))).toMatch(
    /^sns:Subscribe of \S+ failed: InvalidParameter\w*: Invalid parameter: Endpoint the address$/,
  );
});

test("a subscription that PagerDuty does not confirm is a failure", async () => {
  aws.topics.listsUntilConfirmed = Number.POSITIVE_INFINITY;
  expect(await failureMessage(subscribePager(request, fakeWork()))).toBe(
    `${topic}: got no confirmation in time; allowed: one by PagerDuty, if its integration exists`,
  );
});

test("the check finds a confirmed subscription, and reads no secret", async () => {
  aws.topics.pages = [[MAIL, https(OTHER)]];
  const work = fakeWork();
  await checkPager(topic, work);
  expect(aws.operations()).toEqual(["sns:ListSubscriptionsByTopic"]);
  expect(work.lines).toEqual([`PagerDuty is subscribed to ${topic}`]);
});

test.each([
  ["no subscription of PagerDuty", [MAIL]],
  ["a subscription of PagerDuty that is not confirmed", [https(ADDRESS, PENDING)]],
])("the check fails with %s", async (got, subscriptions) => {
  aws.topics.pages = [subscriptions];
  expect(await failureMessage(checkPager(topic, fakeWork()))).toBe(
    `${topic}: got ${got}; allowed: a confirmed one, which groundplan pager subscribe makes: until then nobody is paged`,
  );
});
