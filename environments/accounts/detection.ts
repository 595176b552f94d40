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
import { ObservabilityLink } from "../../modules/observability-link";
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
  /** Sinks of the delegated administrator by region, which reads logs, metrics and traces of this account there. */
  readonly sinkArns?: Readonly<Record<string, string>>;
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

/** Services that may publish to the account's topic of alerts, by their names in the module `kms`. */
const PUBLISHERS = {
  budgets: "budgets.amazonaws.com",
  cloudwatch: "cloudwatch.amazonaws.com",
  "cost-anomalies": "costalerts.amazonaws.com",
  events: "events.amazonaws.com",
} as const;

export type AlertPublisher = keyof typeof PUBLISHERS;

interface Place {
  readonly root: Root;
  readonly account: Account;
  readonly accessLogBucket: Expression<string>;
  /** Result of `recordsKey`. */
  readonly recordsKeyArn: Expression<string> | null;
  readonly permissionsBoundaryArn: Expression<string>;
  /** Publishers of alerts in addition to CloudWatch and EventBridge. */
  readonly publishers: readonly AlertPublisher[];
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
 * The key of the trail, the configuration history, the archive of findings, and dead letters of schedules; null if the account has
 * none of them.
 */
export function recordsKey(
  root: Root,
  { id: accountId, state }: Account,
  data: Detection,
  { archives, reminds }: { readonly archives: boolean; readonly reminds: boolean },
): Expression<string> | null {
  if (data.trail !== "own" && data.configuration !== "own" && !archives && !reminds) return null;
  return new Kms(root, "records_key", {
    accountId,
    region: state.region,
    name: "account-records",
    description: archives
      ? "Account: trail, configuration history, findings"
      : "Account: trail and configuration history",
    services: [
      "cloudtrail",
      "config",
      "logs",
      ...(archives || reminds ? (["events-queues"] as const) : []),
      ...(archives ? (["log-delivery"] as const) : []),
    ],
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
  const alerts = alertTopic(root, home, data, place.publishers);
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
  shareObservations(root, home, data);
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
    const { topicArn } = alertTopic(root, place, data, []);
    new Guardduty(root, `${prefix}threats`, detectorOf(data, topicArn), options);
  }
  shareObservations(root, place, data);
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

/** The delegated administrator reads logs, metrics and traces in its sinks, to which the other accounts link themselves. */
function shareObservations(
  root: Root,
  { region, prefix, options }: Region,
  { organization, sinkArns = {} }: Detection,
): void {
  if (organization !== undefined) {
    const inputs = { name: ACCOUNT_ALERTS, organizationId: organization.id };
    const { arn } = new ObservabilitySink(root, `${prefix}sink`, inputs, options);
    root.output(`${prefix}sink_arn`, arn, `Sink of ${region}, for the data of the organization's accounts.`);
  }
  const sinkArn = sinkArns[region];
  if (sinkArn !== undefined) new ObservabilityLink(root, `${prefix}link`, { sinkArn }, options);
}

function recordedTypes({ recording }: Detection) {
  return recording && { excludedTypes: recording.excludedTypes, otherFrequencyTypes: recording.dailyTypes };
}

function alertTopic(
  root: Root,
  { accountId, region, prefix, options }: Region,
  { alertEmails }: Detection,
  publishers: readonly AlertPublisher[],
): Alerts {
  const name = `${ACCOUNT_ALERTS}-alerts`;
  const services = ["cloudwatch", "events", ...publishers] as const;
  const key = new Kms(
    root,
    `${prefix}alerts_key`,
    { accountId, region, name, description: "Account: alerts", services },
    options,
  );
  const topic = new SnsTopic(
    root,
    `${prefix}alerts`,
    {
      name,
      accountId,
      kmsKeyArn: key.arn,
      publishers: services.map((service) => PUBLISHERS[service]),
      emails: alertEmails,
    },
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
