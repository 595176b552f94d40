import { z } from "zod";
import {
  CHART_PATH,
  CHART_VERSION,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  readyAfter,
  repositoryChart,
  sizing,
} from "../../lib";

export const PrometheusOperatorCrds = defineModule({
  name: "prometheus-operator-crds",
  description:
    "Definitions of the custom resources of Prometheus Operator, in a release of their own: Helm upgrades them with it, and would never upgrade those in the folder `crds` of a chart. Their deletion deletes every rule, monitor and Prometheus of the cluster.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace of Helm's record; the definitions are for the whole cluster."),
    chartVersion: sizing(CHART_VERSION)
      .default("31.0.1")
      .describe("Version of the chart, with the same version of the operator as `kube-prometheus-stack`."),
    chartPath: CHART_PATH,
  },
  outputs: {
    namespace: z
      .string()
      .describe("The namespace, available after the definitions exist, for releases with such objects."),
    apiVersion: z
      .string()
      .describe("API version of monitors, probes and rules, available after the definitions exist."),
  },
  example: { namespace: "monitoring" },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: "prometheus-operator-crds",
      namespace: input.namespace,
      ...repositoryChart("https://prometheus-community.github.io/helm-charts", "prometheus-operator-crds", input),
      values: {},
    });
    return {
      namespace: readyAfter(input.namespace, release),
      apiVersion: readyAfter("monitoring.coreos.com/v1", release),
    };
  },
});
