/** Roles of service accounts (IRSA): one each, with the permissions that its pods need. */
import type { EksCluster } from "../../../modules/eks-cluster";
import { IrsaRole } from "../../../modules/irsa-role";
import { workloadsBoundaryArn } from "../../common/delivery";
import { type Context, roleName, SERVICE_ACCOUNTS, type ServiceAccount } from "../context";
import { permissions } from "./permissions";

const PURPOSES: Readonly<Record<ServiceAccount, string>> = {
  api: "API: photos, reports, its settings and its login",
  pgbouncer_secrets: "PgBouncer: the logins of its users",
  monitoring_secrets: "Monitoring: passwords of its tools",
  loki: "Loki: chunks of logs",
  alertmanager: "Alertmanager: publishes alerts",
  yace: "YACE: reads metrics of CloudWatch",
  load_balancer_controller: "Load balancer controller: registers pods as targets",
  cluster_autoscaler: "Cluster autoscaler: changes the number of nodes",
  ebs_csi_controller: "EBS CSI driver: makes and attaches disks",
  aws_node: "VPC CNI: assigns addresses to pods",
};

export function role(context: Context, cluster: InstanceType<typeof EksCluster>, account: ServiceAccount) {
  const { root, environment } = context;
  const { namespace, name } = SERVICE_ACCOUNTS[account];
  return new IrsaRole(root, `${account}_role`, {
    name: roleName(environment, account),
    description: PURPOSES[account],
    providerArn: cluster.oidcProviderArn,
    issuer: cluster.oidcIssuer,
    namespace,
    serviceAccount: name,
    ...permissions(context, account),
    permissionsBoundaryArn: workloadsBoundaryArn(environment.account),
  });
}

/** The others are made with the add-ons that use them. */
const OF_PODS = [
  "api",
  "pgbouncer_secrets",
  "monitoring_secrets",
  "loki",
  "alertmanager",
  "yace",
  "load_balancer_controller",
  "cluster_autoscaler",
] as const satisfies readonly ServiceAccount[];

export function rolesOfPods(context: Context, cluster: InstanceType<typeof EksCluster>): void {
  for (const account of OF_PODS) role(context, cluster, account);
}
