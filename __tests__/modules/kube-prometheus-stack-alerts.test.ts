import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { alertsOf, DEPLOYMENT_AGE } from "../../modules/kube-prometheus-stack/alerts";
import { describeWithPromtool, run } from "../support/kubernetes-tools";

const groups = alertsOf({ namespace: "shop", otherNamespaces: ["pooler"], probe: "api-probe", databaseCpus: 2 });
const alerts = groups.flatMap(({ rules }) => rules).filter((rule) => "alert" in rule);

/** Values of a series, one a minute, in promtool's notation. */
type Series = Readonly<Record<string, string>>;
interface Case {
  readonly labels?: Readonly<Record<string, string>>;
  readonly fires: Series;
  /** The condition does not hold, or not for long enough. */
  readonly silent: Series;
}

const PROBE = 'probe_success{job="api-probe",instance="https://shop"}';
const FAILED = "aws_applicationelb_httpcode_target_5_xx_count_sum";
const REQUESTS = "aws_applicationelb_request_count_sum";
const CONTAINER = { namespace: "pooler", pod: "p", container: "c" };
const of = (metric: string, labels = "") => `${metric}{namespace="pooler",pod="p",container="c"${labels}}`;
const RESTARTS = of("kube_pod_container_status_restarts_total");
const waiting = (reason: string) => of("kube_pod_container_status_waiting_reason", `,reason="${reason}"`);
const OUT_OF_MEMORY = of("kube_pod_container_status_last_terminated_reason", ',reason="OOMKilled"');
const DATABASE = { dimension_DBInstanceIdentifier: "shop" };
const rds = (metric: string) => `aws_rds_${metric}{dimension_DBInstanceIdentifier="shop"}`;
const replicaSet = (created: string) => ({
  'kube_replicaset_created{namespace="shop",replicaset="api-1"}': created,
  'kube_replicaset_owner{namespace="shop",replicaset="api-1",owner_kind="Deployment",owner_name="api"}': "1x120",
  'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-1"}': "2x120",
});
const deployments = (available: number, wanted: number) => ({
  'kube_deployment_status_replicas_available{namespace="shop",deployment="api"}': `${available}x120`,
  'kube_deployment_spec_replicas{namespace="shop",deployment="api"}': `${wanted}x120`,
});
const progressing = (namespace: string) =>
  `kube_deployment_status_condition{condition="Progressing",status="false",namespace="${namespace}",deployment="api"}`;

/** Each alert is looked at after 100 minutes. */
const CASES: Readonly<Record<string, Case>> = {
  ApiProbeFailing: {
    labels: { instance: "https://shop" },
    fires: { [PROBE]: "1x90 0x30" },
    silent: { [PROBE]: "1x99 0x30" },
  },
  ApiProbeMissing: { labels: { job: "api-probe" }, fires: { up: "1x120" }, silent: { [PROBE]: "1x120" } },
  ApiErrorRatioHigh: {
    fires: { [FAILED]: "3x120", [REQUESTS]: "100x120" },
    silent: { [FAILED]: "5x120", [REQUESTS]: "50x120" },
  },
  ApiSlow: {
    fires: { aws_applicationelb_target_response_time_p95: "1.2x120" },
    silent: { aws_applicationelb_target_response_time_p95: "0.9x120" },
  },
  ApiWithoutPods: {
    labels: { namespace: "shop", deployment: "api" },
    fires: deployments(0, 2),
    silent: deployments(0, 0),
  },
  CertificateExpiring: {
    labels: { instance: "https://shop" },
    fires: { 'probe_ssl_earliest_cert_expiry{job="api-probe",instance="https://shop"}': "1000000x120" },
    silent: { 'probe_ssl_earliest_cert_expiry{job="api-probe",instance="https://shop"}': "3000000x120" },
  },
  PodRestarting: {
    labels: CONTAINER,
    fires: { [RESTARTS]: "0x90 1 2 3 4 4x30" },
    silent: { [RESTARTS]: "0x90 1 2 2x30" },
  },
  PodCrashLooping: {
    labels: { ...CONTAINER, reason: "CrashLoopBackOff" },
    fires: { [waiting("CrashLoopBackOff")]: "_x80 1 _x3 1 _x3 1 _x3 1 _x3 1 _x3 1x20" },
    silent: { [waiting("CrashLoopBackOff")]: "_x98 1x20" },
  },
  PodCannotStart: {
    labels: { ...CONTAINER, reason: "ImagePullBackOff" },
    fires: { [waiting("ImagePullBackOff")]: "_x90 1x30" },
    silent: { [waiting("ContainerCreating")]: "_x90 1x30" },
  },
  ContainerOutOfMemory: {
    labels: CONTAINER,
    fires: { [RESTARTS]: "0x95 1x30", [OUT_OF_MEMORY]: "_x95 1x30" },
    silent: { [RESTARTS]: "1x120", [OUT_OF_MEMORY]: "1x120" },
  },
  PodPending: {
    labels: { namespace: "other", pod: "p" },
    fires: { 'kube_pod_status_phase{namespace="other",pod="p",phase="Pending"}': "0x80 1x40" },
    silent: { 'kube_pod_status_phase{namespace="other",pod="p",phase="Pending"}': "0x95 1x40" },
  },
  NodeNotReady: {
    labels: { node: "n", condition: "Ready", status: "true" },
    fires: { 'kube_node_status_condition{node="n",condition="Ready",status="true"}': "1x80 0x40" },
    silent: { 'kube_node_status_condition{node="n",condition="Ready",status="true"}': "1x120" },
  },
  PoolerClientsWaiting: {
    labels: { database: "shop" },
    fires: { 'pgbouncer_pools_client_maxwait_seconds{database="shop",user="app"}': "0x90 6x30" },
    silent: { 'pgbouncer_pools_client_maxwait_seconds{database="shop",user="app"}': "4x120" },
  },
  PoolerSaturated: {
    labels: { database: "shop" },
    fires: {
      'pgbouncer_pools_server_active_connections{database="shop",pod="a"}': "10x120",
      'pgbouncer_pools_server_active_connections{database="shop",pod="b"}': "9x120",
      'pgbouncer_databases_pool_size{database="shop",pod="a"}': "10x120",
      'pgbouncer_databases_pool_size{database="shop",pod="b"}': "10x120",
    },
    silent: {
      'pgbouncer_pools_server_active_connections{database="shop",pod="a"}': "10x120",
      'pgbouncer_databases_pool_size{database="shop",pod="a"}': "10x120",
      'pgbouncer_databases_pool_size{database="shop",pod="b"}': "10x120",
    },
  },
  PoolerDown: {
    fires: { 'pgbouncer_up{pod="a"}': "1x90 0x30" },
    silent: { 'pgbouncer_up{pod="a"}': "0x120", 'pgbouncer_up{pod="b"}': "1x120" },
  },
  DatabaseLoadHigh: {
    labels: DATABASE,
    fires: { [rds("dbload_average")]: "2.5x120" },
    silent: { [rds("dbload_average")]: "2x120" },
  },
  DatabaseCpuHigh: {
    labels: DATABASE,
    fires: { [rds("cpuutilization_average")]: "81x120" },
    silent: { [rds("cpuutilization_average")]: "20x90 99x30" },
  },
  DatabaseStorageLow: {
    labels: DATABASE,
    fires: { [rds("free_storage_space_minimum")]: "4000000000x120" },
    silent: { [rds("free_storage_space_minimum")]: "6000000000x120" },
  },
  DatabaseMemoryLow: {
    labels: DATABASE,
    fires: { [rds("freeable_memory_minimum")]: "200000000x120" },
    silent: { [rds("freeable_memory_minimum")]: "300000000x120" },
  },
  ErrorsAfterDeployment: {
    fires: { [FAILED]: "2x120", [REQUESTS]: "100x120", ...replicaSet("_x80 4800x40") },
    silent: { [FAILED]: "2x120", [REQUESTS]: "100x120", ...replicaSet("0x120") },
  },
  RolloutStuck: {
    labels: { namespace: "pooler", deployment: "api", condition: "Progressing", status: "false" },
    fires: { [progressing("pooler")]: "0x90 1x30" },
    silent: { [progressing("elsewhere")]: "1x120" },
  },
  MigrationFailed: {
    labels: { namespace: "shop", job_name: "migration" },
    fires: { 'kube_job_status_failed{namespace="shop",job_name="migration"}': "0x99 1x30" },
    silent: { 'kube_job_status_failed{namespace="shop",job_name="migration"}': "0x120" },
  },
};

