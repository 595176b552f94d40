/**
 * The values of the chart that the module writes. A key that is not here does not compile: Helm ignores unknown keys.
 * @see https://github.com/prometheus-community/helm-charts/blob/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack/values.yaml
 */
import type { ContainerResources, Expression, ServiceAccountValues, Value } from "../../lib";

export interface ChartValues extends HiddenComponents {
  readonly crds: Switched;
  readonly additionalPrometheusRulesMap: Readonly<Record<string, { readonly groups: Expression<unknown> }>>;
  readonly prometheus: {
    readonly podDisruptionBudget: Switched;
    readonly prometheusSpec: PrometheusSpec;
  };
  readonly alertmanager: {
    readonly podDisruptionBudget: Switched;
    readonly serviceAccount: ServiceAccountValues;
    readonly alertmanagerSpec: {
      readonly image: Image;
      readonly replicas: number;
      readonly resources: ContainerResources;
      readonly storage: Volume;
    };
    readonly config: AlertmanagerConfiguration;
  };
  readonly grafana: Grafana;
  readonly prometheusOperator: {
    readonly image: Image;
    readonly prometheusConfigReloader: { readonly image: Image; readonly resources: ContainerResources };
    readonly admissionWebhooks: { readonly patch: Switched & { readonly image: Image } };
    readonly resources: ContainerResources;
  };
  readonly "kube-state-metrics": {
    readonly collectorsExclude: readonly "secrets"[];
    readonly image: Image;
    readonly resources: ContainerResources;
  };
  readonly "prometheus-node-exporter": {
    readonly image: Image;
    readonly namespaceOverride: Value<string>;
    readonly resources: ContainerResources;
  };
}

export interface HiddenComponents {
  readonly kubeControllerManager: Switched;
  readonly kubeScheduler: Switched;
  readonly kubeEtcd: Switched;
  readonly kubeProxy: Switched;
  readonly defaultRules: {
    readonly rules: Readonly<
      Record<
        "etcd" | "kubeControllerManager" | "kubeProxy" | "kubeSchedulerAlerting" | "kubeSchedulerRecording" | "windows",
        boolean
      >
    >;
  };
}

interface Switched {
  readonly enabled: boolean;
}

export interface Image {
  readonly registry: Value<string>;
}

export interface Volume {
  readonly volumeClaimTemplate: {
    readonly spec: {
      readonly storageClassName: Value<string>;
      readonly accessModes: readonly "ReadWriteOnce"[];
      readonly resources: { readonly requests: { readonly storage: string } };
    };
  };
}

interface PrometheusSpec
  extends Readonly<
    Record<`${"rule" | "serviceMonitor" | "podMonitor" | "probe" | "scrapeConfig"}${SelectorNil}`, false>
  > {
  readonly image: Image;
  readonly replicas: number;
  readonly retention: string;
  readonly retentionSize: string;
  readonly resources: ContainerResources;
  readonly storageSpec: Volume;
}

type SelectorNil = "SelectorNilUsesHelmValues";

/** @see https://prometheus.io/docs/alerting/latest/configuration/ */
interface AlertmanagerConfiguration {
  readonly route: {
    readonly receiver: string;
    readonly group_by: readonly string[];
    readonly group_wait: string;
    readonly group_interval: string;
    readonly repeat_interval: string;
    readonly routes: readonly { readonly receiver: string; readonly matchers: readonly string[] }[];
  };
  readonly receivers: readonly {
    readonly name: string;
    readonly sns_configs?: readonly SnsConfiguration[];
  }[];
  readonly templates: readonly string[];
}

export interface SnsConfiguration {
  readonly topic_arn: Value<string>;
  readonly sigv4: { readonly region: Value<string> };
  readonly send_resolved: boolean;
}

interface Grafana {
  readonly image: Image;
  readonly rbac: { readonly namespaced: true };
  readonly sidecar: {
    readonly image: Image;
    readonly resources: ContainerResources;
    readonly dashboards: { readonly resource: "configmap"; readonly searchNamespace: Value<string> };
    readonly datasources: { readonly resource: "configmap" };
  };
  readonly downloadDashboardsImage: Image;
  readonly downloadDashboards: { readonly resources: ContainerResources };
  readonly admin: { readonly existingSecret: Value<string>; readonly userKey: string; readonly passwordKey: string };
  readonly defaultDashboardsTimezone: string;
  readonly initChownData: Switched;
  readonly testFramework: Switched;
  readonly resources: ContainerResources;
  readonly "grafana.ini": {
    readonly analytics: Readonly<Record<"reporting_enabled" | "check_for_updates", boolean>>;
    readonly users: { readonly allow_sign_up: boolean };
    readonly "auth.anonymous": Switched & { readonly org_role: "Viewer" };
  };
  readonly additionalDataSources: readonly Readonly<
    Record<"name" | "type" | "uid" | "access" | "url", Value<string>>
  >[];
  readonly dashboardProviders: { readonly "providers.yaml": DashboardProviders };
  readonly dashboards: Readonly<Record<string, Expression<Record<string, unknown>>>>;
}

/** @see https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards */
interface DashboardProviders {
  readonly apiVersion: 1;
  readonly providers: readonly {
    readonly name: string;
    readonly orgId: number;
    readonly folder: string;
    readonly type: "file";
    readonly disableDeletion: boolean;
    readonly editable: boolean;
    readonly options: { readonly path: string };
  }[];
}
