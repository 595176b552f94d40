import { z } from "zod";
import {
  anyValue,
  arnOf,
  BYTES,
  CHART_PATH,
  CHART_VERSION,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  REGION,
  REGISTRY,
  readyAfter,
  repositoryChart,
  sizing,
} from "../../lib";
import { chartValues } from "./values";

export const KubePrometheusStack = defineModule({
  name: "kube-prometheus-stack",
  description:
    "Prometheus, Alertmanager and Grafana with Prometheus Operator, kube-state-metrics and node-exporter. Metrics and silences are on volumes. Alerts go to an SNS topic with the role of the service account `alertmanager`, so that there is no secret in the configuration.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe(
      "Namespace of all but node-exporter: output of `prometheus-operator-crds`, so that the definitions are there before their objects.",
    ),
    nodeExporterNamespace: OBJECT_NAME.describe(
      "Namespace of node-exporter with the Pod Security level `privileged`: it reads the nodes' file systems and network.",
    ),
    chartVersion: sizing(CHART_VERSION).default("88.5.3").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registries: z
      .object({ quay: REGISTRY, dockerHub: REGISTRY, kubernetes: REGISTRY, github: REGISTRY })
      .default({ quay: "quay.io", dockerHub: "docker.io", kubernetes: "registry.k8s.io", github: "ghcr.io" })
      .describe("Registries of the images, or the pull-through caches of them."),
    region: REGION.describe("Region of the topic."),
    topicArn: arnOf("sns").describe("Topic that receives the alerts."),
    alertmanagerRoleArn: arnOf("iam").describe(
      "Role that may publish to the topic; its trust policy names the service account `alertmanager`.",
    ),
    storageClassName: OBJECT_NAME.describe("Class of the volumes."),
    retentionDays: sizing(z.int().min(1).max(400)).default(15).describe("Days after which metrics are deleted."),
    storageGiB: sizing(z.int().min(10).max(2000))
      .default(50)
      .describe("Size of the volume of metrics. The oldest metrics are deleted when 80 % of it are used."),
    prometheusMemory: sizing(BYTES).default("1500Mi").describe("Memory that Prometheus requests."),
    prometheusMemoryLimit: sizing(BYTES).default("3Gi").describe("Memory limit of Prometheus."),
    grafanaAdminSecretName: OBJECT_NAME.describe(
      "Secret with `admin-user` and `admin-password` of Grafana's first administrator.",
    ),
    lokiUrl: z.string().min(1).describe("URL of Loki, whose logs Grafana shows beside the metrics."),
    alertRules: anyValue().default([]).describe("Groups of alerting and recording rules, as Prometheus has them."),
    dashboards: z.record(OBJECT_NAME, z.string()).default({}).describe("Dashboards of Grafana by name, as JSON."),
  },
  outputs: {
    grafanaService: z.string().describe("Service of Grafana, for `kubectl port-forward`, available after it is ready."),
  },
  example: {
    namespace: "monitoring",
    nodeExporterNamespace: "node-exporter",
    region: "eu-central-1",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-dev-alerts",
    alertmanagerRoleArn: "arn:aws:iam::111122223333:role/shop-dev-alertmanager",
    storageClassName: "gp3",
    grafanaAdminSecretName: "grafana-admin",
    lokiUrl: "http://loki.logging.svc:3100",
    alertRules: [{ name: "shop", rules: [{ alert: "ApiDown", expr: 'up{job="api"} == 0', for: "5m" }] }],
    dashboards: { shop: '{"title":"Shop","panels":[]}' },
  },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: "monitoring",
      namespace: input.namespace,
      ...repositoryChart("https://prometheus-community.github.io/helm-charts", "kube-prometheus-stack", input),
      values: chartValues(input),
    });
    return { grafanaService: readyAfter("monitoring-grafana", release) };
  },
});
