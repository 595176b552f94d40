/** Metrics, alerts and logs of the cluster. Alarms that hold without the cluster are in the AWS root. */
import type { CustomResource, Root } from "../../../lib";
import { Alloy } from "../../../modules/alloy";
import { BlackboxExporter } from "../../../modules/blackbox-exporter";
import { CloudwatchExporter } from "../../../modules/cloudwatch-exporter";
import { KubePrometheusStack } from "../../../modules/kube-prometheus-stack";
import { alertsOf } from "../../../modules/kube-prometheus-stack/alerts";
import { dashboardsOf } from "../../../modules/kube-prometheus-stack/dashboards";
import { KubernetesObjects } from "../../../modules/kubernetes-objects";
import { KubernetesServiceAccount } from "../../../modules/kubernetes-service-account";
import { Loki } from "../../../modules/loki";
import {
  bucketName,
  type ComposedEnvironment,
  nameOf,
  roleArn,
  SERVICE_ACCOUNTS,
  SYSTEM,
  settingsPath,
} from "../context";
import { cacheOf } from "../images";
import { NAMESPACES } from "./namespaces";
import type { Platform } from "./platform";

const GRAFANA_ADMIN = "grafana-admin";
const PROBE = "api-probe";

export function logs(root: Root, environment: ComposedEnvironment, platform: Platform) {
  const { region, sizing } = environment;
  const namespace = platform.logging.name;
  const loki = new Loki(root, "loki", {
    namespace,
    registry: cacheOf(environment, "docker-hub"),
    region,
    bucketName: bucketName(environment, "loki"),
    roleArn: roleArn(environment, "loki"),
    storageClassName: platform.storageClass.name,
    retentionDays: sizing.logRetentionDays,
    monitoringApiVersion: platform.definitions.apiVersion,
  });
  new Alloy(root, "alloy", { namespace, registry: cacheOf(environment, "docker-hub"), lokiUrl: loki.url });
  return loki;
}

export function metrics(
  root: Root,
  environment: ComposedEnvironment,
  platform: Platform,
  loki: ReturnType<typeof logs>,
) {
  const { account, region, sizing } = environment;
  const application = {
    namespace: NAMESPACES.application,
    otherNamespaces: [NAMESPACES.pgbouncer],
    probe: PROBE,
    databaseCpus: sizing.databaseCpus,
  };
  new KubePrometheusStack(root, "monitoring", {
    namespace: platform.definitions.namespace,
    nodeExporterNamespace: platform.nodeExporter.name,
    registries: {
      quay: cacheOf(environment, "quay"),
      dockerHub: cacheOf(environment, "docker-hub"),
      kubernetes: cacheOf(environment, "kubernetes"),
      github: cacheOf(environment, "github"),
    },
    region,
    topicArn: `arn:aws:sns:${region}:${account.id}:${nameOf(environment)}-alerts`,
    alertmanagerRoleArn: roleArn(environment, "alertmanager"),
    storageClassName: platform.storageClass.name,
    ...sizing.pods.monitoring,
    grafanaAdminSecretName: grafanaAdmin(root, environment, platform),
    lokiUrl: loki.url,
    alertRules: alertsOf(application),
    dashboards: dashboardsOf(application),
  });
  new CloudwatchExporter(root, "cloudwatch_exporter", {
    namespace: platform.definitions.namespace,
    region,
    roleArn: roleArn(environment, "yace"),
    registry: cacheOf(environment, "quay"),
    appTag: SYSTEM,
  });
  monitors(root, environment, platform);
}

/** Grafana's first administrator. The password is a parameter that nobody keeps in Terraform. */
function grafanaAdmin(root: Root, environment: ComposedEnvironment, { monitoring, externalSecrets }: Platform) {
  const namespace = monitoring.name;
  const { apiVersion } = externalSecrets;
  const { name } = new KubernetesServiceAccount(root, "monitoring_secrets_account", {
    name: SERVICE_ACCOUNTS.monitoring_secrets.name,
    namespace,
    roleArn: roleArn(environment, "monitoring_secrets"),
  });
  const auth = { jwt: { serviceAccountRef: { name } } };
  const { names } = new KubernetesObjects(root, "monitoring_secrets", {
    name: "monitoring-secrets",
    namespace,
    objects: [
      {
        apiVersion,
        kind: "SecretStore",
        metadata: { name: "parameters", namespace },
        spec: { provider: { aws: { service: "ParameterStore", region: environment.region, auth } } },
      },
      {
        apiVersion,
        kind: "ExternalSecret",
        metadata: { name: GRAFANA_ADMIN, namespace },
        spec: {
          refreshInterval: "1h",
          secretStoreRef: { kind: "SecretStore", name: "parameters" },
          target: {
            name: GRAFANA_ADMIN,
            creationPolicy: "Owner",
            deletionPolicy: "Retain",
            template: {
              engineVersion: "v2",
              data: { "admin-user": "admin", "admin-password": "{{ .value }}" },
            },
          },
          data: [{ secretKey: "value", remoteRef: { key: `/${settingsPath(environment)}/grafana-admin-password` } }],
        },
      },
    ] satisfies CustomResource[],
  });
  return names.at(`ExternalSecret ${NAMESPACES.monitoring}/${GRAFANA_ADMIN}`);
}

/** What Prometheus asks beside the objects of charts: the API as its clients see it, and PgBouncer. */
function monitors(root: Root, environment: ComposedEnvironment, { definitions, monitoring, pooler }: Platform) {
  const { apiVersion, namespace } = definitions;
  const blackbox = new BlackboxExporter(root, "blackbox_exporter", {
    namespace: monitoring.name,
    registry: cacheOf(environment, "quay"),
  });
  new KubernetesObjects(root, "monitors", {
    name: "monitors",
    namespace,
    objects: [
      {
        apiVersion,
        kind: "Probe",
        metadata: { name: "api", namespace: monitoring.name },
        spec: {
          jobName: PROBE,
          interval: "30s",
          module: "http_2xx",
          prober: { url: blackbox.address },
          targets: { staticConfig: { static: [`https://${environment.domain}/health`] } },
        },
      },
      {
        apiVersion,
        kind: "PodMonitor",
        metadata: { name: "pgbouncer", namespace: pooler.name },
        spec: { selector: { matchLabels: { app: "pgbouncer" } }, podMetricsEndpoints: [{ port: "metrics" }] },
      },
    ] satisfies CustomResource[],
  });
}
