import {
  appRunnerMetrics,
  containerServiceMetrics,
  logSettingAlarms,
  webServiceAlarms,
} from "../../modules/cloudwatch-alarms/catalogue";

const thresholds = {
  serverErrorPercent: 1,
  clientErrorPercent: 20,
  minimumRequests: 100,
  latencyMilliseconds: 500,
  cpuPercent: 80,
  memoryPercent: 85,
};
const service = { ServiceName: "shop-api", ServiceID: "0123" };
const tasks = { ClusterName: "shop", ServiceName: "shop-api" };
const balancer = { LoadBalancer: "app/shop-api/1" };
const onAppRunner = webServiceAlarms(
  { name: "api", metrics: appRunnerMetrics(service), latencyUnit: "milliseconds", maxInstances: 4 },
  thresholds,
);
const onFargate = webServiceAlarms(
  { name: "api", metrics: containerServiceMetrics(balancer, tasks), latencyUnit: "seconds", maxInstances: 4 },
  thresholds,
);

test("both kinds of service have alarms of the same names and thresholds", () => {
  for (const kind of ["alarms", "rateAlarms"] as const) {
    expect(Object.keys(onFargate[kind] ?? {})).toEqual(Object.keys(onAppRunner[kind] ?? {}));
  }
  expect(onFargate.rateAlarms?.["api-5xx-rate"]?.thresholdPercent).toBe(1);
  expect(onAppRunner.rateAlarms?.["api-5xx-rate"]?.thresholdPercent).toBe(1);
});

test("the latency is in the unit of its metric", () => {
  expect(onAppRunner.alarms?.["api-latency"]).toMatchObject({
    namespace: "AWS/AppRunner",
    metricName: "RequestLatency",
    dimensions: service,
    statistic: "p95",
    threshold: 500,
  });
  expect(onFargate.alarms?.["api-latency"]).toMatchObject({
    namespace: "AWS/ApplicationELB",
    metricName: "TargetResponseTime",
    dimensions: balancer,
    threshold: 0.5,
  });
});

test("the alarm on the maximum starts only if all instances run in three periods in a row", () => {
  expect(onAppRunner.alarms?.["api-instances-at-maximum"]).toMatchObject({
    metricName: "ActiveInstances",
    statistic: "Minimum",
    comparison: "GreaterThanThreshold",
    threshold: 3,
    evaluationPeriods: 3,
  });
  expect(onFargate.alarms?.["api-instances-at-maximum"]).toMatchObject({
    metricName: "RunningTaskCount",
    dimensions: tasks,
  });
});

test("rates of errors count in the requests of the service", () => {
  expect(onAppRunner.rateAlarms?.["api-4xx-rate"]).toMatchObject({
    partMetricName: "4xxStatusResponses",
    totalMetricName: "Requests",
    minimumTotal: 100,
  });
});

test("three failures to set the logs in three hours start an alarm, since the schedules run once an hour", () => {
  const {
    periodSeconds = 0,
    evaluationPeriods = 0,
    datapointsToAlarm,
  } = logSettingAlarms("api", "shop-api-logs")["api-log-settings"] ?? {};
  expect([periodSeconds * evaluationPeriods, datapointsToAlarm]).toEqual([3 * 3600, 3]);
});
