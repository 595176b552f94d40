/**
 * Alerts that answer four questions about an application behind a load balancer of AWS, with a database behind PgBouncer: is its
 * API healthy, are pods restarting or failing, is the database under pressure, and did a recent deployment cause the issue.
 */

export type Question = "api" | "pods" | "database" | "deployment";

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: "critical" | "warning"; readonly question: Question };
  readonly annotations: { readonly summary: string };
}

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
}

export interface Application {
  /** Namespace of the application. */
  readonly namespace: string;
  /** Further namespaces whose pods belong to it, such as that of its PgBouncer. */
  readonly otherNamespaces: readonly string[];
  /** Name of the Probe that calls its API. */
  readonly probe: string;
  /** Virtual CPUs of the database: a higher load means that sessions wait for one. */
  readonly databaseCpus: number;
}

/** Age of the newest ReplicaSet with pods. A rollout makes one, and an autoscaler does not. */
export const DEPLOYMENT_AGE = "deployment:newest_replicaset:age_seconds";

/** Part of the requests that fail, by the load balancer. */
export const ERROR_RATIO =
  "sum(aws_applicationelb_httpcode_target_5_xx_count_sum) / clamp_min(sum(aws_applicationelb_request_count_sum), 1)";

const RECENT_SECONDS = 1800;

export function alertsOf(application: Application): RuleGroup[] {
  const { namespace, otherNamespaces } = application;
  const own = `namespace=~"${[namespace, ...otherNamespaces].join("|")}"`;
  return [
    { name: "api", rules: apiAlerts(application) },
    { name: "pods", rules: podAlerts(own) },
    { name: "database", rules: databaseAlerts(application) },
    { name: "deployment", rules: [deploymentAge(namespace), ...deploymentAlerts(namespace, own)] },
  ];
}

/** @param holds how long the condition holds before the alert fires; null for at once */
function rule(
  question: Question,
  severity: "critical" | "warning",
  alert: string,
  summary: string,
  holds: string | null,
  expr: string,
): AlertingRule {
  const common = { alert, expr, labels: { severity, question }, annotations: { summary } };
  return holds === null ? common : { ...common, for: holds };
}

function apiAlerts({ namespace, probe }: Application): AlertingRule[] {
  const deployments = `{namespace="${namespace}"}`;
  return [
    rule(
      "api",
      "critical",
      "ApiProbeFailing",
      "The API does not answer through the load balancer.",
      "2m",
      `max by (instance) (probe_success{job="${probe}"}) == 0`,
    ),
    rule(
      "api",
      "warning",
      "ApiProbeMissing",
      "Nothing probes the API.",
      "10m",
      `absent(probe_success{job="${probe}"})`,
    ),
    rule(
      "api",
      "critical",
      "ApiErrorRatioHigh",
      "More than 2 % of the requests fail.",
      "5m",
      `${ERROR_RATIO} > 0.02 and sum(aws_applicationelb_request_count_sum) > 50`,
    ),
    rule(
      "api",
      "warning",
      "ApiSlow",
      "One request in twenty takes longer than a second.",
      "10m",
      "max(aws_applicationelb_target_response_time_p95) > 1",
    ),
    rule(
      "api",
      "critical",
      "ApiWithoutPods",
      "No pod of a Deployment is available.",
      "1m",
      `kube_deployment_status_replicas_available${deployments} == 0 and kube_deployment_spec_replicas${deployments} > 0`,
    ),
    rule(
      "api",
      "warning",
      "CertificateExpiring",
      "The certificate of the API expires within three weeks.",
      "1h",
      `(min by (instance) (probe_ssl_earliest_cert_expiry{job="${probe}"}) - time()) / 86400 < 21`,
    ),
  ];
}

