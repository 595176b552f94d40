/** Images of public registries that the pods of the cluster run. Nodes pull them from the registry of the account, which caches them. */
import type { ComposedEnvironment } from "./context";

/** Public registries by the prefixes of their caches, with the repositories that the charts and modules use. */
export const PUBLIC_REGISTRIES = {
  "docker-hub": {
    url: "registry-1.docker.io",
    repositories: ["curlimages/curl", "edoburu/pgbouncer", "grafana/alloy", "grafana/grafana", "grafana/loki"],
  },
  "ecr-public": { url: "public.ecr.aws", repositories: ["eks/aws-load-balancer-controller"] },
  github: {
    url: "ghcr.io",
    repositories: ["external-secrets/external-secrets", "jkroepke/kube-webhook-certgen"],
  },
  kubernetes: {
    url: "registry.k8s.io",
    repositories: ["autoscaling/cluster-autoscaler", "kube-state-metrics/kube-state-metrics"],
  },
  quay: {
    url: "quay.io",
    repositories: [
      "kiwigrid/k8s-sidecar",
      "prometheus-operator/prometheus-config-reloader",
      "prometheus-operator/prometheus-operator",
      "prometheus/alertmanager",
      "prometheus/blackbox-exporter",
      "prometheus/node-exporter",
      "prometheus/prometheus",
      "prometheuscommunity/pgbouncer-exporter",
      "prometheuscommunity/yet-another-cloudwatch-exporter",
    ],
  },
} as const;

export type PublicRegistry = keyof typeof PUBLIC_REGISTRIES;

/** Host and prefix of the cache of a public registry. */
export function cacheOf({ account, region }: ComposedEnvironment, registry: PublicRegistry): string {
  return `${account.id}.dkr.ecr.${region}.amazonaws.com/${registry}`;
}
