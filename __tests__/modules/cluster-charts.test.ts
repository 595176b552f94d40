import { z } from "zod";
import { Alloy } from "../../modules/alloy";
import { BlackboxExporter } from "../../modules/blackbox-exporter";
import { CloudwatchExporter } from "../../modules/cloudwatch-exporter";
import { ClusterAutoscaler } from "../../modules/cluster-autoscaler";
import { ExternalSecrets } from "../../modules/external-secrets";
import { KubernetesStorageClass } from "../../modules/kubernetes-storage-class";
import { LoadBalancerController } from "../../modules/load-balancer-controller";
import { Loki } from "../../modules/loki";
import { PrometheusOperatorCrds } from "../../modules/prometheus-operator-crds";
import { evaluatedCluster } from "../support/evaluated";

const region = "eu-central-1";
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:alias/data";
const cluster = evaluatedCluster((root) => {
  const { apiVersion, namespace } = new PrometheusOperatorCrds(root, "definitions", { namespace: "monitoring" });
  new ExternalSecrets(root, "secrets", { namespace: "external-secrets", monitoringApiVersion: apiVersion });
  new ExternalSecrets(root, "unwatched", { namespace: "external-secrets", registry: "cache.example.com/ghcr" });
  new LoadBalancerController(root, "balancer", {
    clusterName: "shop",
    region,
    vpcName: "shop-vpc",
    roleArn: role("lbc"),
  });
  new ClusterAutoscaler(root, "autoscaler", {
    clusterName: "shop",
    region,
    roleArn: role("autoscaler"),
    imageTag: "v1.36.1",
  });
  const loki = new Loki(root, "loki", {
    namespace: "logging",
    region,
    bucketName: "shop-logs",
    roleArn: role("loki"),
    storageClassName: "gp3",
    retentionDays: 60,
  });
  new Alloy(root, "alloy", { namespace: "logging", lokiUrl: loki.url });
  new BlackboxExporter(root, "blackbox", { namespace });
  new CloudwatchExporter(root, "cloudwatch", { namespace, region, roleArn: role("yace"), appTag: "shop" });
  new KubernetesStorageClass(root, "class", { name: "gp3", kmsKeyArn });
});

function valuesOf(call: string) {
  const { values } = z
    .looseObject({ values: z.tuple([z.string()]) })
    .parse(cluster.values(`module.${call}.helm_release.this`));
  return JSON.parse(values[0]);
}

const account = (name: string, roleName: string) => ({
  create: true,
  name,
  annotations: { "eks.amazonaws.com/role-arn": role(roleName) },
});

test("each chart has an exact version and its repository", () => {
  const releases = cluster.all("helm_release").map(({ values }) => values);
  expect(releases).toHaveLength(9);
  for (const { version, repository } of releases) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(repository).toMatch(/^https:\/\//);
  }
});

test("External Secrets has no role and nothing for the whole cluster, and is watched if the definitions are there", () => {
  const values = valuesOf("secrets");
  expect(values).toMatchObject({
    processClusterStore: false,
    processClusterExternalSecret: false,
    processPushSecret: false,
    crds: { createClusterSecretStore: false, createClusterExternalSecret: false, createPushSecret: false },
    replicaCount: 2,
    serviceMonitor: { enabled: true },
  });
  expect(values).not.toHaveProperty("serviceAccount");
  expect(valuesOf("unwatched")).toMatchObject({
    serviceMonitor: { enabled: false },
    image: { repository: "cache.example.com/ghcr/external-secrets/external-secrets" },
    webhook: { image: { repository: "cache.example.com/ghcr/external-secrets/external-secrets" } },
    certController: { image: { repository: "cache.example.com/ghcr/external-secrets/external-secrets" } },
  });
});

