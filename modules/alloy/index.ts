import { z } from "zod";
import {
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  type ContainerSecurityContext,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  type PodSecurityContext,
  REGISTRY,
  RESTRICTED_POD,
  repositoryChart,
  sizing,
  text,
  type Value,
} from "../../lib";
import { pipeline } from "./pipeline";

export const Alloy = defineModule({
  name: "alloy",
  description:
    "Grafana Alloy, which sends the logs of all pods and the events of the cluster to Loki. It reads them from the Kubernetes API, without root and without the nodes' file systems, and may read nothing else there.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace of Alloy, with the Pod Security level `restricted`."),
    chartVersion: sizing(CHART_VERSION).default("1.11.1").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("docker.io").describe("Registry of the image."),
    lokiUrl: text(/^https?:\/\/[a-z0-9.:-]+$/, "a URL without a path", "loki").describe("URL of Loki: its output."),
  },
  outputs: { releaseName: z.string().describe("Name of the release.") },
  example: { namespace: "logging", lokiUrl: "http://loki.logging.svc:3100" },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: "alloy",
      namespace: input.namespace,
      ...repositoryChart("https://grafana.github.io/helm-charts", "alloy", input),
      values: {
        image: { registry: input.registry },
        crds: { create: false },
        // One pod reads each log once.
        controller: { type: "deployment", replicas: 1, podDisruptionBudget: { enabled: false } },
        serviceAccount: { name: "alloy" },
        configReloader: { enabled: false },
        // The default reads every Secret and ConfigMap of the cluster.
        rbac: {
          rules: [
            {
              apiGroups: [""],
              resources: ["pods", "pods/log", "namespaces", "events"],
              verbs: ["get", "list", "watch"],
            },
          ],
          // The chart renders an empty list as broken YAML.
          clusterRules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }],
        },
        alloy: {
          enableReporting: false,
          securityContext: {
            ...RESTRICTED_POD,
            runAsUser: 473,
            runAsGroup: 473,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
          resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
          configMap: { content: pipeline(input.lokiUrl) },
        },
      } satisfies Values,
    });
    return { releaseName: release.name };
  },
});

/** @see https://github.com/grafana/alloy/blob/helm-chart/1.11.1/operations/helm/charts/alloy/values.yaml */
interface Values {
  readonly image: { readonly registry: Value<string> };
  readonly crds: { readonly create: boolean };
  readonly controller: {
    readonly type: "deployment";
    readonly replicas: number;
    readonly podDisruptionBudget: { readonly enabled: boolean };
  };
  readonly serviceAccount: { readonly name: string };
  readonly configReloader: { readonly enabled: boolean };
  readonly rbac: {
    readonly rules: readonly Readonly<Record<"apiGroups" | "resources" | "verbs", readonly string[]>>[];
    readonly clusterRules: readonly Readonly<Record<"nonResourceURLs" | "verbs", readonly string[]>>[];
  };
  readonly alloy: {
    readonly enableReporting: boolean;
    readonly securityContext: PodSecurityContext &
      Pick<ContainerSecurityContext, "allowPrivilegeEscalation" | "capabilities">;
    readonly resources: ContainerResources;
    readonly configMap: { readonly content: Value<string> };
  };
}
