import { z } from "zod";
import {
  arnOf,
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  type ContainerSecurityContext,
  defineModule,
  helmRelease,
  jsonencode,
  OBJECT_NAME,
  type PodSecurityContext,
  REGION,
  REGISTRY,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  repositoryChart,
  type ServiceAccountValues,
  serviceAccountWithRole,
  sizing,
  text,
  type Value,
} from "../../lib";
import { jobs } from "./jobs";

const SERVICE_ACCOUNT = "yace";

export const CloudwatchExporter = defineModule({
  name: "cloudwatch-exporter",
  description:
    "YACE, which copies metrics of load balancers and databases from CloudWatch to Prometheus every five minutes. It finds resources by a tag. Alarms that must be fast, or hold without the cluster, are alarms of CloudWatch.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe(
      "Namespace of the exporter: output of `prometheus-operator-crds`, because the release has a ServiceMonitor.",
    ),
    chartVersion: sizing(CHART_VERSION).default("0.47.0").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("quay.io").describe("Registry of the image."),
    region: REGION.describe("Region of the metrics."),
    roleArn: arnOf("iam").describe(
      `Role that may read metrics and tags; its trust policy names the service account \`${SERVICE_ACCOUNT}\`.`,
    ),
    appTag: text(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens", "A B").describe(
      "Value of the tag `App` of the resources.",
    ),
  },
  outputs: { releaseName: z.string().describe("Name of the release.") },
  example: {
    namespace: "monitoring",
    region: "eu-central-1",
    roleArn: "arn:aws:iam::111122223333:role/shop-dev-yace",
    appTag: "shop",
  },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: "cloudwatch-exporter",
      namespace: input.namespace,
      ...repositoryChart(
        "https://prometheus-community.github.io/helm-charts",
        "prometheus-yet-another-cloudwatch-exporter",
        input,
      ),
      values: {
        image: { registry: input.registry },
        testConnection: false,
        serviceAccount: serviceAccountWithRole(SERVICE_ACCOUNT, input.roleArn),
        podSecurityContext: { ...RESTRICTED_POD, runAsUser: 65534 },
        securityContext: RESTRICTED_CONTAINER,
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        // The exporter asks CloudWatch every five minutes, however often it is scraped. Prometheus forgets a sample after five
        // minutes, and an alert without samples starts to wait again.
        serviceMonitor: { enabled: true, interval: "60s", timeout: "60s" },
        config: jsonencode({
          apiVersion: "v1alpha1",
          "sts-region": input.region,
          discovery: { jobs: jobs(input) },
        }),
      } satisfies Values,
    });
    return { releaseName: release.name };
  },
});

/** @see https://github.com/prometheus-community/helm-charts/blob/prometheus-yet-another-cloudwatch-exporter-0.47.0/charts/prometheus-yet-another-cloudwatch-exporter/values.yaml */
interface Values {
  readonly image: { readonly registry: Value<string> };
  readonly testConnection: boolean;
  readonly serviceAccount: ServiceAccountValues;
  readonly podSecurityContext: PodSecurityContext;
  readonly securityContext: ContainerSecurityContext;
  readonly resources: ContainerResources;
  readonly serviceMonitor: { readonly enabled: boolean; readonly interval: string; readonly timeout: string };
  readonly config: Value<string>;
}
