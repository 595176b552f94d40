/** The cluster roots of WardMitra: their objects, their order, and their fit with the AWS roots. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { wardmitraCluster } from "../../environments/wardmitra/cluster/system";
import { TOOLS_GROUP } from "../../environments/wardmitra/context";
import { prod } from "../../environments/wardmitra/prod";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { alertsOf } from "../../modules/kube-prometheus-stack/alerts";
import { failure } from "../lib/generator/support";
import { describeWithHelm, rendered } from "../support/kubernetes-tools";
import { TREE } from "./committed-tree";
import { codesIn, filesOf, pageOf } from "./system-page";

const ROOT = "environments/wardmitra/prod/cluster";
const configurations = new Configurations(readTree(TREE));
const { calls, resources } = configurations.root(ROOT);

const meta = (group: string) => ({
  apiVersion: z.literal(group),
  metadata: z.strictObject({ name: z.string(), namespace: z.string() }),
});
const named = z.strictObject({ name: z.string() });
const store = z.strictObject({ kind: z.literal("SecretStore"), name: z.string() });

/** The fields of the definitions that the objects use: the API server drops any other without a word. */
const OBJECT = z.discriminatedUnion("kind", [
  z.strictObject({
    ...meta("external-secrets.io/v1"),
    kind: z.literal("SecretStore"),
    spec: z.strictObject({
      provider: z.strictObject({
        aws: z.strictObject({
          service: z.enum(["SecretsManager", "ParameterStore"]),
          region: z.string(),
          auth: z.strictObject({ jwt: z.strictObject({ serviceAccountRef: named }) }),
        }),
      }),
    }),
  }),
  z.strictObject({
    ...meta("external-secrets.io/v1"),
    kind: z.literal("ExternalSecret"),
    spec: z.strictObject({
      refreshInterval: z.string().regex(/^\d+[smh]$/),
      secretStoreRef: store,
      target: z.strictObject({
        name: z.string(),
        creationPolicy: z.enum(["Owner", "Orphan", "Merge", "None"]),
        deletionPolicy: z.enum(["Delete", "Merge", "Retain"]),
        template: z.strictObject({
          engineVersion: z.literal("v2"),
          data: z.record(z.string(), z.string()).optional(),
          templateFrom: z.array(z.strictObject({ target: z.literal("Data"), literal: z.string() })).optional(),
        }),
      }),
      data: z.array(
        z.strictObject({
          secretKey: z.string(),
          remoteRef: z.strictObject({
            key: z.string(),
            property: z.string().optional(),
            version: z.string().optional(),
          }),
          sourceRef: z.strictObject({ storeRef: store }).optional(),
        }),
      ),
    }),
  }),
  z.strictObject({
    ...meta("elbv2.k8s.aws/v1beta1"),
    kind: z.literal("TargetGroupBinding"),
    spec: z.strictObject({
      serviceRef: z.strictObject({ name: z.string(), port: z.number() }),
      targetGroupName: z.string().max(32),
      targetType: z.literal("ip"),
    }),
  }),
  z.strictObject({
    ...meta("monitoring.coreos.com/v1"),
    kind: z.literal("Probe"),
    spec: z.strictObject({
      jobName: z.string(),
      interval: z.string(),
      module: z.string(),
      prober: z.strictObject({ url: z.string().regex(/^[a-z0-9.-]+:\d+$/) }),
      targets: z.strictObject({ staticConfig: z.strictObject({ static: z.array(z.url()) }) }),
    }),
  }),
  z.strictObject({
    ...meta("monitoring.coreos.com/v1"),
    kind: z.literal("PodMonitor"),
    spec: z.strictObject({
      selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
      podMetricsEndpoints: z.array(z.strictObject({ port: z.string() })),
    }),
  }),
]);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const objectsByCall = calls
  .filter(({ module }) => module === "modules/kubernetes-objects")
  .map(({ id, inputs }) => [id, z.array(z.unknown()).parse(plain(inputs.objects))] as const);
const objects = objectsByCall.flatMap(([, all]) => all.map((object) => OBJECT.parse(object)));
const addressOf = ({ kind, metadata }: (typeof objects)[number]) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Names and namespaces of resources of a type. */
const METADATA = z.object({ metadata: z.looseObject({ name: z.string(), namespace: z.string() }) });
const ofType = (type: string) =>
  resources.filter((one) => one.type === type).map(({ values }) => METADATA.parse(plain(values)).metadata);
const accounts = ofType("kubernetes_service_account_v1");
const isIn = (all: readonly { name: string; namespace: string }[], name: string, namespace: string) =>
  all.some((one) => one.name === name && one.namespace === namespace);

