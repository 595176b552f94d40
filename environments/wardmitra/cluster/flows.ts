/** Connections that the network policies of the namespaces allow, beside DNS. */
import { API_PORT, type ComposedEnvironment } from "../context";
import { NAMESPACES } from "./namespaces";

const HTTPS = 443;
const POSTGRESQL = 5432;
const POOLER = 6432;
/** Port of the webhooks: pods, which the control plane calls. */
const WEBHOOKS = 10_250;
/** Port of Loki, and that of Alloy's metrics. */
const LOKI = 3100;
const ALLOY = 12_345;
/** Metrics of kubelet, node-exporter, CoreDNS, PgBouncer, External Secrets, Loki and Alloy. */
const METRICS = [WEBHOOKS, 9100, 9153, 9127, 8080, LOKI, ALLOY];
const PROMETHEUS = { "app.kubernetes.io/name": "prometheus" };

const ANYWHERE = "0.0.0.0/0";

/** AWS and the Kubernetes API: their addresses are those of services and of S3, which no policy can name. */
const TO_APIS = { direction: "egress", ports: [HTTPS], peerCidr: ANYWHERE } as const;

function fromPrometheus(ports: readonly number[], pods: Readonly<Record<string, string>> = {}) {
  return { direction: "ingress", ports, pods, peerNamespace: NAMESPACES.monitoring, peerPods: PROMETHEUS } as const;
}

export function applicationFlows({ cidr }: ComposedEnvironment) {
  return {
    "from-load-balancer": { direction: "ingress", ports: [API_PORT], pods: { app: "api" }, peerCidr: cidr },
    "to-pgbouncer": {
      direction: "egress",
      ports: [POOLER],
      peerNamespace: NAMESPACES.pgbouncer,
      peerPods: { app: "pgbouncer" },
    },
    // Migrations use features of a session.
    "migrations-to-database": { direction: "egress", ports: [POSTGRESQL], pods: { app: "migration" }, peerCidr: cidr },
    "to-apis": TO_APIS,
  } as const;
}

export function poolerFlows({ cidr }: ComposedEnvironment) {
  const pods = { app: "pgbouncer" };
  return {
    "from-application": { direction: "ingress", ports: [POOLER], pods, peerNamespace: NAMESPACES.application },
    "from-prometheus": fromPrometheus([9127], pods),
    "to-database": { direction: "egress", ports: [POSTGRESQL], pods, peerCidr: cidr },
  } as const;
}

export function externalSecretsFlows({ cidr }: ComposedEnvironment) {
  return {
    "from-control-plane": { direction: "ingress", ports: [WEBHOOKS], peerCidr: cidr },
    "from-prometheus": fromPrometheus([8080]),
    "to-apis": TO_APIS,
  } as const;
}

export function monitoringFlows({ cidr }: ComposedEnvironment) {
  const grafana = { "app.kubernetes.io/name": "grafana" };
  return {
    ...within(NAMESPACES.monitoring),
    "from-control-plane": { direction: "ingress", ports: [WEBHOOKS], peerCidr: cidr },
    "to-metrics": { direction: "egress", ports: METRICS, pods: PROMETHEUS, peerCidr: cidr },
    "to-loki": { direction: "egress", ports: [LOKI], pods: grafana, peerNamespace: NAMESPACES.logging },
    "to-apis": TO_APIS,
  } as const;
}

export function loggingFlows() {
  return {
    ...within(NAMESPACES.logging),
    "from-monitoring": { direction: "ingress", ports: [LOKI, ALLOY], peerNamespace: NAMESPACES.monitoring },
    "to-apis": TO_APIS,
  } as const;
}

function within(peerNamespace: string) {
  return {
    "within-from": { direction: "ingress", ports: [], peerNamespace },
    "within-to": { direction: "egress", ports: [], peerNamespace },
  } as const;
}
