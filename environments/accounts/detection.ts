/**
 * Detection in an account: the trail of all API calls, the configuration history, threat detection, and the alert
 * topic.
 */
import { type Expression, hcl, type Root } from "../../lib";
import { Cloudtrail } from "../../modules/cloudtrail";
import { ConfigAccount } from "../../modules/config-account";
import { ConfigRecorder } from "../../modules/config-recorder";
import { Guardduty } from "../../modules/guardduty";
import { Kms } from "../../modules/kms";
import { ObservabilitySink } from "../../modules/observability-sink";
import { SnsTopic } from "../../modules/sns-topic";
import type { Account } from "../common/account";
import { PIPELINE } from "../common/delivery";
import { type Compliance, compliance, complianceElsewhere } from "./compliance";
import type { Region } from "./region";

/** `own`, or the reason why the organization does it centrally. */
export type Detector = "own" | { readonly central: string };

/** Prices are in docs/account-baseline.md. */
export interface Detection {
  readonly alertEmails: readonly string[];
  /** Days for which nobody can delete the trail. HIPAA requires six years: 2192. */
  readonly trailDays: number;
  readonly trail: Detector;
  readonly threats: Detector;
  readonly configuration: Detector;
  /** Set in the delegated administrator: the trail, the detectors and the sinks are those of all accounts. */
  readonly organization?: { readonly id: string; readonly managementAccountId: string };
  /** Recording of less than every change of every type. Without it, all is recorded. */
  readonly recording?: Recording;
  /** Rules, corrections and Security Hub, for an account with a recorder of its own. */
  readonly compliance?: Compliance;
}

interface Recording {
  /** Types without a history. */
  readonly excludedTypes: readonly string[];
  /** Types of which one state a day is recorded. */
  readonly dailyTypes: readonly string[];
}

/** Days for which CloudWatch Logs keeps the account's logs for queries. Buckets keep the records longer. */
export const SEARCHABLE_DAYS = 365;

/** Prefix of the names of the trail, topics and rules. The roles of environments may not change them. */
export const ACCOUNT_ALERTS = "account";

export function recordBucketNames({ name, id }: Account) {
  return {
    trail: `${name}-records-cloudtrail-${id}`,
    configuration: `${name}-records-config-${id}`,
    findings: `${name}-records-findings-${id}`,
  };
}

/** One pattern for all buckets, because the size of a boundary policy is limited. */
export function recordBucketArns({ name }: Account): string[] {
  return [`arn:aws:s3:::${name}-records-*`];
}

/** Role that writes the log of the trail. */
export const TRAIL_ROLE = `${ACCOUNT_ALERTS}-cloudtrail`;

interface Place {
  readonly root: Root;
  readonly account: Account;
  readonly accessLogBucket: Expression<string>;
  /** Result of `recordsKey`. */
  readonly recordsKeyArn: Expression<string> | null;
  readonly permissionsBoundaryArn: Expression<string>;
}

/** Destination of the configuration history of a region, and the roles of corrections. */
interface Store {
  readonly roleArn: Expression<string>;
  readonly bucketName: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  /** Null without rules. */
  readonly remediationRoleArns: Expression<Record<string, string>> | null;
}

/** Topic of the account's alerts, and its key. */
export interface Alerts {
  readonly topicArn: Expression<string>;
  readonly keyArn: Expression<string>;
}

/**
 * The key of the trail, the configuration history, and the archive of findings; null if the account has none of them.
 * @param archives whether the account archives its findings
 */
export function recordsKey(
  root: Root,
  { id: accountId, state }: Account,
  data: Detection,
  archives: boolean,
): Expression<string> | null {
  if (data.trail !== "own" && data.configuration !== "own" && !archives) return null;
  return new Kms(root, "records_key", {
    accountId,
    region: state.region,
    name: "account-records",
    description: archives
      ? "Account: trail, configuration history, findings"
      : "Account: trail and configuration history",
    services: ["cloudtrail", "config", "logs", ...(archives ? (["events-queues", "log-delivery"] as const) : [])],
    ...(data.organization && { trailOwnerId: data.organization.managementAccountId }),
  }).arn;
}

