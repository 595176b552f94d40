import { z } from "zod";
import {
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  type ContainerSecurityContext,
  defineModule,
  helmRelease,
  isSet,
  OBJECT_NAME,
  type PodSecurityContext,
  REGISTRY,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  readyAfter,
  repositoryChart,
  sizing,
  type Value,
} from "../../lib";

const REPOSITORY = "https://charts.external-secrets.io";
const IMAGE = "external-secrets/external-secrets";

export const ExternalSecrets = defineModule({
  name: "external-secrets",
  description:
    "External Secrets Operator, which copies secrets of AWS into Secrets of the cluster. It has no AWS role: each store names a service account with a role of its own. Stores and secrets for the whole cluster are switched off.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace of the operator, with the Pod Security level `restricted`."),
    chartVersion: sizing(CHART_VERSION)
      .default("2.9.0")
      .describe("Version of the chart. Its project supports only the newest minor version."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("ghcr.io").describe("Registry of the images."),
    monitoringApiVersion: z
      .string()
      .nullable()
      .default(null)
      .describe("Output of `prometheus-operator-crds`, for a ServiceMonitor; null makes none."),
  },
  outputs: {
    apiVersion: z.string().describe("API version of stores and secrets, available after the webhook answers."),
  },
  example: { namespace: "external-secrets" },
  build(scope, input) {
    const image = { repository: `${input.registry}/${IMAGE}` };
    const values: Values = {
      installCRDs: true,
      replicaCount: 2,
      leaderElect: true,
      image,
      podSecurityContext: RESTRICTED_POD,
      securityContext: CONTAINER,
      processClusterExternalSecret: false,
      processClusterStore: false,
      processClusterPushSecret: false,
      processPushSecret: false,
      crds: {
        createClusterExternalSecret: false,
        createClusterSecretStore: false,
        createClusterPushSecret: false,
        createPushSecret: false,
      },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      serviceMonitor: { enabled: isSet(input.monitoringApiVersion), renderMode: "alwaysRender" },
      webhook: {
        image,
        replicaCount: 2,
        podSecurityContext: RESTRICTED_POD,
        securityContext: CONTAINER,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
      },
      certController: {
        image,
        podSecurityContext: RESTRICTED_POD,
        securityContext: CONTAINER,
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      },
    };
    const release = helmRelease(scope, {
      name: "external-secrets",
      namespace: input.namespace,
      ...repositoryChart(REPOSITORY, "external-secrets", input),
      values,
    });
    return { apiVersion: readyAfter("external-secrets.io/v1", release) };
  },
});

/** User of the image. */
const CONTAINER = { ...RESTRICTED_CONTAINER, runAsUser: 1000 };

interface Workload {
  readonly image: { readonly repository: string };
  readonly replicaCount?: number;
  readonly podSecurityContext: PodSecurityContext;
  readonly securityContext: ContainerSecurityContext;
  readonly podDisruptionBudget?: { readonly enabled: boolean; readonly maxUnavailable: number };
  readonly resources: ContainerResources;
}

/** @see https://github.com/external-secrets/external-secrets/blob/helm-chart-2.9.0/deploy/charts/external-secrets/values.yaml */
interface Values extends Workload {
  readonly installCRDs: boolean;
  readonly leaderElect: boolean;
  readonly processClusterExternalSecret: boolean;
  readonly processClusterStore: boolean;
  readonly processClusterPushSecret: boolean;
  readonly processPushSecret: boolean;
  readonly crds: Readonly<
    Record<
      "createClusterExternalSecret" | "createClusterSecretStore" | "createClusterPushSecret" | "createPushSecret",
      boolean
    >
  >;
  readonly serviceMonitor: { readonly enabled: Value<boolean>; readonly renderMode: "alwaysRender" };
  readonly webhook: Workload;
  readonly certController: Workload;
}
