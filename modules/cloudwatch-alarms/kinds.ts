/** The resources of each kind of alarm. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type Expression, hcl, notified, type Ref, resourceForEach } from "../../lib";
import type { AlarmInput, AnomalyAlarmInput, MemberAlarmInput, RateAlarmInput } from "./inputs";

interface Told {
  readonly name: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly pageTopicArn: Expression<string | null>;
  readonly notifies: Expression<boolean>;
}

type Inputs<A> = Expression<Readonly<Record<string, A>>>;

/** These keep the name `this`, which they had before there were other kinds. */
export function onMetrics(scope: Construct, told: Told, alarms: Inputs<AlarmInput>) {
  return resourceForEach(scope, CloudwatchMetricAlarm, "this", alarms, (alarm, name) => ({
    ...onMetric(told, alarm, name),
    dimensions: alarm.dimensions,
  }));
}

/** One alarm for each pair of a member and an alarm. A further member adds its alarms and changes no other. */
export function onMembers(
  scope: Construct,
  told: Told,
  alarms: Ref<Readonly<Record<string, MemberAlarmInput>>>,
  members: Ref<Readonly<Record<string, string>>>,
) {
  const pairs = hcl<
    Record<string, [string, string]>
  >`merge([for member in keys(${members}) : { for alarm in keys(${alarms}) : format("%s-%s", member, alarm) => [member, alarm] }]...)`;
  return resourceForEach(scope, CloudwatchMetricAlarm, "member", pairs, (pair, name) => {
    const alarm = alarms.at(hcl<string>`${pair}[1]`);
    return {
      ...onMetric(told, alarm, name),
      dimensions: hcl<Record<string, string>>`{ (${alarm.memberDimension}) = ${members.at(hcl<string>`${pair}[0]`)} }`,
    };
  });
}

function onMetric(told: Told, alarm: Ref<Omit<AlarmInput, "dimensions">>, name: Expression<string>) {
  return {
    ...common(told, alarm, name),
    namespace: alarm.namespace,
    metricName: alarm.metricName,
    statistic: hcl<string | null>`startswith(${alarm.statistic}, "p") ? null : ${alarm.statistic}`,
    extendedStatistic: hcl<string | null>`startswith(${alarm.statistic}, "p") ? ${alarm.statistic} : null`,
    comparisonOperator: alarm.comparison,
    threshold: alarm.threshold,
    period: alarm.periodSeconds,
  };
}

/**
 * AWS omits counts of zero, so that a gap is filled with zero. The total has a minimum, which avoids a division by zero
 * and an alarm on one of three requests.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function onRates(scope: Construct, told: Told, alarms: Inputs<RateAlarmInput>) {
  return resourceForEach(scope, CloudwatchMetricAlarm, "rate", alarms, (alarm, name) => {
    const query = (id: string, metricName: Expression<string>) => ({
      id,
      label: metricName,
      returnData: false,
      metric: {
        namespace: alarm.namespace,
        metricName,
        dimensions: alarm.dimensions,
        stat: alarm.statistic,
        period: alarm.periodSeconds,
      },
    });
    const counted = hcl<string>`${alarm.partIs} == "beside-total" ? "FILL(total, 0) + FILL(part, 0)" : "FILL(total, 0)"`;
    return {
      ...common(told, alarm, name),
      comparisonOperator: alarm.comparison,
      threshold: alarm.thresholdPercent,
      metricQuery: [
        query("part", alarm.partMetricName),
        query("total", alarm.totalMetricName),
        { id: "counted", label: "Total", returnData: false, expression: counted },
        {
          id: "percent",
          label: "Per cent",
          returnData: true,
          expression: `100 * FILL(part, 0) / IF(counted > ${alarm.minimumTotal}, counted, ${alarm.minimumTotal})`,
        },
      ],
    };
  });
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html */
export function onAnomalies(scope: Construct, told: Told, alarms: Inputs<AnomalyAlarmInput>) {
  return resourceForEach(scope, CloudwatchMetricAlarm, "anomaly", alarms, (alarm, name) => ({
    ...common(told, alarm, name),
    comparisonOperator: alarm.comparison,
    thresholdMetricId: "usual",
    metricQuery: [
      {
        id: "observed",
        label: alarm.metricName,
        returnData: true,
        metric: {
          namespace: alarm.namespace,
          metricName: alarm.metricName,
          dimensions: alarm.dimensions,
          stat: alarm.statistic,
          period: alarm.periodSeconds,
        },
      },
      {
        id: "usual",
        label: "Usual",
        returnData: true,
        expression: `ANOMALY_DETECTION_BAND(observed, ${alarm.bandWidth})`,
      },
    ],
  }));
}

type CommonInput = Pick<
  AlarmInput,
  "description" | "runbook" | "severity" | "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData"
>;

function common(told: Told, alarm: Ref<CommonInput>, alarmName: Expression<string>) {
  return {
    alarmName: `${told.name}-${alarmName}`,
    alarmDescription: hcl<string>`join("\\n\\n", compact([${alarm.description}, ${alarm.runbook}]))`,
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm,
    treatMissingData: alarm.treatMissingData,
    actionsEnabled: told.notifies,
    ...notified(told, alarm.severity),
  };
}
