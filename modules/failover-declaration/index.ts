import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { z } from "zod";
import { arnOf, defineModule, hcl, REGION, resource, resourceName } from "../../lib";

const METRIC = "Declared";

/**
 * Route 53 reads the metric of an alarm in any region. While nobody writes the metric, the status is the last one; a new health
 * check is healthy.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export const FailoverDeclaration = defineModule({
  name: "failover-declaration",
  description:
    "The switch of a failover that only people declare: a health check that is healthy until a command in the standby's region writes the metric `Declared` with the value 1, and again after the value 0. It needs nothing of the failed region. Everybody who may write metrics into the namespace can declare the failover.",
  providers: ["aws", "aws.standby"],
  inputs: {
    name: resourceName(100).describe("Name of the alarm and namespace of the metric."),
    standbyRegion: REGION.describe("Region of the metric and of the alarm, which is the region of `aws.standby`."),
    topicArn: arnOf("sns").describe("Topic in that region, which learns of the declaration and of its end."),
  },
  outputs: {
    healthCheckId: z.string().describe("Id of the health check, for the primary record of `route53-failover`."),
    namespace: z.string().describe("Namespace of the metric."),
  },
  example: {
    name: "shop-failover",
    standbyRegion: "eu-west-1",
    topicArn: "arn:aws:sns:eu-west-1:111122223333:shop-standby-alerts",
  },
  build(scope, input, providers) {
    const alarm = resource(scope, CloudwatchMetricAlarm, "this", {
      namespace: input.name,
      metricName: METRIC,
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      treatMissingData: "ignore",
      alarmName: input.name,
      alarmDescription: `People declared that the standby in ${input.standbyRegion} serves: DNS answers with it until the metric ${METRIC} gets the value 0.`,
      alarmActions: [input.topicArn],
      okActions: [input.topicArn],
      provider: providers["aws.standby"],
    });
    const check = resource(scope, Route53HealthCheck, "this", {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: input.standbyRegion,
      insufficientDataHealthStatus: "LastKnownStatus",
      // Route 53 copies the alarm's settings, and reads them again only with a change of the health check.
      triggers: { settings: hcl<string>`join(" ", [${alarm.namespace}, ${alarm.metricName}, ${alarm.threshold}])` },
      tags: { Name: input.name },
    });
    return { healthCheckId: check.id, namespace: alarm.namespace };
  },
});
