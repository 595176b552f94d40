/** Values of the chart. */
import { type ContainerResources, type Expression, hcl, type Ref, serviceAccountWithRole } from "../../lib";
import type { ChartValues, HiddenComponents, Image, Volume } from "./chart";

interface Input {
  readonly namespace: Expression<string>;
  readonly nodeExporterNamespace: Expression<string>;
  readonly registries: Ref<{ quay: string; dockerHub: string; kubernetes: string; github: string }>;
  readonly region: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly alertmanagerRoleArn: Expression<string>;
  readonly storageClassName: Expression<string>;
  readonly retentionDays: Expression<number>;
  readonly storageGiB: Expression<number>;
  readonly prometheusMemory: Expression<string>;
  readonly prometheusMemoryLimit: Expression<string>;
  readonly grafanaAdminSecretName: Expression<string>;
  readonly lokiUrl: Expression<string>;
  readonly alertRules: Expression<unknown>;
  readonly dashboards: Expression<Readonly<Record<string, string>>>;
}

export function chartValues(input: Input): ChartValues {
  const { registries } = input;
  const quay: Image = { registry: registries.quay };
  return {
    crds: { enabled: false },
    ...HIDDEN_BY_EKS,
    additionalPrometheusRulesMap: { alerts: { groups: input.alertRules } },
    prometheus: prometheus(input),
    alertmanager: alertmanager(input),
    grafana: grafana(input),
    prometheusOperator: {
      image: quay,
      prometheusConfigReloader: {
        image: quay,
        resources: container("10m", "32Mi", "64Mi"),
      },
      admissionWebhooks: { patch: { enabled: true, image: { registry: registries.github } } },
      resources: container("50m", "64Mi", "256Mi"),
    },
    "kube-state-metrics": {
      // The permission to list Secrets shows their values.
      collectorsExclude: ["secrets"],
      image: { registry: registries.kubernetes },
      resources: container("20m", "64Mi", "256Mi"),
    },
    "prometheus-node-exporter": {
      image: quay,
      namespaceOverride: input.nodeExporterNamespace,
      resources: container("20m", "32Mi", "64Mi"),
    },
  };
}

/** EKS shows these components to no monitor, or binds their metrics to the node itself. Without them, their alerts would fire. */
const HIDDEN_BY_EKS: HiddenComponents = {
  kubeControllerManager: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  defaultRules: {
    rules: {
      etcd: false,
      kubeControllerManager: false,
      kubeProxy: false,
      kubeSchedulerAlerting: false,
      kubeSchedulerRecording: false,
      windows: false,
    },
  },
};

function prometheus(input: Input): ChartValues["prometheus"] {
  return {
    // One replica: a budget would block the drain of its node.
    podDisruptionBudget: { enabled: false },
    prometheusSpec: {
      image: { registry: input.registries.quay },
      replicas: 1,
      retention: `${input.retentionDays}d`,
      // 80 % of the volume. A megabyte of Prometheus has 1024 kilobytes.
      retentionSize: `${hcl<number>`floor(${input.storageGiB} * 1024 * 0.8)`}MB`,
      resources: {
        requests: { cpu: "250m", memory: input.prometheusMemory },
        limits: { memory: input.prometheusMemoryLimit },
      },
      storageSpec: volume(input.storageClassName, `${input.storageGiB}Gi`),
      // Otherwise Prometheus sees only objects with the label of this release.
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    },
  };
}

function alertmanager(input: Input): ChartValues["alertmanager"] {
  const { region, topicArn, alertmanagerRoleArn, storageClassName, registries } = input;
  return {
    podDisruptionBudget: { enabled: false },
    serviceAccount: serviceAccountWithRole("alertmanager", alertmanagerRoleArn),
    alertmanagerSpec: {
      image: { registry: registries.quay },
      replicas: 1,
      resources: container("20m", "64Mi", "128Mi"),
      storage: volume(storageClassName, "2Gi"),
    },
    config: {
      route: {
        receiver: "topic",
        group_by: ["namespace", "alertname"],
        group_wait: "30s",
        group_interval: "5m",
        repeat_interval: "12h",
        routes: [{ receiver: "nobody", matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] }],
      },
      receivers: [
        { name: "nobody" },
        { name: "topic", sns_configs: [{ topic_arn: topicArn, sigv4: { region }, send_resolved: true }] },
      ],
      templates: [],
    },
  };
}

function grafana({
  namespace,
  grafanaAdminSecretName,
  lokiUrl,
  dashboards,
  registries,
}: Input): ChartValues["grafana"] {
  const json = hcl<Record<string, unknown>>`{ for name, text in ${dashboards} : name => { json = text } }`;
  return {
    image: { registry: registries.dockerHub },
    // The chart would let Grafana read every Secret of the cluster.
    rbac: { namespaced: true },
    sidecar: {
      image: { registry: registries.quay },
      resources: container("10m", "64Mi", "128Mi"),
      dashboards: { resource: "configmap", searchNamespace: namespace },
      datasources: { resource: "configmap" },
    },
    // An init container, which exists wherever there are dashboards of one's own.
    downloadDashboardsImage: { registry: registries.dockerHub },
    downloadDashboards: { resources: container("10m", "32Mi", "64Mi") },
    admin: { existingSecret: grafanaAdminSecretName, userKey: "admin-user", passwordKey: "admin-password" },
    defaultDashboardsTimezone: "utc",
    // Both run as root.
    initChownData: { enabled: false },
    testFramework: { enabled: false },
    resources: container("100m", "256Mi", "512Mi"),
    "grafana.ini": {
      analytics: { reporting_enabled: false, check_for_updates: false },
      users: { allow_sign_up: false },
      // The network is closed: only people who may forward a port reach Grafana. They read no password of it.
      "auth.anonymous": { enabled: true, org_role: "Viewer" },
    },
    additionalDataSources: [{ name: "Loki", type: "loki", uid: "loki", access: "proxy", url: lokiUrl }],
    dashboardProviders: {
      "providers.yaml": {
        apiVersion: 1,
        providers: [
          {
            name: "own",
            orgId: 1,
            folder: "",
            type: "file",
            disableDeletion: true,
            editable: false,
            options: { path: "/var/lib/grafana/dashboards/own" },
          },
        ],
      },
    },
    dashboards: { own: json },
  };
}

function container(cpu: string, memory: string, memoryLimit: string): ContainerResources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

function volume(storageClassName: Expression<string>, storage: string): Volume {
  return {
    volumeClaimTemplate: {
      spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
    },
  };
}
