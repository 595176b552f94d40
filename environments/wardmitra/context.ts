/** Names that the roots of WardMitra share, so that no root reads the state of another root. */
import { fullName, type Context as SystemContext } from "../common/environment";
import type { WardmitraEnvironment } from "./environment";

export const SYSTEM = "wardmitra";

/** An environment of any name. */
export type ComposedEnvironment = Omit<WardmitraEnvironment, "name"> & { readonly name: string };

export type Context = SystemContext<ComposedEnvironment>;

/** Prefix of the names of an environment's resources, and name of its cluster: `wardmitra-prod`. */
export function nameOf(environment: { readonly name: string }): string {
  return fullName(SYSTEM, environment);
}

/** Service accounts whose pods call AWS, by the ids of their roles' calls: their namespaces and names. */
export const SERVICE_ACCOUNTS = {
  api: { namespace: "wardmitra", name: "api" },
  pgbouncer_secrets: { namespace: "pgbouncer", name: "pgbouncer-secrets" },
  monitoring_secrets: { namespace: "monitoring", name: "monitoring-secrets" },
  loki: { namespace: "logging", name: "loki" },
  alertmanager: { namespace: "monitoring", name: "alertmanager" },
  yace: { namespace: "monitoring", name: "yace" },
  load_balancer_controller: { namespace: "kube-system", name: "load-balancer-controller" },
  cluster_autoscaler: { namespace: "kube-system", name: "cluster-autoscaler" },
  ebs_csi_controller: { namespace: "kube-system", name: "ebs-csi-controller-sa" },
  aws_node: { namespace: "kube-system", name: "aws-node" },
} as const;

export type ServiceAccount = keyof typeof SERVICE_ACCOUNTS;

export function roleName(environment: { readonly name: string }, account: ServiceAccount): string {
  return `${nameOf(environment)}-${SERVICE_ACCOUNTS[account].name}`;
}

export function roleArn(environment: ComposedEnvironment, account: ServiceAccount): string {
  return `arn:aws:iam::${environment.account.id}:role/${roleName(environment, account)}`;
}

export type Store = "photos" | "reports" | "models" | "assets" | "loki";

export function bucketName(environment: ComposedEnvironment, store: Store): string {
  return `${nameOf(environment)}-${store}-${environment.account.id}`;
}

/** Folder of the SSM parameters and the secrets of an environment. */
export function settingsPath({ name }: { readonly name: string }): string {
  return `${SYSTEM}/${name}`;
}

export function targetGroupName(environment: { readonly name: string }): string {
  return `${nameOf(environment)}-api`;
}

/** Images that the application's repository builds. The API's image also migrates the database. */
export const IMAGES = ["api"] as const;

/** Port of the API's pods. */
export const API_PORT = 8080;

export const DATABASE_NAME = "wardmitra";
export const DATABASE_PORT = 5432;

/** Group of people who open the tools of the namespace `monitoring`: dashboards, metrics, alerts. */
export const TOOLS_GROUP = "monitoring-tools";

/** Address of PgBouncer inside the cluster. */
export const POOLER = { host: `pgbouncer.${SERVICE_ACCOUNTS.pgbouncer_secrets.namespace}.svc`, port: 6432 } as const;