test("there is a case for each alert", () => {
  expect(Object.keys(CASES).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

test("every question is answered by alerts, and each of its alerts names it", () => {
  expect(groups.map(({ name }) => name)).toEqual(["api", "pods", "database", "deployment"]);
  for (const { name, rules } of groups) {
    const own = rules.filter((rule) => "alert" in rule);
    expect(own.length).toBeGreaterThan(2);
    expect(new Set(own.map(({ labels }) => labels.question))).toEqual(new Set([name]));
  }
});

describeWithPromtool("the rules in Prometheus", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "groundplan-alerts-"));
    writeFileSync(path.join(folder, "rules.yaml"), JSON.stringify({ groups }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tested = (tests: readonly object[]) => {
    const file = { rule_files: ["rules.yaml"], evaluation_interval: "5m", tests };
    writeFileSync(path.join(folder, "tests.yaml"), JSON.stringify(file));
    return run("promtool", ["test", "rules", "tests.yaml"], folder);
  };
  const inputs = (series: Series) => Object.entries(series).map(([name, values]) => ({ series: name, values }));

  test("are valid", () => {
    expect(run("promtool", ["check", "rules", "rules.yaml"], folder)).toContain(
      `SUCCESS: ${alerts.length + 1} rules found`,
    );
  });

  test("each alert fires for its condition with the labels of what it is about, and stays silent otherwise", () => {
    const tests = alerts.flatMap(({ alert, labels, annotations }) => {
      const { fires = {}, silent = {}, labels: own = {} } = CASES[alert] ?? {};
      const expected = [{ exp_labels: { ...labels, ...own }, exp_annotations: annotations }];
      return [
        { series: fires, exp_alerts: expected },
        { series: silent, exp_alerts: [] },
      ].map(({ series, exp_alerts }) => ({
        interval: "1m",
        name: alert,
        input_series: inputs(series),
        alert_rule_test: [{ eval_time: "100m", alertname: alert, exp_alerts }],
      }));
    });
    expect(tested(tests)).toContain("SUCCESS");
  });

  test("the age of a deployment does not change when an autoscaler changes the number of pods", () => {
    const series = {
      ...replicaSet("0x120"),
      'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-1"}': "2x60 7x60",
      'kube_replicaset_created{namespace="shop",replicaset="api-0"}': "0x120",
      'kube_replicaset_owner{namespace="shop",replicaset="api-0",owner_kind="Deployment",owner_name="api"}': "1x120",
      'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-0"}': "0x120",
    };
    const labels = `${DEPLOYMENT_AGE}{namespace="shop",owner_name="api"}`;
    const promql = [{ expr: DEPLOYMENT_AGE, eval_time: "100m", exp_samples: [{ labels, value: 6000 }] }];
    expect(tested([{ interval: "1m", input_series: inputs(series), promql_expr_test: promql }])).toContain("SUCCESS");
  });
});
