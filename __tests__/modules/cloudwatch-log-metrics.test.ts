import { CloudwatchLogMetrics } from "../../modules/cloudwatch-log-metrics";
import { describePlan } from "../support/planned";

describePlan(
  "metrics from logs",
  (root) => {
    const metric = { logGroupName: "/ecs/api", pattern: '{ $.event = "request" }', unit: "Milliseconds" } as const;
    new CloudwatchLogMetrics(root, "metrics", {
      namespace: "Orders",
      metrics: {
        latency: { ...metric, metricName: "ApiLatency", value: "$.duration_ms" },
        requests: { ...metric, metricName: "Requests", value: "1", unit: "Count" },
      },
    });
  },
  (plan) => {
    test("have one filter each, with the name of the metric", () => {
      expect(plan().keys("module.metrics.aws_cloudwatch_log_metric_filter.this")).toEqual(["latency", "requests"]);
    });

    test("take their value from the given field or number", () => {
      expect(plan().values('module.metrics.aws_cloudwatch_log_metric_filter.this["latency"]')).toMatchObject({
        name: "latency",
        log_group_name: "/ecs/api",
        pattern: '{ $.event = "request" }',
        metric_transformation: [
          {
            namespace: "Orders",
            name: "ApiLatency",
            value: "$.duration_ms",
            unit: "Milliseconds",
            default_value: null,
          },
        ],
      });
      expect(plan().values('module.metrics.aws_cloudwatch_log_metric_filter.this["requests"]')).toMatchObject({
        metric_transformation: [{ name: "Requests", value: "1", unit: "Count" }],
      });
    });
  },
);
