import { z } from "zod";
import {
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  REGISTRY,
  readyAfter,
  repositoryChart,
  sizing,
  type Value,
} from "../../lib";

const FULL_NAME = "blackbox-exporter";

export const BlackboxExporter = defineModule({
  name: "blackbox-exporter",
  description:
    "Blackbox exporter, with which Prometheus calls URLs as a client does: with the module `http_2xx`, over TLS only and without redirects.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace of the exporter."),
    chartVersion: sizing(CHART_VERSION).default("11.17.2").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("quay.io").describe("Registry of the image."),
  },
  outputs: { address: z.string().describe("Host and port, as a Probe's prober has it, available after it is ready.") },
  example: { namespace: "monitoring" },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: FULL_NAME,
      namespace: input.namespace,
      ...repositoryChart("https://prometheus-community.github.io/helm-charts", "prometheus-blackbox-exporter", input),
      values: {
        fullnameOverride: FULL_NAME,
        image: { registry: input.registry },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
        config: {
          modules: {
            http_2xx: {
              prober: "http",
              timeout: "5s",
              http: {
                valid_http_versions: ["HTTP/1.1", "HTTP/2.0"],
                follow_redirects: false,
                fail_if_not_ssl: true,
                preferred_ip_protocol: "ip4",
              },
            },
          },
        },
      } satisfies Values,
    });
    return { address: readyAfter(`${FULL_NAME}.${input.namespace}.svc:9115`, release) };
  },
});

/** @see https://github.com/prometheus-community/helm-charts/blob/prometheus-blackbox-exporter-11.17.2/charts/prometheus-blackbox-exporter/values.yaml */
interface Values {
  readonly fullnameOverride: string;
  readonly image: { readonly registry: Value<string> };
  readonly resources: ContainerResources;
  /** @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md */
  readonly config: {
    readonly modules: {
      readonly http_2xx: {
        readonly prober: "http";
        readonly timeout: string;
        readonly http: {
          readonly valid_http_versions: readonly string[];
          readonly follow_redirects: boolean;
          readonly fail_if_not_ssl: boolean;
          readonly preferred_ip_protocol: "ip4";
        };
      };
    };
  };
}