/** A reason of kube-state-metrics is a series only while it holds, so that a comparison with 0 would never fire. */
function podAlerts(own: string): AlertingRule[] {
  const waiting = (reasons: string) =>
    `max by (namespace, pod, container, reason) (max_over_time(kube_pod_container_status_waiting_reason{reason=~"${reasons}",${own}}[5m])) >= 1`;
  const restarts = `kube_pod_container_status_restarts_total{${own}}`;
  return [
    rule(
      "pods",
      "warning",
      "PodRestarting",
      "A container has restarted three times in a quarter of an hour.",
      null,
      `sum by (namespace, pod, container) (increase(${restarts}[15m])) > 2`,
    ),
    rule(
      "pods",
      "critical",
      "PodCrashLooping",
      "A container crashes again and again.",
      "5m",
      waiting("CrashLoopBackOff"),
    ),
    rule(
      "pods",
      "critical",
      "PodCannotStart",
      "An image or a configuration of a container is missing.",
      "5m",
      waiting("ImagePullBackOff|ErrImagePull|CreateContainerConfigError"),
    ),
    rule(
      "pods",
      "warning",
      "ContainerOutOfMemory",
      "A container was killed at its memory limit.",
      null,
      `(${restarts} - ${restarts} offset 10m >= 1) and on (namespace, pod, container) max_over_time(kube_pod_container_status_last_terminated_reason{reason="OOMKilled",${own}}[10m]) == 1`,
    ),
    rule(
      "pods",
      "warning",
      "PodPending",
      "A pod finds no node.",
      "10m",
      'sum by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) > 0',
    ),
    rule(
      "pods",
      "critical",
      "NodeNotReady",
      "A node does not answer.",
      "5m",
      'kube_node_status_condition{condition="Ready",status="true"} == 0',
    ),
  ];
}

function databaseAlerts({ databaseCpus }: Application): AlertingRule[] {
  const of = (metric: string, aggregate: "max" | "min") =>
    `${aggregate} by (dimension_DBInstanceIdentifier) (aws_rds_${metric})`;
  return [
    rule(
      "database",
      "critical",
      "PoolerClientsWaiting",
      "Clients wait more than five seconds for a connection.",
      "2m",
      "max by (database) (pgbouncer_pools_client_maxwait_seconds) > 5",
    ),
    rule(
      "database",
      "warning",
      "PoolerSaturated",
      "More than 90 % of the connections to the database are in use.",
      "10m",
      "sum by (database) (pgbouncer_pools_server_active_connections) / clamp_min(sum by (database) (pgbouncer_databases_pool_size), 1) > 0.9",
    ),
    rule(
      "database",
      "critical",
      "PoolerDown",
      "No PgBouncer answers.",
      "2m",
      "sum(pgbouncer_up) == 0 or absent(pgbouncer_up)",
    ),
    rule(
      "database",
      "warning",
      "DatabaseLoadHigh",
      "More sessions are active than the database has CPUs.",
      "10m",
      `${of("dbload_average", "max")} > ${databaseCpus}`,
    ),
    rule(
      "database",
      "warning",
      "DatabaseCpuHigh",
      "The CPU of the database is busy for 80 % of the time.",
      "15m",
      `${of("cpuutilization_average", "max")} > 80`,
    ),
    rule(
      "database",
      "critical",
      "DatabaseStorageLow",
      "The database has less than 5 GB of storage left.",
      "15m",
      `${of("free_storage_space_minimum", "min")} < 5e9`,
    ),
    rule(
      "database",
      "warning",
      "DatabaseMemoryLow",
      "The database has less than 256 MB of memory left.",
      "15m",
      `${of("freeable_memory_minimum", "min")} < 256e6`,
    ),
  ];
}

function deploymentAge(namespace: string): RecordingRule {
  const created = `kube_replicaset_created{namespace="${namespace}"}`;
  const owner = 'on (namespace, replicaset) group_left (owner_name) kube_replicaset_owner{owner_kind="Deployment"}';
  const inUse = "on (namespace, replicaset) kube_replicaset_spec_replicas > 0";
  return {
    record: DEPLOYMENT_AGE,
    expr: `time() - max by (namespace, owner_name) (${created} * ${owner} and ${inUse})`,
  };
}

function deploymentAlerts(namespace: string, own: string): AlertingRule[] {
  return [
    rule(
      "deployment",
      "critical",
      "ErrorsAfterDeployment",
      "Requests fail, and the last deployment is younger than half an hour.",
      "2m",
      `(${ERROR_RATIO} > 0.01) and on () (min(${DEPLOYMENT_AGE}) < ${RECENT_SECONDS})`,
    ),
    rule(
      "deployment",
      "critical",
      "RolloutStuck",
      "A Deployment does not get its new pods ready.",
      "1m",
      `kube_deployment_status_condition{condition="Progressing",status="false",${own}} == 1`,
    ),
    rule(
      "deployment",
      "critical",
      "MigrationFailed",
      "A job, such as a migration, has failed.",
      null,
      `kube_job_status_failed{namespace="${namespace}"} > 0`,
    ),
  ];
}
