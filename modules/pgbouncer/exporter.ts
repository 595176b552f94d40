/** The Prometheus exporter beside PgBouncer. */
import { type Expression, RESTRICTED_CONTAINER } from "../../lib";

export const EXPORTER_PORT = 9127;

export function exporter(image: Expression<string>, loginsSecretName: Expression<string>) {
  return {
    name: "exporter",
    image,
    port: [{ name: "metrics", containerPort: EXPORTER_PORT, protocol: "TCP" }],
    env: [
      {
        name: "PGBOUNCER_EXPORTER_CONNECTION_STRING",
        valueFrom: { secretKeyRef: { name: loginsSecretName, key: "exporter-url" } },
      },
    ],
    resources: { requests: { cpu: "10m", memory: "24Mi" }, limits: { memory: "64Mi" } },
    securityContext: RESTRICTED_CONTAINER,
  };
}
