import { z } from "zod";
import { arnOf, defineParameters } from "../lib";

const METRIC = z.object({
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
});

/** The API of an environment, for what serves, measures or calls it. */
export const API = defineParameters({
  name: "api",
  values: {
    host: z.string().describe("DNS name that answers HTTPS with a valid certificate."),
    healthPath: z.string().describe("Path that answers 200 if the process lives."),
    serviceArn: z.string().describe("ARN of the service."),
    serviceName: z.string().describe("Name of the service."),
    roleArn: arnOf("iam").describe("Role of the code."),
    logGroupName: z.string().describe("Log group of the code."),
    metrics: z
      .object({
        requests: METRIC,
        serverErrors: METRIC,
        clientErrors: METRIC,
        latency: METRIC,
        cpu: METRIC,
        memory: METRIC,
        instances: METRIC,
      })
      .describe("Metrics of the service in CloudWatch, by meaning."),
    latencyUnit: z.enum(["milliseconds", "seconds"]).describe("Unit of the metric of the latency."),
    alarmArns: z.array(arnOf("cloudwatch")).describe("ARNs of the alarms on the service."),
    metricsNamespace: z.string().describe("Namespace of the business metrics that the code writes to its log."),
  },
  standIns: {
    host: "abcdefghij.eu-central-1.awsapprunner.com",
    healthPath: "/health",
    serviceArn: "arn:aws:apprunner:eu-central-1:111122223333:service/shop-api/0123456789abcdef0123456789abcdef",
    serviceName: "shop-api",
    roleArn: "arn:aws:iam::111122223333:role/shop-api-instance",
    logGroupName: "/aws/apprunner/shop-api/0123456789abcdef0123456789abcdef/application",
    metrics: {
      requests: metric("Requests"),
      serverErrors: metric("5xxStatusResponses"),
      clientErrors: metric("4xxStatusResponses"),
      latency: metric("RequestLatency"),
      cpu: metric("CPUUtilization"),
      memory: metric("MemoryUtilization"),
      instances: metric("ActiveInstances"),
    },
    latencyUnit: "milliseconds",
    alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-api-latency"],
    metricsNamespace: "shop-prod",
  },
});

function metric(metricName: string) {
  return {
    namespace: "AWS/AppRunner",
    metricName,
    dimensions: { ServiceName: "shop-api", ServiceID: "0123456789abcdef0123456789abcdef" },
  };
}