describe("custom resources", () => {
  test("have only fields of their definitions, and different names", () => {
    expect(objects.map(addressOf).sort()).toEqual([...new Set(objects.map(addressOf))].sort());
    expect(new Set(objects.map(({ kind }) => kind)).size).toBe(5);
  });

  test("refer to stores, service accounts and services that are there, in their own namespace", () => {
    const known = new Set(objects.map(addressOf));
    for (const { kind, metadata, spec } of objects) {
      const { namespace } = metadata;
      if (kind === "SecretStore") {
        expect(isIn(accounts, spec.provider.aws.auth.jwt.serviceAccountRef.name, namespace)).toBe(true);
      }
      if (kind === "ExternalSecret") {
        const stores = [spec.secretStoreRef, ...spec.data.flatMap(({ sourceRef }) => sourceRef?.storeRef ?? [])];
        for (const { name } of stores) expect(known).toContain(`SecretStore ${namespace}/${name}`);
        expect(spec.target.name).toBe(metadata.name);
      }
      if (kind === "TargetGroupBinding") {
        expect(isIn(ofType("kubernetes_service_v1"), spec.serviceRef.name, namespace)).toBe(true);
      }
    }
  });

  describeWithHelm("in the chart", () => {
    test.each(objectsByCall)("are printed as they are by %s", (_, all) => {
      const printed = rendered("modules/kubernetes-objects/chart", JSON.stringify({ objects: all }));
      expect(printed).toHaveLength(all.length);
      expect(printed).toEqual(expect.arrayContaining(all));
    });
  });
});

describe("the order of an apply", () => {
  const { module } = z
    .object({ module: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(path.join(TREE, ROOT, "main.tf.json"), "utf8")));

  /** The calls that a call waits for, directly or not. */
  function before(id: string, seen = new Set<string>()): ReadonlySet<string> {
    for (const [, other = ""] of JSON.stringify(module[id]).matchAll(/\bmodule\.(\w+)\./g)) {
      if (!seen.has(other)) before(other, seen.add(other));
    }
    return seen;
  }

  test.each([
    ["external_secrets", "monitoring_definitions"],
    ["pooler_secrets", "external_secrets"],
    ["monitoring_secrets", "external_secrets"],
    ["api_binding", "load_balancer_controller"],
    ["monitors", "monitoring_definitions"],
    ["monitoring", "monitoring_definitions"],
    ["monitoring", "monitoring_secrets"],
    ["monitoring", "storage_class"],
    ["loki", "storage_class"],
    ["alloy", "loki"],
    ["pooler", "pooler_secrets"],
  ])("%s comes after %s, and is destroyed before it", (later, earlier) => {
    expect(before(later)).toContain(earlier);
    expect(before(earlier)).not.toContain(later);
  });
});

test("service accounts with a role are those that the roles of the AWS root trust", () => {
  const trusted = configurations
    .root("environments/wardmitra/prod/aws")
    .calls.filter(({ module }) => module === "modules/irsa-role")
    .map(({ inputs }) => ({ name: inputs.name, account: `${inputs.namespace}/${inputs.service_account}` }));
  const annotated = z
    .array(
      z.looseObject({
        name: z.string(),
        namespace: z.string(),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
    )
    .parse(accounts)
    .flatMap(({ name, namespace, annotations }) =>
      Object.values(annotations).map((arn) => ({ name: arn.split("/").at(-1), account: `${namespace}/${name}` })),
    );
  expect(annotated.map(({ account }) => account).sort()).toEqual([
    "monitoring/monitoring-secrets",
    "pgbouncer/pgbouncer-secrets",
    "wardmitra/api",
  ]);
  for (const own of annotated) expect(trusted).toContainEqual(own);
  const inCharts = JSON.stringify(resources.filter(({ type }) => type === "helm_release").map(({ values }) => values));
  for (const name of ["loki", "alertmanager", "yace", "load-balancer-controller", "cluster-autoscaler"]) {
    expect(trusted.map((one) => String(one.account).split("/").at(-1))).toContain(name);
    expect(inCharts).toContain(`role/wardmitra-prod-${name}`);
  }
});

test("an environment without a cluster has no cluster root, and a wrong connection is an error in its data", () => {
  expect(wardmitraCluster({ ...prod, cluster: null })).toEqual([]);
  const cluster = { ...prod.cluster, endpoint: "https://kubernetes.example.com" };
  expect(failure(() => wardmitraCluster({ ...prod, cluster })).message).toMatch(
    /^environments\/wardmitra\/prod\.ts\n {2}cluster\.endpoint: got "https:\/\/kubernetes\.example\.com"; allowed: /,
  );
});

test("the page has each alert once, with its question", () => {
  const alerts = alertsOf({ namespace: "a", otherNamespaces: [], probe: "p", databaseCpus: 2 }).flatMap(({ rules }) =>
    rules.flatMap((rule) => ("alert" in rule ? [[rule.alert, rule.labels.question]] : [])),
  );
  const rows = pageOf(filesOf("wardmitra")).rows("Dashboards and alerts");
  expect(rows.map(([alert, question]) => [codesIn(alert?.text)[0], question?.text])).toEqual(alerts);
});

test("operators and administrators open the tools of the namespace `monitoring`, and nobody else", () => {
  const bindings = resources.filter(({ type }) => type === "kubernetes_role_binding_v1");
  expect(bindings.map(({ call, values }) => [call, values.subject])).toEqual([
    ["monitoring_namespace", [expect.objectContaining({ kind: "Group", name: TOOLS_GROUP })]],
  ]);
  const entries = configurations.root("environments/wardmitra/prod/aws").of("aws_eks_access_entry");
  const members = entries.filter(({ values }) => values.kubernetes_groups !== null);
  expect(members.map(({ key, values }) => [key, values.kubernetes_groups]).sort()).toEqual([
    ["admins", [TOOLS_GROUP]],
    ["operators", [TOOLS_GROUP]],
  ]);
});
