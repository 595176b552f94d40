/** Series under which each alert of `kube-prometheus-stack` fires after 100 minutes, and those under which it stays silent. */

/** Values of a series, one a minute, in promtool's notation: `1x90 0x30` is 91 times 1, then 31 times 0. */
export type Series = Readonly<Record<string, string>>;

export interface Case {
  /** Labels of the alerts that fire, beside those of the rule. One alert without labels by default. */
  readonly labels?: readonly Series[];
  readonly fires: Readonly<Record<string, Series>>;
  readonly silent: Readonly<Record<string, Series>>;
}

const probe = (metric: string, job = "api-probe") => `${metric}{job="${job}",instance="https://shop"}`;
const FAILED = "aws_applicationelb_httpcode_target_5_xx_count_sum";
const REQUESTS = "aws_applicationelb_request_count_sum";
const SLOWNESS = "aws_applicationelb_target_response_time_p95";
const EXPIRY = "probe_ssl_earliest_cert_expiry";

const NAMESPACES = ["shop", "pooler"];
const merged = (all: readonly Series[]): Series => Object.fromEntries(all.flatMap((one) => Object.entries(one)));
const inBoth = (series: (namespace: string) => Series) => merged(NAMESPACES.map(series));
const CONTAINER = { pod: "p", container: "c" };
const containers = NAMESPACES.map((namespace) => ({ namespace, ...CONTAINER }));
const of = (metric: string, namespace: string, labels = "") =>
  `${metric}{namespace="${namespace}",pod="p",container="c"${labels}}`;
const restarts = (values: string) => (namespace: string) => ({
  [of("kube_pod_container_status_restarts_total", namespace)]: values,
});
const waiting = (reason: string, values: string) => (namespace: string) => ({
  [of("kube_pod_container_status_waiting_reason", namespace, `,reason="${reason}"`)]: values,
});
const killed = (reason: string, values: string) => (namespace: string) => ({
  [of("kube_pod_container_status_last_terminated_reason", namespace, `,reason="${reason}"`)]: values,
});
const IN_A_LOOP = "_x80 1 _x3 1 _x3 1 _x3 1 _x3 1 _x3 1x20";
const FOUR_RESTARTS = "0x90 1 2 3 4 4x30";
const UNSTARTABLE = ["ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError"];

const DATABASE = { dimension_DBInstanceIdentifier: "shop" };
const rds = (metric: string, values: string) => ({
  [`aws_rds_${metric}{dimension_DBInstanceIdentifier="shop"}`]: values,
});
const connections = (...pods: readonly string[]) => ({
  ...Object.fromEntries(
    pods.map((values, i) => [`pgbouncer_pools_server_active_connections{database="shop",pod="${i}"}`, values]),
  ),
  'pgbouncer_databases_pool_size{database="shop",pod="0"}': "10x120",
  'pgbouncer_databases_pool_size{database="shop",pod="1"}': "10x120",
});
const longestWait = (values: string) => ({
  'pgbouncer_pools_client_maxwait_seconds{database="shop",user="app"}': values,
});

export const replicaSet = (created: string) => ({
  'kube_replicaset_created{namespace="shop",replicaset="api-1"}': created,
  'kube_replicaset_owner{namespace="shop",replicaset="api-1",owner_kind="Deployment",owner_name="api"}': "1x120",
  'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-1"}': "2x120",
});
const RECENT = replicaSet("_x80 4800x40");
const deployments = (available: string, wanted: string, namespace = "shop") => ({
  [`kube_deployment_status_replicas_available{namespace="${namespace}",deployment="api"}`]: available,
  [`kube_deployment_spec_replicas{namespace="${namespace}",deployment="api"}`]: wanted,
});
const rollout =
  (values: string, condition = "Progressing", status = "false") =>
  (namespace: string) => ({
    [`kube_deployment_status_condition{condition="${condition}",status="${status}",namespace="${namespace}",deployment="api"}`]:
      values,
  });
const node = (values: string, condition = "Ready", status = "true") => ({
  [`kube_node_status_condition{node="n",condition="${condition}",status="${status}"}`]: values,
});
const phase = (name: string, values: string) => ({
  [`kube_pod_status_phase{namespace="other",pod="p",phase="${name}"}`]: values,
});
const job = (namespace: string, values: string) => ({
  [`kube_job_status_failed{namespace="${namespace}",job_name="migration"}`]: values,
});

