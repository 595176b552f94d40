/** What records and detects in an account: the trail of all calls, the history of all resources, threats; and who is told. */
import { type Expression, hcl, type Root } from "../../lib";
import { Cloudtrail } from "../../modules/cloudtrail";
import { ConfigAccount } from "../../modules/config-account";
import { ConfigRecorder } from "../../modules/config-recorder";
import { Guardduty } from "../../modules/guardduty";
import { Kms } from "../../modules/kms";
import { SnsTopic } from "../../modules/sns-topic";
import type { Account } from "../common/account";
import type { BackendOptions } from "./backend";

/** `own`, or why the account has none of its own: the organization does it centrally. */
export type Detector = "own" | { readonly central: string };

/** Prices are in docs/account-baseline.md. */
export interface Detection {
  readonly alertEmails: readonly string[];
  /** Days for which nobody deletes the record of calls. HIPAA asks for six years: 2192. */
  readonly trailDays: number;
  readonly trail: Detector;
  readonly threats: Detector;
  readonly configuration: Detector;
}

/** Days that calls can be searched in CloudWatch Logs; the bucket has them for longer. */
const SEARCHABLE_DAYS = 365;

/** What the names of the trail, of topics and of rules begin with, which the roles of environments leave alone. */
export const ACCOUNT_ALERTS = "account";

function recordBucketNames({ name, id }: Account) {
  return { trail: `${name}-records-cloudtrail-${id}`, configuration: `${name}-records-config-${id}` };
}

/** One pattern for both, since a boundary has little room. */
export function recordBucketArns({ name }: Account): string[] {
  return [`arn:aws:s3:::${name}-records-*`];
}

/** Role with which the trail writes its log. */
export const TRAIL_ROLE = `${ACCOUNT_ALERTS}-cloudtrail`;

interface Place {
  readonly root: Root;
  readonly account: Account;
  readonly accessLogBucket: Expression<string>;
  /** Of `recordsKey`. */
  readonly recordsKeyArn: Expression<string> | null;
  readonly permissionsBoundaryArn: Expression<string>;
}

/** What a region needs to deliver the history of its resources; null where the organization records it. */
interface Store {
  readonly roleArn: Expression<string>;
  readonly bucketName: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
}

/** The key of trail and history; null where the account has neither. */
export function recordsKey(root: Root, { id: accountId, state }: Account, data: Detection): Expression<string> | null {
  if (data.trail !== "own" && data.configuration !== "own") return null;
  return new Kms(root, "records_key", {
    accountId,
    region: state.region,
    name: "account-records",
    description: "Account: record of calls and resources",
    services: ["cloudtrail", "config", "logs"],
  }).arn;
}

/** In the account's own region. @returns where the recorders of other regions deliver to */
export function detection({ root, account, ...place }: Place, data: Detection): Store | null {
  const { id: accountId, state } = account;
  declare(root, data);
  const topicArn = alertTopic(root, account, data, "");
  const buckets = recordBucketNames(account);
  const { recordsKeyArn: kmsKeyArn } = place;
  if (data.trail === "own" && kmsKeyArn !== null) {
    new Cloudtrail(root, "trail", {
      name: ACCOUNT_ALERTS,
      accountId,
      region: state.region,
      bucketName: buckets.trail,
      kmsKeyArn,
      accessLogBucket: place.accessLogBucket,
      retentionDays: data.trailDays,
      logRetentionDays: SEARCHABLE_DAYS,
      permissionsBoundaryArn: place.permissionsBoundaryArn,
      alertTopicArn: topicArn,
    });
  }
  if (data.threats === "own") new Guardduty(root, "threats", { name: ACCOUNT_ALERTS, alertTopicArn: topicArn });
  if (data.configuration !== "own" || kmsKeyArn === null) return null;
  const once = new ConfigAccount(root, "configuration", {
    accountId,
    bucketName: buckets.configuration,
    kmsKeyArn,
    accessLogBucket: place.accessLogBucket,
  });
  const store = { roleArn: once.roleArn, bucketName: once.bucketName, kmsKeyArn };
  new ConfigRecorder(root, "recorder", { ...store, globalResources: true });
  return store;
}

/** In another region of the account, which delivers to the store of the first. */
export function standbyDetection(
  root: Root,
  account: Account,
  data: Detection,
  store: Store | null,
  options: BackendOptions,
): void {
  if (data.threats === "own") {
    const alertTopicArn = alertTopic(root, account, data, "standby_", options);
    new Guardduty(root, "standby_threats", { name: ACCOUNT_ALERTS, alertTopicArn }, options);
  }
  if (store !== null) new ConfigRecorder(root, "standby_recorder", store, options);
}

function alertTopic(
  root: Root,
  { id: accountId, state }: Account,
  { alertEmails }: Detection,
  prefix: string,
  options?: BackendOptions,
): Expression<string> {
  const name = `${ACCOUNT_ALERTS}-alerts`;
  const key = new Kms(
    root,
    `${prefix}alerts_key`,
    { accountId, region: state.region, name, description: "Account: alerts", services: ["events"] },
    options,
  );
  const publishers = ["events.amazonaws.com"];
  return new SnsTopic(
    root,
    `${prefix}alerts`,
    { name, accountId, kmsKeyArn: key.arn, publishers, emails: alertEmails },
    options,
  ).arn;
}

/** What the organization does stands in the tree, with its reason. */
function declare(root: Root, { trail, threats, configuration }: Detection): void {
  for (const [name, detector] of Object.entries({ trail, threats, configuration })) {
    if (detector !== "own")
      root.output(`central_${name}`, hcl<string>`${detector.central}`, `Why the account has no ${name} of its own.`);
  }
}
