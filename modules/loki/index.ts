import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  BYTES,
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  defineModule,
  hcl,
  helmRelease,
  isSet,
  OBJECT_NAME,
  REGION,
  REGISTRY,
  readyAfter,
  repositoryChart,
  type ServiceAccountValues,
  serviceAccountWithRole,
  sizing,
  type Value,
} from "../../lib";

const SERVICE_ACCOUNT = "loki";
const PORT = 3100;

export const Loki = defineModule({
  name: "loki",
  description:
    "Loki as one process: logs of the cluster on S3, with a volume for what is not uploaded yet. Old logs are deleted by Loki, so that the bucket needs no lifecycle rule for them.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace of Loki, with the Pod Security level `restricted`."),
    chartVersion: sizing(CHART_VERSION)
      .default("18.11.0")
      .describe("Version of the chart of the Grafana community, which has replaced the one of Grafana."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("docker.io").describe("Registry of the images."),
    region: REGION.describe("Region of the bucket."),
    bucketName: BUCKET_NAME.describe("Bucket of the logs."),
    roleArn: arnOf("iam").describe(
      `Role that may use the objects of the bucket; its trust policy names the service account \`${SERVICE_ACCOUNT}\`.`,
    ),
    storageClassName: OBJECT_NAME.describe("Class of the volume."),
    retentionDays: sizing(z.int().min(1).max(3650)).default(30).describe("Days after which logs are deleted."),
    memory: sizing(BYTES).default("1Gi").describe("Memory that Loki requests."),
    memoryLimit: sizing(BYTES).default("2Gi").describe("Memory limit of Loki."),
    monitoringApiVersion: z
      .string()
      .nullable()
      .default(null)
      .describe("Output of `prometheus-operator-crds`, for a ServiceMonitor; null makes none."),
  },
  outputs: { url: z.string().describe("URL for clients in the cluster, available after Loki is ready.") },
  example: {
    namespace: "logging",
    region: "eu-central-1",
    bucketName: "shop-dev-loki-111122223333",
    roleArn: "arn:aws:iam::111122223333:role/shop-dev-loki",
    storageClassName: "gp3",
  },
  build(scope, input) {
    const bucket = input.bucketName;
    const release = helmRelease(scope, {
      name: "loki",
      namespace: input.namespace,
      ...repositoryChart("https://grafana-community.github.io/helm-charts", "loki", input),
      values: {
        global: { imageRegistry: input.registry },
        deploymentMode: "Monolithic",
        loki: {
          auth_enabled: false,
          analytics: { reporting_enabled: false },
          commonConfig: { replication_factor: 1 },
          storage: {
            type: "s3",
            bucketNames: { chunks: bucket, ruler: bucket },
            s3: { region: input.region },
          },
          schemaConfig: {
            configs: [
              {
                from: "2026-01-01",
                store: "tsdb",
                object_store: "s3",
                schema: "v13",
                index: { prefix: "loki_index_", period: "24h" },
              },
            ],
          },
          limits_config: {
            retention_period: `${hcl<number>`${input.retentionDays} * 24`}h`,
            allow_structured_metadata: true,
            reject_old_samples_max_age: "168h",
          },
          compactor: { retention_enabled: true, delete_request_store: "s3" },
        },
        serviceAccount: serviceAccountWithRole(SERVICE_ACCOUNT, input.roleArn),
        singleBinary: {
          replicas: 1,
          resources: { requests: { cpu: "200m", memory: input.memory }, limits: { memory: input.memoryLimit } },
          persistence: { enabled: true, size: "20Gi", storageClass: input.storageClassName },
        },
        // It loads alerting rules of Loki from every ConfigMap and Secret of the cluster.
        sidecar: { rules: OFF },
        ...SCALED_PARTS_OFF,
        // The namespace has network policies.
        networkPolicy: { enabled: false },
        monitoring: { serviceMonitor: { enabled: isSet(input.monitoringApiVersion) } },
      } satisfies Values,
    });
    return { url: readyAfter(`http://loki.${input.namespace}.svc:${PORT}`, release) };
  },
});

const OFF: Switched = { enabled: false };
const NONE: Part = { replicas: 0 };

/** Parts of larger installations, and pods that only test. */
const SCALED_PARTS_OFF: ScaledParts = {
  read: NONE,
  write: NONE,
  backend: NONE,
  chunksCache: OFF,
  resultsCache: OFF,
  lokiCanary: OFF,
  test: OFF,
  gateway: OFF,
};

interface Switched {
  readonly enabled: Value<boolean>;
}

interface Part {
  readonly replicas: number;
}

type ScaledParts = Readonly<
  Record<"read" | "write" | "backend", Part> &
    Record<"chunksCache" | "resultsCache" | "lokiCanary" | "test" | "gateway", Switched>
>;

/** @see https://github.com/grafana-community/helm-charts/blob/loki-18.11.0/charts/loki/values.yaml */
interface Values extends ScaledParts {
  readonly global: { readonly imageRegistry: Value<string> };
  readonly deploymentMode: "Monolithic";
  readonly loki: {
    readonly auth_enabled: boolean;
    readonly analytics: { readonly reporting_enabled: boolean };
    readonly commonConfig: { readonly replication_factor: number };
    readonly storage: {
      readonly type: "s3";
      readonly bucketNames: Readonly<Record<"chunks" | "ruler", Value<string>>>;
      readonly s3: { readonly region: Value<string> };
    };
    /** Loki's own configuration, which the chart copies. */
    readonly schemaConfig: {
      readonly configs: readonly (Readonly<Record<"from" | "store" | "object_store" | "schema", string>> & {
        readonly index: Readonly<Record<"prefix" | "period", string>>;
      })[];
    };
    readonly limits_config: {
      readonly retention_period: string;
      readonly allow_structured_metadata: boolean;
      readonly reject_old_samples_max_age: string;
    };
    readonly compactor: { readonly retention_enabled: boolean; readonly delete_request_store: string };
  };
  readonly serviceAccount: ServiceAccountValues;
  readonly singleBinary: {
    readonly replicas: number;
    readonly resources: ContainerResources;
    readonly persistence: Switched & { readonly size: string; readonly storageClass: Value<string> };
  };
  readonly sidecar: { readonly rules: Switched };
  readonly networkPolicy: Switched;
  readonly monitoring: { readonly serviceMonitor: Switched };
}
