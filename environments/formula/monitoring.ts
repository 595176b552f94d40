/** Alarms of an environment, and the dashboard of those on call. */
import type { Value } from "../../lib";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import {
  type Alarm,
  aliasAlarms,
  availabilityAlarms,
  certificateAlarms,
  databaseAlarms,
  functionAlarms,
  healthyTargetAlarms,
  restApiAlarms,
  serviceAlarms,
  together,
} from "../../modules/cloudwatch-alarms/catalogue";
import { CompositeAlarms } from "../../modules/composite-alarms";
import { type Context, functionName } from "./context";
import { operationalHealth } from "./dashboard";
import type { AlarmThresholds, Colour } from "./environment";
import type { Monitored } from "./monitored";
import { OPERATIONS, SERVICE_PATH } from "./operations";
import { escalationText, pages } from "./paging";

export function monitoring(context: Context, monitored: Monitored): void {
  const { root, environment, name, alertTopicArn } = context;
  const { alarms: thresholds, formula, database: size } = environment.sizing;
  if ("none" in thresholds) return;
  const { front, ingress, executions, api, identity, data } = monitored;
  const { restApi } = api;
  const measured = front?.measured ?? null;
  const pageTopicArn = pages(context);
  new CloudwatchAlarms(root, "alarms", {
    name,
    topicArn: alertTopicArn,
    pageTopicArn,
    ...together(
      restApiAlarms(
        { apiName: restApi.name, stageName: restApi.stageName, operations: TIMED },
        {
          serverErrorPercent: thresholds.apiServerErrorPercent,
          minimumRequests: thresholds.minimumRequests,
          latencyMilliseconds: thresholds.apiLatencyMilliseconds,
          escalation: escalationText(environment.escalation),
        },
      ),
      functionAlarms(
        "formula",
        { functionName: executions.name, duration: executions.durationMetric },
        { durationMilliseconds: thresholds.formulaMilliseconds, reservedConcurrency: formula.reservedConcurrency },
      ),
      {
        alarms:
          data.database === null
            ? {}
            : databaseAlarms(data.database.identifier, {
                ...DATABASE,
                instanceClass: size.instanceClass,
                freeStorageGiB: size.allocatedStorageGiB / 10,
              }),
      },
      certificateAlarms(
        {
          ...(front && { website: front.certificate.arn }),
          api: api.certificate.arn,
          origin: ingress.certificate.arn,
          ...(identity.certificate && { "sign-in": identity.certificate.arn }),
        },
        { daysToExpiry: DAYS_TO_EXPIRY },
      ),
      ...(measured === null
        ? []
        : [availabilityAlarms(measured.canary.name, { availabilityPercent: AVAILABILITY_PERCENT })]),
    ),
  });
  colours(context, monitored, thresholds);
  operationalHealth(context, monitored);
}

/**
 * Operations of the service: executions may take longer. The alarm of the document is that on reads, which most requests are; the
 * others have their method in their names.
 */
const TIMED = Object.fromEntries(
  Object.keys(OPERATIONS[SERVICE_PATH]).map((key) => {
    const method = key.toUpperCase();
    return [method === "GET" ? "HighLatency" : `HighLatency-${method}`, { method, resource: SERVICE_PATH }];
  }),
);

const DATABASE = { cpuPercent: 80, connectionPercent: 80 } as const;

/** ACM renews a certificate 45 days before its end. */
const DAYS_TO_EXPIRY = 30;

const AVAILABILITY_PERCENT = 99.9;

/** Above the targets of autoscaling. */
const SERVICE = { cpuPercent: 90, memoryPercent: 90 } as const;

const EXECUTIONS = { errorPercent: 1, minimumExecutions: 100 } as const;

/**
 * Alarms of each colour. They notify only while the colour gets the requests of users, which the pipeline moves without Terraform.
 * A load balancer counts no request without a healthy target, but its own answers.
 */
function colours(context: Context, { service }: Monitored, { servingRequests }: AlarmThresholds): void {
  const { root, environment, name, alertTopicArn } = context;
  const { cluster } = service;
  const sets = service.services.map(({ colour, loadBalancer, service: { name: serviceName } }) => {
    const { arnSuffix, targetGroupArnSuffixes } = loadBalancer;
    return {
      serving: requestAlarms(colour, arnSuffix, servingRequests),
      faults: together(
        serviceAlarms(cluster.name, { [colour]: serviceName }, SERVICE),
        healthyTargetAlarms(arnSuffix, { [colour]: targetGroupArnSuffixes.at("service") }),
        aliasAlarms(`${colour}-formula`, { functionName: functionName(environment), alias: colour }, EXECUTIONS),
      ),
    };
  });
  const { arns } = new CloudwatchAlarms(root, "colour_alarms", {
    name,
    topicArn: alertTopicArn,
    notifies: false,
    ...together(...sets.flatMap(({ serving, faults }) => [{ alarms: serving }, faults])),
  });
  const composed = sets.flatMap(({ serving, faults: { alarms, rateAlarms } }) =>
    Object.entries({ ...alarms, ...rateAlarms }).map(([alarm, { description, runbook }]) => [
      alarm,
      {
        description: `${description}, while it gets the requests of users`,
        ...(runbook !== undefined && { runbook }),
        severity: "High" as const,
        allOf: [arns.at(alarm)],
        anyOf: Object.keys(serving).map((one) => arns.at(one)),
      },
    ]),
  );
  new CompositeAlarms(root, "serving_alarms", {
    name: `${name}-serving`,
    topicArn: alertTopicArn,
    alarms: Object.fromEntries(composed),
  });
}

/** No fault: on while a colour gets requests of users. */
function requestAlarms(colour: Colour, loadBalancer: Value<string>, threshold: number): Record<string, Alarm> {
  const more = (metricName: string, description: string): Alarm => ({
    description,
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer },
    metricName,
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold,
    treatMissingData: "notBreaching",
  });
  return {
    [`${colour}-requests`]: more("RequestCount", `${colour} gets requests`),
    [`${colour}-refused-requests`]: more(
      "HTTPCode_ELB_5XX_Count",
      `${colour} gets requests, and has no target for them`,
    ),
  };
}
