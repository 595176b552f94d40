import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { z } from "zod";
import {
  CERTIFICATES,
  CONTAINER_RESOURCES,
  defineModule,
  hcl,
  IMAGE,
  jsonencode,
  OBJECT_NAME,
  readyAfter,
  resource,
  sizing,
} from "../../lib";
import { configuration, PORT } from "./configuration";
import { poolerPods } from "./deployment";
import { EXPORTER_PORT } from "./exporter";

export const Pgbouncer = defineModule({
  name: "pgbouncer",
  description:
    "PgBouncer in transaction mode: two pods in different zones, TLS to clients and verified TLS to the database, logins from Secrets of the cluster. A changed login or certificate is loaded without a restart. Session features of PostgreSQL (SET, LISTEN, advisory locks) do not work through it: migrations connect to the database.",
  providers: ["kubernetes"],
  inputs: {
    namespace: OBJECT_NAME.describe("Namespace with the Pod Security level `restricted`."),
    serviceAccountName: OBJECT_NAME.describe("Service account of the pods. They call neither AWS nor Kubernetes."),
    image: IMAGE.describe(
      "Image with PgBouncer 1.25.2 or newer, a shell and `awk`, which runs as the user 70 of Alpine's PostgreSQL.",
    ),
    exporterImage: IMAGE.describe("Image of the Prometheus exporter for PgBouncer."),
    loginsSecretName: OBJECT_NAME.describe(
      "Secret with `userlist.txt`, `databases.ini` and `exporter-url`, as `pgbouncerSecrets` makes it.",
    ),
    formerLoginsSecretName: OBJECT_NAME.describe(
      "Secret with the `userlist.txt` of the login before the last rotation, which stays valid for clients. It may be missing.",
    ),
    certificateSecretName: OBJECT_NAME.describe(
      "Secret with `tls.crt` and `tls.key`, which clients are shown, and `ca.crt`, which the exporter verifies them with.",
    ),
    serverCertificates: CERTIFICATES.describe(
      "CA certificates of the database, such as the bundle of RDS for the region.",
    ),
    poolSize: sizing(z.int().min(1).max(1000)).describe("Connections to the database for each login of a pod."),
    databaseConnections: sizing(z.int().min(3).max(20_000)).describe(
      "Connections that the database has for PgBouncer. Each pod uses a third: a rolling update has three pods.",
    ),
    clientConnections: sizing(z.int().min(10).max(20_000)).describe("Connections that a pod accepts from clients."),
    resources: sizing(CONTAINER_RESOURCES)
      .default({ cpu: "100m", memory: "64Mi", memoryLimit: "256Mi" })
      .describe("Requests and memory limit of a PgBouncer container, which uses one CPU at most."),
  },
  rules: [
    {
      inputs: ["poolSize", "databaseConnections"],
      allowed: "a pool that fits three times into the connections of the database",
      holds: ({ poolSize, databaseConnections }) => poolSize * 3 <= databaseConnections,
      condition: "var.pool_size * 3 <= var.database_connections",
      counterexample: { poolSize: 30, databaseConnections: 80 },
    },
  ],
  outputs: {
    host: z.string().describe("Host for clients, available after the pods are ready."),
    port: z.number().describe("Port for clients."),
  },
  example: {
    namespace: "pgbouncer",
    serviceAccountName: "pgbouncer",
    image: "docker.io/edoburu/pgbouncer:v1.25.2-p0",
    exporterImage: "quay.io/prometheuscommunity/pgbouncer-exporter:v0.12.1",
    loginsSecretName: "pgbouncer-logins",
    formerLoginsSecretName: "pgbouncer-former-logins",
    certificateSecretName: "pgbouncer-certificate",
    serverCertificates: `-----BEGIN CERTIFICATE-----\n${"MIIB".repeat(16)}\nMIIB\n-----END CERTIFICATE-----\n`,
    poolSize: 20,
    databaseConnections: 90,
    clientConnections: 1000,
  },
  build(scope, input) {
    const { namespace } = input;
    const data = { "pgbouncer.ini": configuration(input), "ca.pem": input.serverCertificates };
    const { metadata } = resource(scope, ConfigMapV1, "this", { metadata: { name: NAME, namespace }, data });
    const checksum = hcl<string>`sha256(${jsonencode(data)})`;
    const deployment = poolerPods(scope, {
      ...input,
      labels: LABELS,
      configuration: { name: metadata.name, checksum },
    });
    const budget = resource(scope, PodDisruptionBudgetV1, "this", {
      metadata: { name: NAME, namespace },
      spec: { maxUnavailable: "1", selector: { matchLabels: LABELS } },
    });
    resource(scope, ServiceV1, "this", {
      metadata: { name: NAME, namespace, labels: LABELS },
      spec: {
        type: "ClusterIP",
        selector: LABELS,
        port: [
          { name: "postgresql", port: PORT, targetPort: "postgresql", protocol: "TCP" },
          { name: "metrics", port: EXPORTER_PORT, targetPort: "metrics", protocol: "TCP" },
        ],
      },
    });
    return {
      host: readyAfter(`${NAME}.${namespace}.svc`, deployment, budget),
      port: PORT,
    };
  },
});

const NAME = "pgbouncer";
const LABELS = { app: NAME };