export const CASES: Readonly<Record<string, Case>> = {
  ApiProbeFailing: {
    labels: [{ instance: "https://shop" }],
    fires: { failing: { [probe("probe_success")]: "1x90 0x30" } },
    silent: {
      "for a minute": { [probe("probe_success")]: "1x98 0x30" },
      "another probe": { [probe("probe_success", "other")]: "0x120" },
    },
  },
  ApiProbeMissing: {
    labels: [{ job: "api-probe" }],
    fires: { missing: { up: "1x120" } },
    silent: {
      there: { [probe("probe_success")]: "1x120" },
      "for some minutes": { [probe("probe_success")]: "1x90" },
    },
  },
  ApiErrorRatioHigh: {
    fires: { "three of a hundred": { [FAILED]: "3x120", [REQUESTS]: "100x120" } },
    silent: {
      "few requests": { [FAILED]: "5x120", [REQUESTS]: "50x120" },
      "two of a hundred": { [FAILED]: "2x120", [REQUESTS]: "100x120" },
      "for some minutes": { [FAILED]: "0x96 3x30", [REQUESTS]: "100x120" },
    },
  },
  ApiSlow: {
    fires: { slow: { [SLOWNESS]: "1.2x120" } },
    silent: { fast: { [SLOWNESS]: "0.9x120" }, "for some minutes": { [SLOWNESS]: "0.9x93 1.2x30" } },
  },
  ApiWithoutPods: {
    labels: [{ namespace: "shop", deployment: "api" }],
    fires: { "none of one": deployments("0x120", "1x120") },
    silent: {
      "scaled to zero": deployments("0x120", "0x120"),
      "one of two": deployments("1x120", "2x120"),
      "since now": deployments("2x99 0x30", "2x120"),
      elsewhere: deployments("0x120", "2x120", "other"),
    },
  },
  CertificateExpiring: {
    labels: [{ instance: "https://shop" }],
    fires: { "in eleven days": { [probe(EXPIRY)]: "1000000x120" } },
    silent: {
      "in a month": { [probe(EXPIRY)]: "3000000x120" },
      "for less than an hour": { [probe(EXPIRY)]: "3000000x60 1000000x60" },
      "another probe": { [probe(EXPIRY, "other")]: "1000000x120" },
    },
  },
  PodRestarting: {
    labels: containers,
    fires: { "four times": inBoth(restarts(FOUR_RESTARTS)) },
    silent: { twice: inBoth(restarts("0x90 1 2 2x30")), elsewhere: restarts(FOUR_RESTARTS)("other") },
  },
  PodCrashLooping: {
    labels: containers.map((container) => ({ ...container, reason: "CrashLoopBackOff" })),
    fires: { "with pauses": inBoth(waiting("CrashLoopBackOff", IN_A_LOOP)) },
    silent: {
      "since now": inBoth(waiting("CrashLoopBackOff", "_x98 1x20")),
      "in the past": inBoth(waiting("CrashLoopBackOff", "0x120")),
      "another reason": inBoth(waiting("ContainerCreating", IN_A_LOOP)),
      elsewhere: waiting("CrashLoopBackOff", IN_A_LOOP)("other"),
    },
  },
  PodCannotStart: {
    labels: UNSTARTABLE.flatMap((reason) => containers.map((container) => ({ ...container, reason }))),
    fires: { waiting: merged(UNSTARTABLE.map((reason) => inBoth(waiting(reason, "_x90 1x30")))) },
    silent: {
      "another reason": inBoth(waiting("ContainerCreating", "_x90 1x30")),
      "since now": inBoth(waiting("ImagePullBackOff", "_x98 1x30")),
      "in the past": inBoth(waiting("ImagePullBackOff", "0x120")),
      elsewhere: waiting("ImagePullBackOff", "_x90 1x30")("other"),
    },
  },
  ContainerOutOfMemory: {
    labels: containers,
    fires: { killed: { ...inBoth(restarts("0x95 1x30")), ...inBoth(killed("OOMKilled", "_x95 1x30")) } },
    silent: {
      "killed long ago": { ...inBoth(restarts("1x120")), ...inBoth(killed("OOMKilled", "1x120")) },
      "ended for another reason": { ...inBoth(restarts("0x95 1x30")), ...inBoth(killed("Error", "_x95 1x30")) },
      "not killed": { ...inBoth(restarts("0x95 1x30")), ...inBoth(killed("OOMKilled", "0x120")) },
      elsewhere: { ...restarts("0x95 1x30")("other"), ...killed("OOMKilled", "_x95 1x30")("other") },
    },
  },
  PodPending: {
    labels: [{ namespace: "other", pod: "p" }],
    fires: { pending: phase("Pending", "0x80 1x40") },
    silent: { "for some minutes": phase("Pending", "0x95 1x40"), running: phase("Running", "1x120") },
  },
  NodeNotReady: {
    labels: [{ node: "n", condition: "Ready", status: "true" }],
    fires: { "not ready": node("1x80 0x40") },
    silent: {
      ready: node("1x120"),
      "for some minutes": node("1x97 0x40"),
      "without pressure": node("0x120", "DiskPressure"),
      "not false": node("0x120", "Ready", "false"),
    },
  },
  PoolerClientsWaiting: {
    labels: [{ database: "shop" }],
    fires: { "six seconds": longestWait("0x90 6x30") },
    silent: { "four seconds": longestWait("4x120"), "for a minute": longestWait("0x98 6x30") },
  },
  PoolerSaturated: {
    labels: [{ database: "shop" }],
    fires: { "nineteen of twenty": connections("10x120", "9x120") },
    silent: { "ten of twenty": connections("10x120"), "for some minutes": connections("10x120", "0x93 9x30") },
  },
  PoolerDown: {
    fires: { "no answer": { 'pgbouncer_up{pod="a"}': "1x90 0x30" }, "no pod": { up: "1x120" } },
    silent: {
      "one answers": { 'pgbouncer_up{pod="a"}': "0x120", 'pgbouncer_up{pod="b"}': "1x120" },
      "for a minute": { 'pgbouncer_up{pod="a"}': "1x98 0x30" },
    },
  },
  DatabaseLoadHigh: {
    labels: [DATABASE],
    fires: { "more than its CPUs": rds("dbload_average", "2.5x120") },
    silent: { "its CPUs": rds("dbload_average", "2x120"), "for some minutes": rds("dbload_average", "1x93 3x30") },
  },
  DatabaseCpuHigh: {
    labels: [DATABASE],
    fires: { busy: rds("cpuutilization_average", "81x120") },
    silent: {
      "less busy": rds("cpuutilization_average", "79x120"),
      "for some minutes": rds("cpuutilization_average", "20x90 99x30"),
    },
  },
  DatabaseStorageLow: {
    labels: [DATABASE],
    fires: { "4 GB": rds("free_storage_space_minimum", "4000000000x120") },
    silent: {
      "6 GB": rds("free_storage_space_minimum", "6000000000x120"),
      "for some minutes": rds("free_storage_space_minimum", "6000000000x90 4000000000x30"),
    },
  },
  DatabaseMemoryLow: {
    labels: [DATABASE],
    fires: { "200 MB": rds("freeable_memory_minimum", "200000000x120") },
    silent: {
      "300 MB": rds("freeable_memory_minimum", "300000000x120"),
      "for some minutes": rds("freeable_memory_minimum", "300000000x90 200000000x30"),
    },
  },
  ErrorsAfterDeployment: {
    fires: { "two of a hundred": { [FAILED]: "2x120", [REQUESTS]: "100x120", ...RECENT } },
    silent: {
      "an older deployment": { [FAILED]: "2x120", [REQUESTS]: "100x120", ...replicaSet("_x60 3600x60") },
      "one of a hundred": { [FAILED]: "1x120", [REQUESTS]: "100x120", ...RECENT },
      "for a minute": { [FAILED]: "0x98 2x30", [REQUESTS]: "100x120", ...RECENT },
    },
  },
  RolloutStuck: {
    labels: NAMESPACES.map((namespace) => ({
      namespace,
      deployment: "api",
      condition: "Progressing",
      status: "false",
    })),
    fires: { stuck: inBoth(rollout("0x90 1x30")) },
    silent: {
      "since now": inBoth(rollout("0x99 1x30")),
      "not stuck": inBoth(rollout("0x120")),
      "in progress": inBoth(rollout("1x120", "Progressing", "true")),
      "another condition": inBoth(rollout("1x120", "ReplicaFailure")),
      elsewhere: rollout("1x120")("other"),
    },
  },
  MigrationFailed: {
    labels: [{ namespace: "shop", job_name: "migration" }],
    fires: { failed: job("shop", "0x99 1x30") },
    silent: { "not failed": job("shop", "0x120"), elsewhere: job("other", "1x120") },
  },
};
