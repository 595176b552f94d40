/**
 * Dashboards of Grafana: one for each question that the alerts answer. They are data without templates, whose braces charts would
 * evaluate, and each shows the deployments of the application as marks.
 */
import { type Application, DEPLOYMENT_AGE, ERROR_RATIO, type Question } from "./alerts";

interface Panel {
  readonly title: string;
  readonly unit: "percentunit" | "s" | "short" | "bytes" | "reqps" | "percent" | "bool";
  readonly expr: string;
}

const TITLES: Readonly<Record<Question, string>> = {
  api: "Is the API healthy?",
  pods: "Are pods restarting or failing?",
  database: "Is the database under pressure?",
  deployment: "Did a recent deployment cause the issue?",
};

/** Dashboards as JSON, by name. */
export function dashboardsOf(application: Application): Record<Question, string> {
  const panels = panelsOf(application);
  const dashboard = (question: Question) => JSON.stringify(dashboardOf(question, panels[question], application));
  return {
    api: dashboard("api"),
    pods: dashboard("pods"),
    database: dashboard("database"),
    deployment: dashboard("deployment"),
  };
}

function panelsOf({ namespace, otherNamespaces, probe }: Application): Record<Question, readonly Panel[]> {
  const own = `namespace=~"${[namespace, ...otherNamespaces].join("|")}"`;
  return {
    api: [
      { title: "Answers to the probe", unit: "bool", expr: `probe_success{job="${probe}"}` },
      { title: "Requests in five minutes", unit: "short", expr: "sum(aws_applicationelb_request_count_sum)" },
      { title: "Failed requests", unit: "percentunit", expr: ERROR_RATIO },
      { title: "Response time, 95th percentile", unit: "s", expr: "max(aws_applicationelb_target_response_time_p95)" },
      {
        title: "Available pods",
        unit: "short",
        expr: `sum by (deployment) (kube_deployment_status_replicas_available{namespace="${namespace}"})`,
      },
    ],
    pods: [
      {
        title: "Restarts in an hour",
        unit: "short",
        expr: `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${own}}[1h]))`,
      },
      {
        title: "Waiting containers by reason",
        unit: "short",
        expr: `sum by (reason) (kube_pod_container_status_waiting_reason{${own}})`,
      },
      {
        title: "Pods without a node",
        unit: "short",
        expr: 'sum by (namespace) (kube_pod_status_phase{phase="Pending"})',
      },
      {
        title: "Memory used of the limit",
        unit: "percentunit",
        expr: `max by (pod, container) (container_memory_working_set_bytes{${own},container!=""}) / max by (pod, container) (kube_pod_container_resource_limits{${own},resource="memory"})`,
      },
    ],
    database: [
      {
        title: "Longest wait for a connection",
        unit: "s",
        expr: "max by (database) (pgbouncer_pools_client_maxwait_seconds)",
      },
      {
        title: "Connections to the database in use",
        unit: "short",
        expr: "sum by (database) (pgbouncer_pools_server_active_connections)",
      },
      { title: "Active sessions (DBLoad)", unit: "short", expr: "aws_rds_dbload_average" },
      { title: "CPU", unit: "percent", expr: "aws_rds_cpuutilization_average" },
      { title: "Free storage", unit: "bytes", expr: "aws_rds_free_storage_space_minimum" },
      { title: "Free memory", unit: "bytes", expr: "aws_rds_freeable_memory_minimum" },
    ],
    deployment: [
      { title: "Age of the newest deployment", unit: "s", expr: `min by (owner_name) (${DEPLOYMENT_AGE})` },
      { title: "Failed requests", unit: "percentunit", expr: ERROR_RATIO },
      {
        title: "Pods by ReplicaSet",
        unit: "short",
        expr: `sum by (replicaset) (kube_replicaset_status_ready_replicas{namespace="${namespace}"}) > 0`,
      },
      {
        title: "Failed jobs",
        unit: "short",
        expr: `sum by (job_name) (kube_job_status_failed{namespace="${namespace}"})`,
      },
    ],
  };
}

const DATA_SOURCE = { type: "prometheus", uid: "prometheus" };
const PANEL = { w: 12, h: 8 };

function dashboardOf(question: Question, panels: readonly Panel[], { namespace }: Application) {
  return {
    uid: `question-${question}`,
    title: TITLES[question],
    tags: ["questions"],
    timezone: "utc",
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    schemaVersion: 41,
    annotations: { list: [deployments(namespace), firingAlerts(question)] },
    panels: panels.map(({ title, unit, expr }, i) => ({
      id: i + 1,
      type: "timeseries",
      title,
      datasource: DATA_SOURCE,
      gridPos: { ...PANEL, x: (i % 2) * PANEL.w, y: Math.floor(i / 2) * PANEL.h },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      targets: [{ refId: "A", datasource: DATA_SOURCE, expr, legendFormat: "__auto" }],
    })),
  };
}

/** The value of the series is the time of the mark, in milliseconds. */
function deployments(namespace: string) {
  return {
    name: "Deployments",
    enable: true,
    iconColor: "blue",
    datasource: DATA_SOURCE,
    expr: `kube_replicaset_created{namespace="${namespace}"} * 1000`,
    useValueForTime: "on",
    titleFormat: "Deployment",
  };
}

function firingAlerts(question: Question) {
  return {
    name: "Alerts",
    enable: true,
    iconColor: "red",
    datasource: DATA_SOURCE,
    expr: `ALERTS{alertstate="firing",question="${question}"}`,
    titleFormat: "Alert",
  };
}
