import fc from "fast-check";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { databaseAlarms, emailAlarms, loadBalancerAlarms } from "../../modules/cloudwatch-alarms/catalogue";
import { describePlan } from "../planned";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:orders-alerts";
const metric = { description: "Slow", namespace: "Orders", metricName: "Latency", threshold: 500 } as const;

describePlan(
  "alarms",
  (root) => {
    new CloudwatchAlarms(root, "own", {
      name: "orders",
      topicArn,
      alarms: {
        average: { ...metric, statistic: "Average", comparison: "GreaterThanThreshold", treatMissingData: "missing" },
        percentile: {
          ...metric,
          dimensions: { Route: "/orders" },
          statistic: "p99.9",
          comparison: "LessThanOrEqualToThreshold",
          periodSeconds: 60,
          evaluationPeriods: 5,
          datapointsToAlarm: 3,
          treatMissingData: "breaching",
        },
      },
    });
    new CloudwatchAlarms(root, "catalogue", {
      name: "shop",
      topicArn,
      alarms: {
        ...loadBalancerAlarms("app/shop/1", { web: "targetgroup/web/1" }, { errorsPer5Minutes: 3 }),
        ...databaseAlarms("shop", { cpuPercent: 70, freeStorageGiB: 5 }),
        ...emailAlarms({ bounceRate: 0.05 }),
      },
    });
  },
  (plan) => {
    test("tell the topic when they start and when they end", () => {
      for (const { values } of plan().all("aws_cloudwatch_metric_alarm")) {
        expect(values).toMatchObject({ actions_enabled: true, alarm_actions: [topicArn], ok_actions: [topicArn] });
      }
    });

    test("look at one period of five minutes where nothing else is said", () => {
      expect(plan().values('module.own.aws_cloudwatch_metric_alarm.this["average"]')).toMatchObject({
        alarm_name: "orders-average",
        alarm_description: "Slow",
        statistic: "Average",
        extended_statistic: null,
        comparison_operator: "GreaterThanThreshold",
        threshold: 500,
        period: 300,
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        treat_missing_data: "missing",
      });
    });

    test("take percentiles as the extended statistic that CloudWatch calls them", () => {
      expect(plan().values('module.own.aws_cloudwatch_metric_alarm.this["percentile"]')).toMatchObject({
        dimensions: { Route: "/orders" },
        statistic: null,
        extended_statistic: "p99.9",
        comparison_operator: "LessThanOrEqualToThreshold",
        period: 60,
        evaluation_periods: 5,
        datapoints_to_alarm: 3,
        treat_missing_data: "breaching",
      });
    });

    test("of the catalogue watch errors, health, CPU, storage and bounces", () => {
      const rows = plan()
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ address }) => address.startsWith("module.catalogue."))
        .map(({ key, values: v }) => [key, v.metric_name, v.comparison_operator, v.threshold, v.treat_missing_data]);
      expect(rows).toEqual([
        ["database-cpu", "CPUUtilization", "GreaterThanThreshold", 70, "breaching"],
        ["database-free-storage", "FreeStorageSpace", "LessThanThreshold", 5 * 1024 ** 3, "breaching"],
        ["email-bounce-rate", "Reputation.BounceRate", "GreaterThanThreshold", 0.05, "ignore"],
        ["load-balancer-5xx", "HTTPCode_ELB_5XX_Count", "GreaterThanThreshold", 3, "notBreaching"],
        ["targets-5xx", "HTTPCode_Target_5XX_Count", "GreaterThanThreshold", 3, "notBreaching"],
        ["web-unhealthy-targets", "UnHealthyHostCount", "GreaterThanThreshold", 0, "notBreaching"],
      ]);
    });
  },
);

describe("the catalogue of alarms", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { maxLength: 8 });

  test("has one alarm for the health of each target group, on that group's own metric", () => {
    fc.assert(
      fc.property(names, (groups) => {
        const suffixes = Object.fromEntries(groups.map((name) => [name, `targetgroup/${name}/1`]));
        const alarms = loadBalancerAlarms("app/shop/1", suffixes, { errorsPer5Minutes: 1 });
        expect(Object.keys(alarms)).toHaveLength(groups.length + 2);
        for (const name of groups) {
          expect(alarms[`${name}-unhealthy-targets`]?.dimensions).toEqual({
            LoadBalancer: "app/shop/1",
            TargetGroup: `targetgroup/${name}/1`,
          });
        }
      }),
    );
  });

  test("never asks for more datapoints than periods", () => {
    const all = {
      ...loadBalancerAlarms("app/shop/1", { web: "targetgroup/web/1" }, { errorsPer5Minutes: 1 }),
      ...databaseAlarms("shop", { cpuPercent: 70, freeStorageGiB: 5 }),
      ...emailAlarms({ bounceRate: 0.05 }),
    };
    for (const { datapointsToAlarm = 1, evaluationPeriods = 1 } of Object.values(all)) {
      expect(datapointsToAlarm).toBeLessThanOrEqual(evaluationPeriods);
    }
  });

  test("says its thresholds in words that people are told", () => {
    expect(databaseAlarms("shop", { cpuPercent: 70, freeStorageGiB: 5 })["database-cpu"]?.description).toBe(
      "The database works at more than 70 % of its CPU",
    );
    expect(emailAlarms({ bounceRate: 0.05 })["email-bounce-rate"]?.description).toBe(
      "More than 5 % of the e-mails bounce",
    );
  });
});
