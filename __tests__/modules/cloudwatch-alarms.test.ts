import { z } from "zod";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { databaseAlarms, emailAlarms, loadBalancerAlarms } from "../../modules/cloudwatch-alarms/catalogue";
import { describePlan } from "../support/planned";
import { cluster, orders, postgres, topicArn } from "./alarm-sets";

const PAGES = "arn:aws:sns:eu-central-1:111122223333:pages";
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
    new CloudwatchAlarms(root, "severe", {
      name: "orders",
      topicArn,
      pageTopicArn: PAGES,
      alarms: Object.fromEntries(
        (["Critical", "High"] as const).map((severity) => [
          `${severity}Latency`,
          {
            ...metric,
            severity,
            statistic: "p95",
            comparison: "GreaterThanThreshold",
            periodSeconds: 86_400,
            treatMissingData: "missing",
          } as const,
        ]),
      ),
    });
    new CloudwatchAlarms(root, "read", {
      name: "orders-read",
      topicArn,
      notifies: false,
      alarms: { cpu: { ...metric, statistic: "Sum", comparison: "GreaterThanThreshold", treatMissingData: "missing" } },
    });
    new CloudwatchAlarms(root, "catalogue", {
      name: "shop",
      topicArn,
      alarms: {
        ...loadBalancerAlarms("app/shop/1", { web: "targetgroup/web/1" }, { errorsPer5Minutes: 3 }),
        ...databaseAlarms("shop", postgres),
        ...emailAlarms({ bounceRate: 0.05 }),
      },
    });
    new CloudwatchAlarms(root, "orders", { name: "orders", topicArn, ...orders() });
    new CloudwatchAlarms(root, "cluster", { name: "shop-database", topicArn, ...cluster({ minAcus: 2, maxAcus: 16 }) });
  },
  (plan) => {
    test("notify the topic when they start and end", () => {
      for (const { address, values } of plan().all("aws_cloudwatch_metric_alarm")) {
        if (/^module\.(severe|read)\./.test(address)) continue;
        expect(values).toMatchObject({ actions_enabled: true, alarm_actions: [topicArn], ok_actions: [topicArn] });
      }
    });

    test("of the severity Critical page as well, and the severity is a tag", () => {
      const severe = (key: string) => plan().values(`module.severe.aws_cloudwatch_metric_alarm.this["${key}"]`);
      expect(severe("CriticalLatency")).toMatchObject({
        alarm_name: "orders-CriticalLatency",
        period: 86_400,
        alarm_actions: [topicArn, PAGES],
        ok_actions: [topicArn, PAGES],
        tags: { Severity: "Critical" },
      });
      expect(severe("HighLatency")).toMatchObject({ alarm_actions: [topicArn], tags: { Severity: "High" } });
    });

    test("that only composite alarms read notify nobody", () => {
      expect(plan().values('module.read.aws_cloudwatch_metric_alarm.this["cpu"]').actions_enabled).toBe(false);
    });

    test("evaluate one period of five minutes by default", () => {
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

    test("pass percentiles as extended statistic", () => {
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

    test("have a description of the event, and a separate paragraph with the first step", () => {
      const description = (address: string) => plan().values(address).alarm_description;
      expect(description('module.orders.aws_cloudwatch_metric_alarm.this["worker-memory"]')).toBe(
        "worker is short of memory; a task that runs out of it is killed\n\n" +
          "Look first at whether it grows since the last deployment, which is a leak, or with the load.",
      );
      expect(description('module.own.aws_cloudwatch_metric_alarm.this["average"]')).toBe("Slow");
    });

    test("on rates compare a percentage of a total that counts at least as its minimum", () => {
      const rate = (name: string) =>
        queriesOf(plan().values(`module.orders.aws_cloudwatch_metric_alarm.rate["${name}"]`));
      const sum = (metric_name: string) => ({
        return_data: false,
        metric: [
          {
            namespace: "AWS/ApplicationELB",
            metric_name,
            dimensions: { LoadBalancer: "app/orders/1" },
            stat: "Sum",
            period: 300,
          },
        ],
      });
      expect(rate("targets-5xx-rate")).toMatchObject({
        part: sum("HTTPCode_Target_5XX_Count"),
        total: sum("RequestCount"),
        counted: { return_data: false, expression: "FILL(total, 0)" },
        percent: { return_data: true, expression: "100 * FILL(part, 0) / IF(counted > 100, counted, 100)" },
      });
      expect(rate("load-balancer-5xx-rate")).toMatchObject({
        part: sum("HTTPCode_ELB_5XX_Count"),
        counted: { expression: "FILL(total, 0) + FILL(part, 0)" },
      });
      expect(rate("worker-tasks")).toMatchObject({
        part: { metric: [{ metric_name: "RunningTaskCount", stat: "Average", period: 60 }] },
        total: { metric: [{ metric_name: "DesiredTaskCount" }] },
        percent: { expression: "100 * FILL(part, 0) / IF(counted > 1, counted, 1)" },
      });
    });

    test("on anomalies compare a metric with the band of CloudWatch's model", () => {
      const address = 'module.orders.aws_cloudwatch_metric_alarm.anomaly["unusual-requests"]';
      expect(plan().values(address)).toMatchObject({
        alarm_name: "orders-unusual-requests",
        comparison_operator: "LessThanLowerOrGreaterThanUpperThreshold",
        threshold_metric_id: "usual",
        treat_missing_data: "ignore",
      });
      expect(queriesOf(plan().values(address))).toMatchObject({
        observed: { return_data: true, metric: [{ metric_name: "RequestCount", stat: "Sum", period: 300 }] },
        usual: { return_data: true, expression: "ANOMALY_DETECTION_BAND(observed, 3)" },
      });
    });

    test("of an order system watch its load balancer, services, database and queue", () => {
      const rows = plan()
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ address }) => address.startsWith("module.orders."))
        .map(({ key, values: v }) => [
          key,
          v.comparison_operator,
          v.threshold,
          [v.datapoints_to_alarm, v.evaluation_periods].join("/"),
          v.treat_missing_data,
        ])
        .sort();
      expect(rows).toEqual([
        ["api-cpu", "GreaterThanThreshold", 80, "3/3", "notBreaching"],
        ["api-memory", "GreaterThanThreshold", 85, "3/3", "notBreaching"],
        ["api-tasks", "LessThanThreshold", 100, "10/10", "breaching"],
        ["api-unhealthy-targets", "GreaterThanThreshold", 0, "5/5", "notBreaching"],
        ["database-connections", "GreaterThanThreshold", 62, "3/3", "notBreaching"],
        ["database-cpu", "GreaterThanThreshold", 70, "3/3", "breaching"],
        ["database-free-storage", "LessThanThreshold", 5 * 1024 ** 3, "1/1", "breaching"],
        ["database-read-latency", "GreaterThanThreshold", 0.02, "3/3", "notBreaching"],
        ["database-write-latency", "GreaterThanThreshold", 0.05, "3/3", "notBreaching"],
        ["latency", "GreaterThanThreshold", 0.2, "3/3", "notBreaching"],
        ["load-balancer-4xx-rate", "GreaterThanThreshold", 10, "3/3", "notBreaching"],
        ["load-balancer-5xx-rate", "GreaterThanThreshold", 1, "1/1", "notBreaching"],
        ["orders-dead-letters", "GreaterThanThreshold", 0, "1/1", "notBreaching"],
        ["orders-oldest-message", "GreaterThanThreshold", 600, "3/3", "notBreaching"],
        ["orders-waiting-messages", "GreaterThanThreshold", 1000, "3/3", "notBreaching"],
        ["targets-4xx-rate", "GreaterThanThreshold", 10, "3/3", "notBreaching"],
        ["targets-5xx-rate", "GreaterThanThreshold", 1, "1/1", "notBreaching"],
        ["unusual-requests", "LessThanLowerOrGreaterThanUpperThreshold", null, "3/3", "ignore"],
        ["worker-cpu", "GreaterThanThreshold", 80, "3/3", "notBreaching"],
        ["worker-memory", "GreaterThanThreshold", 85, "3/3", "notBreaching"],
        ["worker-tasks", "LessThanThreshold", 100, "10/10", "breaching"],
      ]);
    });

    test("of members are alarms of each one, on its own metrics, beside those of the cluster", () => {
      const address = (member: string) => `module.cluster.aws_cloudwatch_metric_alarm.member["${member}-replica-lag"]`;
      expect(plan().values(address("b"))).toMatchObject({
        alarm_name: "shop-database-b-replica-lag",
        metric_name: "AuroraReplicaLag",
        dimensions: { DBInstanceIdentifier: "shop-b" },
        threshold: 2000,
      });
      const rows = plan()
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ address, key }) => address.startsWith("module.cluster.") && !String(key).startsWith("b-"))
        .map(({ key, values: v }) => [key, v.metric_name, v.comparison_operator, v.threshold, v.treat_missing_data]);
      expect(rows).toEqual([
        ["a-capacity", "ACUUtilization", "GreaterThanThreshold", 90, "notBreaching"],
        ["a-connections", "DatabaseConnections", "GreaterThanThreshold", 2018, "notBreaching"],
        ["a-cpu", "CPUUtilization", "GreaterThanThreshold", 80, "breaching"],
        ["a-free-memory", "FreeableMemory", "LessThanThreshold", 512 * 1024 ** 2, "notBreaching"],
        ["a-replica-lag", "AuroraReplicaLag", "GreaterThanThreshold", 2000, "notBreaching"],
        ["deadlocks", "Deadlocks", "GreaterThanThreshold", 0.1, "notBreaching"],
        ["storage", "VolumeBytesUsed", "GreaterThanThreshold", 100 * 1024 ** 3, "notBreaching"],
      ]);
    });

    test("of the catalogue watch errors, health, CPU, storage and bounces", () => {
      const rows = plan()
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ address }) => address.startsWith("module.catalogue."))
        .map(({ key, values: v }) => [key, v.metric_name, v.comparison_operator, v.threshold, v.treat_missing_data]);
      expect(rows).toEqual([
        ["database-connections", "DatabaseConnections", "GreaterThanThreshold", 62, "notBreaching"],
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

/** The metric queries of an alarm by their ids. */
function queriesOf({ metric_query }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const queries = z.array(z.looseObject({ id: z.string() })).parse(metric_query);
  return Object.fromEntries(queries.map(({ id, ...rest }) => [id, rest]));
}
