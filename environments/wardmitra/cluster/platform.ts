/** What the applications of the cluster rely on: namespaces, and controllers that act on AWS for them. */
import type { Root } from "../../../lib";
import { ClusterAutoscaler } from "../../../modules/cluster-autoscaler";
import { ExternalSecrets } from "../../../modules/external-secrets";
import { KubernetesNamespace } from "../../../modules/kubernetes-namespace";
import { KubernetesStorageClass } from "../../../modules/kubernetes-storage-class";
import { LoadBalancerController } from "../../../modules/load-balancer-controller";
import { PrometheusOperatorCrds } from "../../../modules/prometheus-operator-crds";
import { type ComposedEnvironment, nameOf, roleArn, TOOLS_GROUP } from "../context";
import { cacheOf } from "../images";
import { CLUSTER_AUTOSCALER } from "../versions";
import { applicationFlows, externalSecretsFlows, loggingFlows, monitoringFlows, poolerFlows } from "./flows";
import { NAMESPACES } from "./namespaces";

export function platform(root: Root, environment: ComposedEnvironment) {
  const name = nameOf(environment);
  const { region } = environment;
  const application = new KubernetesNamespace(root, "application_namespace", {
    name: NAMESPACES.application,
    podReadinessGates: true,
    quota: { ...environment.sizing.pods.quota, volumes: 0 },
    flows: applicationFlows(environment),
  });
  const pooler = new KubernetesNamespace(root, "pooler_namespace", {
    name: NAMESPACES.pgbouncer,
    quota: { pods: 6, cpu: "2", memory: "2Gi", memoryLimit: "4Gi", volumes: 0 },
    flows: poolerFlows(environment),
  });
  const secrets = new KubernetesNamespace(root, "external_secrets_namespace", {
    name: NAMESPACES.externalSecrets,
    quota: { pods: 12, cpu: "2", memory: "2Gi", memoryLimit: "4Gi", volumes: 0 },
    flows: externalSecretsFlows(environment),
  });
  const monitoring = new KubernetesNamespace(root, "monitoring_namespace", {
    name: NAMESPACES.monitoring,
    // Grafana's sidecars and the operator's jobs are below the level restricted.
    podSecurity: "baseline",
    quota: { pods: 20, cpu: "4", memory: "12Gi", memoryLimit: "20Gi", volumes: 4 },
    flows: monitoringFlows(environment),
    portForwardGroups: [TOOLS_GROUP],
  });
  const nodeExporter = new KubernetesNamespace(root, "node_exporter_namespace", {
    name: NAMESPACES.nodeExporter,
    podSecurity: "privileged",
    quota: { pods: 50, cpu: "2", memory: "2Gi", memoryLimit: "4Gi", volumes: 0 },
  });
  const logging = new KubernetesNamespace(root, "logging_namespace", {
    name: NAMESPACES.logging,
    quota: { pods: 8, cpu: "2", memory: "4Gi", memoryLimit: "8Gi", volumes: 2 },
    flows: loggingFlows(),
  });
  const storageClass = new KubernetesStorageClass(root, "storage_class", {
    name: "gp3",
    kmsKeyArn: `arn:aws:kms:${region}:${environment.account.id}:alias/${name}-data`,
  });
  const definitions = new PrometheusOperatorCrds(root, "monitoring_definitions", { namespace: monitoring.name });
  const externalSecrets = new ExternalSecrets(root, "external_secrets", {
    namespace: secrets.name,
    registry: cacheOf(environment, "github"),
    monitoringApiVersion: definitions.apiVersion,
  });
  const loadBalancerController = new LoadBalancerController(root, "load_balancer_controller", {
    clusterName: name,
    region,
    vpcName: name,
    registry: cacheOf(environment, "ecr-public"),
    roleArn: roleArn(environment, "load_balancer_controller"),
  });
  new ClusterAutoscaler(root, "cluster_autoscaler", {
    clusterName: name,
    region,
    roleArn: roleArn(environment, "cluster_autoscaler"),
    imageTag: CLUSTER_AUTOSCALER,
    registry: cacheOf(environment, "kubernetes"),
  });
  return {
    application,
    pooler,
    monitoring,
    nodeExporter,
    logging,
    storageClass,
    definitions,
    externalSecrets,
    loadBalancerController,
  };
}

export type Platform = ReturnType<typeof platform>;
