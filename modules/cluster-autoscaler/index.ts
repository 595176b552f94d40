import { z } from "zod";
import {
  arnOf,
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  type ContainerSecurityContext,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  type PodSecurityContext,
  REGION,
  REGISTRY,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  repositoryChart,
  type ServiceAccountValues,
  serviceAccountWithRole,
  sizing,
  text,
  type Value,
} from "../../lib";

const REPOSITORY = "https://kubernetes.github.io/autoscaler";
const SERVICE_ACCOUNT = "cluster-autoscaler";

export const ClusterAutoscaler = defineModule({
  name: "cluster-autoscaler",
  description:
    "Cluster Autoscaler: adds nodes to managed node groups for pods that fit on none, and removes nodes that are not needed. It finds the groups by the tags that EKS sets.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.default("kube-system").describe("Namespace of the autoscaler."),
    clusterName: z.string().min(1).describe("Name of the EKS cluster."),
    region: REGION.describe("Region of the cluster."),
    roleArn: arnOf("iam").describe(
      `Role that may resize the groups of the cluster; its trust policy names the service account \`${SERVICE_ACCOUNT}\`.`,
    ),
    imageTag: sizing(text(/^v1\.\d+\.\d+$/, "an exact version such as v1.36.1", "latest")).describe(
      "Version of the autoscaler. Its minor version is the one of the cluster, and is raised after the nodes.",
    ),
    chartVersion: sizing(CHART_VERSION).default("9.59.0").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("registry.k8s.io").describe("Registry of the image."),
  },
  outputs: { releaseName: z.string().describe("Name of the release.") },
  example: {
    clusterName: "shop-dev",
    region: "eu-central-1",
    roleArn: "arn:aws:iam::111122223333:role/shop-dev-cluster-autoscaler",
    imageTag: "v1.36.1",
  },
  build(scope, input) {
    const values: Values = {
      autoDiscovery: { clusterName: input.clusterName },
      awsRegion: input.region,
      image: { repository: `${input.registry}/autoscaling/cluster-autoscaler`, tag: input.imageTag },
      rbac: { serviceAccount: serviceAccountWithRole(SERVICE_ACCOUNT, input.roleArn) },
      resources: { requests: { cpu: "50m", memory: "300Mi" }, limits: { memory: "600Mi" } },
      securityContext: { ...RESTRICTED_POD, runAsUser: 65534 },
      containerSecurityContext: RESTRICTED_CONTAINER,
      extraArgs: {
        "balance-similar-node-groups": true,
        "skip-nodes-with-local-storage": false,
        expander: "least-waste",
      },
    };
    const release = helmRelease(scope, {
      name: SERVICE_ACCOUNT,
      namespace: input.namespace,
      ...repositoryChart(REPOSITORY, "cluster-autoscaler", input),
      values,
    });
    return { releaseName: release.name };
  },
});

/** @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-chart-9.59.0/charts/cluster-autoscaler/values.yaml */
interface Values {
  readonly autoDiscovery: { readonly clusterName: Value<string> };
  readonly awsRegion: Value<string>;
  readonly image: { readonly repository: string; readonly tag: Value<string> };
  readonly rbac: { readonly serviceAccount: ServiceAccountValues };
  readonly resources: ContainerResources;
  readonly securityContext: PodSecurityContext;
  readonly containerSecurityContext: ContainerSecurityContext;
  readonly extraArgs: Readonly<Record<string, string | boolean>>;
}
