/** Alarms that a resource of a kind should have, as plain data for the module's inputs. */
import type { Alarm } from "./alarm";

export { type Alarm, type AlarmSet, type AnomalyAlarm, type RateAlarm, together } from "./alarm";
export { type AuroraThresholds, auroraAlarms } from "./aurora-alarms";
export { availabilityAlarms } from "./availability-alarms";
export { certificateAlarms } from "./certificate-alarms";
export { databaseAlarms, type PostgresThresholds, postgresAlarms } from "./database-alarms";
export { databasePressureAlarms, type PressureThresholds } from "./database-pressure-alarms";
export { aliasAlarms, type FunctionThresholds, functionAlarms } from "./function-alarms";
export { healthyTargetAlarms, loadBalancerAlarms, type TrafficThresholds, trafficAlarms } from "./load-balancer-alarms";
export { endpointAlarms, natGatewayAlarms, webAclAlarms } from "./network-alarms";
export { nodeAlarms } from "./node-alarms";
export { type Queue, type QueueThresholds, queueAlarms } from "./queue-alarms";
export { type RestApiThresholds, restApiAlarms } from "./rest-api-alarms";
export { type ServiceThresholds, serviceAlarms } from "./service-alarms";
export {
  appRunnerMetrics,
  containerServiceMetrics,
  logSettingAlarms,
  type WebServiceMetrics,
  type WebServiceThresholds,
  webServiceAlarms,
} from "./web-service-alarms";

/**
 * Bounce rate of the account and region, from 0 to 1. SES puts an account under review at 5 %.
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html
 */
export function emailAlarms(thresholds: { readonly bounceRate: number }): Record<string, Alarm> {
  return {
    "email-bounce-rate": {
      description: `More than ${Math.round(thresholds.bounceRate * 1000) / 10} % of the e-mails bounce`,
      namespace: "AWS/SES",
      metricName: "Reputation.BounceRate",
      dimensions: {},
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: thresholds.bounceRate,
      periodSeconds: 900,
      treatMissingData: "ignore",
    },
  };
}
