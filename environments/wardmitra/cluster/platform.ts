/** What the applications of the cluster rely on: namespaces, and controllers that act on AWS for them. */
import type { Root } from "../../../lib";
import { ClusterAutoscaler } from "../../../modules/cluster-autoscaler";
import { ExternalSecrets } from "../../../modules/external-secrets";
import { KubernetesNamespace } from "../../../modules/kubernetes-namespace";
import { LoadBalancerController } from "../../../modules/load-balancer-controller";
import { type ComposedEnvironment, nameOf, roleArn } from "../context";
import { CLUSTER_AUTOSCALER } from "../versions";
import { applicationFlows, externalSecretsFlows, poolerFlows } from "./flows";
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
  const externalSecrets = new ExternalSecrets(root, "external_secrets", { namespace: secrets.name });
  const loadBalancerController = new LoadBalancerController(root, "load_balancer_controller", {
    clusterName: name,
    region,
    vpcName: name,
    roleArn: roleArn(environment, "load_balancer_controller"),
  });
  new ClusterAutoscaler(root, "cluster_autoscaler", {
    clusterName: name,
    region,
    roleArn: roleArn(environment, "cluster_autoscaler"),
    imageTag: CLUSTER_AUTOSCALER,
  });
  return { application, pooler, externalSecrets, loadBalancerController };
}

export type Platform = ReturnType<typeof platform>;