test("the load balancer controller binds pods only, and asks no instance metadata for region and network", () => {
  expect(valuesOf("balancer")).toMatchObject({
    clusterName: "shop",
    region,
    vpcTags: { Name: "shop-vpc" },
    serviceAccount: account("load-balancer-controller", "lbc"),
    enableServiceMutatorWebhook: false,
    createIngressClassResource: false,
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    enableBackendSecurityGroup: false,
    keepTLSSecret: true,
  });
});

test("the autoscaler is for the groups of its cluster, as a process without rights on its node", () => {
  expect(valuesOf("autoscaler")).toMatchObject({
    autoDiscovery: { clusterName: "shop" },
    awsRegion: region,
    image: { tag: "v1.36.1" },
    rbac: { serviceAccount: account("cluster-autoscaler", "autoscaler") },
    securityContext: { runAsNonRoot: true, runAsUser: 65534 },
    containerSecurityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
  });
});

test("Loki is one process that keeps its logs in the bucket and deletes them after their time", () => {
  expect(valuesOf("loki")).toMatchObject({
    deploymentMode: "Monolithic",
    loki: {
      storage: { type: "s3", bucketNames: { chunks: "shop-logs", ruler: "shop-logs" }, s3: { region } },
      limits_config: { retention_period: "1440h" },
      compactor: { retention_enabled: true, delete_request_store: "s3" },
    },
    serviceAccount: account("loki", "loki"),
    singleBinary: { replicas: 1, persistence: { enabled: true, storageClass: "gp3" } },
    read: { replicas: 0 },
    gateway: { enabled: false },
  });
});

test("Loki has no sidecar, which may read every Secret of the cluster", () => {
  expect(valuesOf("loki").sidecar).toEqual({ rules: { enabled: false } });
});

test("Alloy reads pods, logs and events and no Secret, and sends them to Loki", () => {
  const { rbac, alloy, controller } = valuesOf("alloy");
  expect(rbac.rules).toEqual([
    { apiGroups: [""], resources: ["pods", "pods/log", "namespaces", "events"], verbs: ["get", "list", "watch"] },
  ]);
  expect(rbac.clusterRules).toHaveLength(1);
  expect(alloy.configMap.content).toContain('url = "http://loki.logging.svc:3100/loki/api/v1/push"');
  expect(alloy.configMap.content).toContain("loki.source.kubernetes_events");
  expect(controller).toMatchObject({ type: "deployment", replicas: 1 });
});

test("the blackbox exporter calls over TLS alone, and follows no redirect", () => {
  expect(valuesOf("blackbox")).toMatchObject({
    fullnameOverride: "blackbox-exporter",
    config: { modules: { http_2xx: { http: { fail_if_not_ssl: true, follow_redirects: false } } } },
  });
});

test("the CloudWatch exporter finds resources by their tag, and takes a counter without data as zero", () => {
  const { config, image, serviceAccount, serviceMonitor, testConnection } = valuesOf("cloudwatch");
  // The chart puts the registry before the repository, and calls the timeout of a scrape so.
  expect(image).toEqual({ registry: "quay.io" });
  expect(serviceMonitor).toMatchObject({ interval: "60s", timeout: "60s" });
  expect(serviceAccount).toEqual(account("yace", "yace"));
  expect(testConnection).toBe(false);
  const { discovery } = JSON.parse(config);
  expect(discovery.jobs).toMatchObject([
    { type: "AWS/ApplicationELB", regions: [region], searchTags: [{ key: "App", value: "^shop$" }], nilToZero: true },
    { type: "AWS/RDS", dimensionNameRequirements: ["DBInstanceIdentifier"], nilToZero: false },
  ]);
});

test("volumes are encrypted with the key, and are made where their pod runs", () => {
  expect(cluster.values("module.class.kubernetes_storage_class_v1.this")).toMatchObject({
    storage_provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true", kmsKeyId: kmsKeyArn },
    volume_binding_mode: "WaitForFirstConsumer",
    allow_volume_expansion: true,
  });
});
