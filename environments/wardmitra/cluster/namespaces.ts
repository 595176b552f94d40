/** Names of the namespaces. */
export const NAMESPACES = {
  application: "wardmitra",
  pgbouncer: "pgbouncer",
  externalSecrets: "external-secrets",
  monitoring: "monitoring",
  nodeExporter: "node-exporter",
  logging: "logging",
} as const;
