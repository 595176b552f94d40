import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { z } from "zod";
import { defineModule, resourceForEach, text } from "../../lib";

export const CloudwatchLogMetrics = defineModule({
  name: "cloudwatch-log-metrics",
  description: "Metrics from the JSON logs of applications: durations, outcomes, counts.",
  inputs: {
    namespace: text(
      /^(?:[^A]|A[^W]|AW[^S]|AWS[^/])[\w./#:-]*$/,
      "a namespace that does not start with AWS/",
      "AWS/ECS",
    ).describe("Namespace of the metrics."),
    metrics: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        z.object({
          logGroupName: z.string().min(1),
          pattern: z.string().min(1),
          metricName: z.string().min(1),
          value: z.string().min(1),
          unit: z.enum(["Milliseconds", "Seconds", "Count", "Percent", "Bytes", "None"]),
        }),
      )
      .describe(
        'Metrics by name: the log group, a filter pattern such as `{ $.event = "job" }`, and the value, a number or a field such as `$.duration_ms`.',
      ),
  },
  outputs: {
    metricNames: z
      .record(z.string(), z.string())
      .describe("Names of the metrics, by key, available after their filters exist."),
  },
  example: {
    namespace: "Shop",
    metrics: {
      "api-latency": {
        logGroupName: "/ecs/shop-api",
        pattern: '{ $.event = "request" }',
        metricName: "ApiLatency",
        value: "$.duration_ms",
        unit: "Milliseconds",
      },
    },
  },
  build(scope, input) {
    const filters = resourceForEach(scope, CloudwatchLogMetricFilter, "this", input.metrics, (metric, name) => ({
      name,
      logGroupName: metric.logGroupName,
      pattern: metric.pattern,
      metricTransformation: {
        namespace: input.namespace,
        name: metric.metricName,
        value: metric.value,
        unit: metric.unit,
      },
    }));
    return { metricNames: filters.all("id") };
  },
});
