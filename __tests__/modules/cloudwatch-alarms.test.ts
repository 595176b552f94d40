import fc from "fast-check";
import { z } from "zod";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import {
  type Alarm,
  type AlarmSet,
  type AnomalyAlarm,
  databaseAlarms,
  emailAlarms,
  loadBalancerAlarms,
  postgresAlarms,
  queueAlarms,
  type RateAlarm,
  serviceAlarms,
  together,
  trafficAlarms,
} from "../../modules/cloudwatch-alarms/catalogue";
import { failure } from "../lib/support";
import { describePlan } from "../planned";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:orders-alerts";
const traffic = {
  latencyMilliseconds: 200,
  clientErrorPercent: 10,
  serverErrorPercent: 1,
  minimumRequests: 100,
  requestBandWidth: 3,
};
const postgres = {
  cpuPercent: 70,
  freeStorageGiB: 5,
  connections: 80,
  readLatencyMilliseconds: 20,
  writeLatencyMilliseconds: 50,
};
const orders = () =>
  together(
    trafficAlarms("app/orders/1", { api: "targetgroup/api/1" }, traffic),
    serviceAlarms("orders", { api: "api", worker: "worker" }, { cpuPercent: 80, memoryPercent: 85 }),
    postgresAlarms("orders", postgres),
    queueAlarms(
      "orders",
      { queueName: "orders", deadLetterQueueName: "orders-dead-letters" },
      { waitingMessages: 1000, oldestMessageSeconds: 600 },
    ),
  );
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
    new CloudwatchAlarms(root, "orders", { name: "orders", topicArn, ...orders() });
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

    test("say what happened, and in a paragraph of its own what to look at first", () => {
      const description = (address: string) => plan().values(address).alarm_description;
      expect(description('module.orders.aws_cloudwatch_metric_alarm.this["worker-memory"]')).toBe(
        "worker is short of memory; a task that runs out of it is killed\n\n" +
          "Look first at whether it grows since the last deployment, which is a leak, or with the load.",
      );
      expect(description('module.own.aws_cloudwatch_metric_alarm.this["average"]')).toBe("Slow");
    });

    test("on rates take so many per cent of a total that never counts as less than its minimum", () => {
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

    test("on what is unusual compare a metric with the band that CloudWatch has learnt", () => {
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
        ["database-connections", "GreaterThanThreshold", 80, "3/3", "notBreaching"],
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

/** Alarms of every kind by their names. */
function everyKind({ alarms = {}, rateAlarms = {}, anomalyAlarms = {} }: AlarmSet) {
  const all: Record<string, Alarm | RateAlarm | AnomalyAlarm> = { ...alarms, ...rateAlarms, ...anomalyAlarms };
  return all;
}

/** The metric queries of an alarm by their ids. */
function queriesOf({ metric_query }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const queries = z.array(z.looseObject({ id: z.string() })).parse(metric_query);
  return Object.fromEntries(queries.map(({ id, ...rest }) => [id, rest]));
}

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
      ...emailAlarms({ bounceRate: 0.05 }),
      ...everyKind(orders()),
    };
    for (const { datapointsToAlarm = 1, evaluationPeriods = 1 } of Object.values(all)) {
      expect(datapointsToAlarm).toBeLessThanOrEqual(evaluationPeriods);
    }
  });

  test("has three alarms for each service, on that service's own metrics, under names of its own", () => {
    fc.assert(
      fc.property(names, (services) => {
        const byName = Object.fromEntries(services.map((name) => [name, `${name}-service`]));
        const all = everyKind(together(serviceAlarms("orders", byName, { cpuPercent: 80, memoryPercent: 85 })));
        expect(Object.keys(all).sort()).toEqual(
          services.flatMap((name) => [`${name}-cpu`, `${name}-memory`, `${name}-tasks`]).sort(),
        );
        for (const name of services) {
          for (const kind of ["cpu", "memory", "tasks"]) {
            expect(all[`${name}-${kind}`]?.dimensions).toEqual({
              ClusterName: "orders",
              ServiceName: `${name}-service`,
            });
          }
        }
      }),
    );
  });

  test("takes latencies in milliseconds, and gives CloudWatch its seconds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), (milliseconds) => {
        const { alarms: web } = trafficAlarms("app/shop/1", {}, { ...traffic, latencyMilliseconds: milliseconds });
        const { alarms: database } = postgresAlarms("shop", { ...postgres, writeLatencyMilliseconds: milliseconds });
        expect(web?.latency?.threshold).toBe(milliseconds / 1000);
        expect(database?.["database-write-latency"]?.threshold).toBe(milliseconds / 1000);
      }),
    );
  });

  test("says of every alarm what to look at first, in one paragraph that leaves room for what happened", () => {
    for (const { description, runbook = "" } of Object.values(everyKind(orders()))) {
      expect(runbook).toMatch(/^Look first at [^\n]+\.$/);
      expect(`${description}\n\n${runbook}`.length).toBeLessThanOrEqual(1024);
    }
  });

  test("says the same in every environment, whatever its thresholds", () => {
    const strict = together(
      trafficAlarms("app/orders/1", { api: "targetgroup/api/1" }, { ...traffic, latencyMilliseconds: 1 }),
      postgresAlarms("orders", { ...postgres, cpuPercent: 1, freeStorageGiB: 1, connections: 1 }),
    );
    const usual = everyKind(orders());
    for (const [name, { description }] of Object.entries(everyKind(strict))) {
      expect(description).toBe(usual[name]?.description);
    }
  });

  test("is put together under names that stand once, whatever the kinds of the alarms", () => {
    const database = { alarms: databaseAlarms("shop", { cpuPercent: 70, freeStorageGiB: 5 }) };
    const service = serviceAlarms("shop", { database: "database" }, { cpuPercent: 80, memoryPercent: 85 });
    expect(failure(() => together(database, service)).message).toBe(
      "alarms: got database-cpu twice; allowed: a name of its own for each",
    );
    expect(together()).toEqual({ alarms: {}, rateAlarms: {}, anomalyAlarms: {} });
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