/**
 * Detection in the account's first region.
 * @param otherRegions whose findings this region collects
 * @returns the account's alerts, and the destination for the recorders of other regions
 */
export function detection(
  { root, account, ...place }: Place,
  data: Detection,
  otherRegions: readonly string[],
): { readonly alerts: Alerts; readonly store: Store | null } {
  const { id: accountId, state } = account;
  const home = { accountId, region: state.region, prefix: "" };
  declare(root, data);
  const alerts = alertTopic(root, home, data);
  const { topicArn } = alerts;
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
      ...(data.organization && { organization: data.organization }),
      pipelineRolePrefix: PIPELINE,
      alertTopicArn: topicArn,
    });
  }
  if (data.threats === "own") new Guardduty(root, "threats", detectorOf(data, topicArn));
  sink(root, home, data);
  if (data.configuration !== "own" || kmsKeyArn === null) return { alerts, store: null };
  const once = new ConfigAccount(root, "configuration", {
    accountId,
    bucketName: buckets.configuration,
    kmsKeyArn,
    accessLogBucket: place.accessLogBucket,
  });
  const store = { roleArn: once.roleArn, bucketName: once.bucketName, kmsKeyArn };
  const { recorderName } = new ConfigRecorder(root, "recorder", {
    ...store,
    globalResources: true,
    ...recordedTypes(data),
  });
  const remediationRoleArns =
    data.compliance === undefined ? null : compliance(root, home, recorderName, data.compliance, otherRegions);
  return { alerts, store: { ...store, remediationRoleArns } };
}

/** Detection in another region of the account. It delivers to the store of the first region. */
export function detectionElsewhere(root: Root, place: Region, data: Detection, store: Store | null): void {
  const { prefix, options } = place;
  if (data.threats === "own") {
    const { topicArn } = alertTopic(root, place, data);
    new Guardduty(root, `${prefix}threats`, detectorOf(data, topicArn), options);
  }
  sink(root, place, data);
  if (store === null) return;
  const { remediationRoleArns, ...destination } = store;
  const recording = { ...destination, ...recordedTypes(data) };
  const { recorderName } = new ConfigRecorder(root, `${prefix}recorder`, recording, options);
  if (data.compliance !== undefined && remediationRoleArns !== null) {
    complianceElsewhere(root, place, recorderName, data.compliance, remediationRoleArns);
  }
}

function detectorOf({ organization }: Detection, alertTopicArn: Expression<string>) {
  return { name: ACCOUNT_ALERTS, alertTopicArn, ...(organization && { organization: true }) };
}

/** Where the account reads logs, metrics and traces of its organization's accounts. */
function sink(root: Root, { prefix, options }: Region, { organization }: Detection): void {
  if (organization === undefined) return;
  const inputs = { name: ACCOUNT_ALERTS, organizationId: organization.id };
  new ObservabilitySink(root, `${prefix}sink`, inputs, options);
}

function recordedTypes({ recording }: Detection) {
  return recording && { excludedTypes: recording.excludedTypes, otherFrequencyTypes: recording.dailyTypes };
}

function alertTopic(root: Root, { accountId, region, prefix, options }: Region, { alertEmails }: Detection): Alerts {
  const name = `${ACCOUNT_ALERTS}-alerts`;
  const key = new Kms(
    root,
    `${prefix}alerts_key`,
    { accountId, region, name, description: "Account: alerts", services: ["cloudwatch", "events"] },
    options,
  );
  const publishers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"];
  const topic = new SnsTopic(
    root,
    `${prefix}alerts`,
    { name, accountId, kmsKeyArn: key.arn, publishers, emails: alertEmails },
    options,
  );
  return { topicArn: topic.arn, keyArn: key.arn };
}

/** Outputs state which detection the organization does centrally, and why. */
function declare(root: Root, { trail, threats, configuration }: Detection): void {
  for (const [name, detector] of Object.entries({ trail, threats, configuration })) {
    if (detector !== "own")
      root.output(`central_${name}`, hcl<string>`${detector.central}`, `Why the account has no ${name} of its own.`);
  }
}
