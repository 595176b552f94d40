import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { KubePrometheusStack } from "../../modules/kube-prometheus-stack";
import { alertsOf } from "../../modules/kube-prometheus-stack/alerts";
import type { ChartValues, SnsConfiguration } from "../../modules/kube-prometheus-stack/chart";
import { dashboardsOf } from "../../modules/kube-prometheus-stack/dashboards";
import { evaluatedCluster } from "../support/evaluated";
import { describeWithPromtool, run } from "../support/kubernetes-tools";

const application = { namespace: "shop", otherNamespaces: ["pooler"], probe: "api-probe", databaseCpus: 2 };
const dashboards = dashboardsOf(application);
const cluster = evaluatedCluster((root) => {
  new KubePrometheusStack(root, "monitoring", {
    namespace: "monitoring",
    nodeExporterNamespace: "node-exporter",
    region: "eu-central-1",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
    alertmanagerRoleArn: "arn:aws:iam::111122223333:role/alertmanager",
    storageClassName: "gp3",
    storageGiB: 100,
    grafanaAdminSecretName: "grafana-admin",
    lokiUrl: "http://loki.logging.svc:3100",
    alertRules: alertsOf(application),
    dashboards,
  });
});
const release = z
  .looseObject({ values: z.tuple([z.string()]) })
  .parse(cluster.values("module.monitoring.helm_release.this"));
const values = JSON.parse(release.values[0]);

test("a mistyped key of the values does not compile, because Helm ignores it", () => {
  // @ts-expect-error: the chart has storageSpec
  const storage: keyof ChartValues["prometheus"]["prometheusSpec"] = "storage";
  // @ts-expect-error: the chart has existingSecret
  const secret: keyof ChartValues["grafana"]["admin"] = "existingSecretName";
  // @ts-expect-error: Alertmanager has topic_arn
  const topic: keyof SnsConfiguration = "topicArn";
  expect(Object.keys(values.prometheus.prometheusSpec)).not.toContain(storage);
  expect(Object.keys(values.grafana.admin)).not.toContain(secret);
  expect(Object.keys(values.alertmanager.config.receivers[1].sns_configs[0])).not.toContain(topic);
});

test("metrics are on an encrypted volume that they fill to four fifths, and every monitor of the cluster counts", () => {
  const { prometheusSpec } = values.prometheus;
  expect(prometheusSpec.storageSpec.volumeClaimTemplate.spec).toEqual({
    storageClassName: "gp3",
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "100Gi" } },
  });
  expect(prometheusSpec).toMatchObject({
    retention: "15d",
    // 80 GiB: Prometheus counts 1024 kilobytes to a megabyte.
    retentionSize: "81920MB",
    ruleSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
  });
});

test("alerts go to the topic with a role, so that no value is a secret", () => {
  expect(values.alertmanager.serviceAccount).toEqual({
    create: true,
    name: "alertmanager",
    annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/alertmanager" },
  });
  const { route, receivers } = values.alertmanager.config;
  expect(receivers.find(({ name }: { name: string }) => name === route.receiver)).toEqual({
    name: "topic",
    sns_configs: [
      {
        topic_arn: "arn:aws:sns:eu-central-1:111122223333:alerts",
        sigv4: { region: "eu-central-1" },
        send_resolved: true,
      },
    ],
  });
  expect(values.grafana.admin).toMatchObject({ existingSecret: "grafana-admin" });
});

test("the rules reach Prometheus as they are, and definitions are left to their own release", () => {
  expect(values.additionalPrometheusRulesMap).toEqual({ alerts: { groups: alertsOf(application) } });
  expect(values.crds).toEqual({ enabled: false });
});

test("components that EKS hides have neither monitors nor alerts", () => {
  for (const name of ["kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"]) {
    expect(values[name]).toEqual({ enabled: false });
  }
  expect(values.defaultRules.rules).toMatchObject({ etcd: false, kubeSchedulerAlerting: false });
});

test("only node-exporter is in the namespace that allows the nodes' network", () => {
  expect(values["prometheus-node-exporter"].namespaceOverride).toBe("node-exporter");
});

test("Grafana reads ConfigMaps of its own namespace, and kube-state-metrics no Secret", () => {
  expect(values.grafana.rbac).toEqual({ namespaced: true });
  expect(values.grafana.sidecar).toMatchObject({
    dashboards: { resource: "configmap", searchNamespace: "monitoring" },
    datasources: { resource: "configmap" },
  });
  expect(values["kube-state-metrics"].collectorsExclude).toEqual(["secrets"]);
});

const DASHBOARD = z.looseObject({
  uid: z.string(),
  annotations: z.object({ list: z.array(z.looseObject({ name: z.string(), expr: z.string() })) }),
  panels: z.array(
    z.looseObject({
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.looseObject({ expr: z.string() })),
    }),
  ),
});
const parsed = Object.entries(dashboards).map(([name, text]) => [name, DASHBOARD.parse(JSON.parse(text))] as const);

describe("the dashboards", () => {
  test("are one for each question, as Grafana gets them, with a mark for each deployment", () => {
    expect(Object.keys(dashboards)).toEqual(["api", "pods", "database", "deployment"]);
    expect(values.grafana.dashboards.own).toEqual(
      Object.fromEntries(Object.entries(dashboards).map(([name, json]) => [name, { json }])),
    );
    for (const [, { annotations }] of parsed) {
      expect(annotations.list[0]).toMatchObject({ name: "Deployments", useValueForTime: "on" });
    }
  });

  test("have panels that do not overlap, and nothing that a chart evaluates", () => {
    for (const [, { panels }] of parsed) {
      const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
      expect(new Set(places).size).toBe(places.length);
    }
    expect(JSON.stringify(dashboards)).not.toContain("{{");
  });
});

describeWithPromtool("the queries of the dashboards", () => {
  test("are valid, and so are the rules that they show", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "groundplan-dashboards-"));
    try {
      const queries = parsed.flatMap(([, { panels, annotations }]) => [
        ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
        ...annotations.list.map(({ expr }) => expr),
      ]);
      const rules = queries.map((expr, i) => ({ record: `query_${i}`, expr }));
      writeFileSync(path.join(folder, "rules.yaml"), JSON.stringify({ groups: [{ name: "queries", rules }] }));
      expect(run("promtool", ["check", "rules", "rules.yaml"], folder)).toContain(
        `SUCCESS: ${queries.length} rules found`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
