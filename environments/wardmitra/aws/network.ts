/** The network: three tiers, ways to AWS services that stay inside, and the connections that security groups allow. */
import { type Expression, values } from "../../../lib";
import { SecurityGroups } from "../../../modules/security-groups";
import { type Connection, connections } from "../../../modules/security-groups/connections";
import { VpcInterfaceEndpoints } from "../../../modules/vpc-interface-endpoints";
import { vpcWithGateways } from "../../common/network";
import { API_PORT, bucketName, type Context, type Store } from "../context";
import { migrationBuckets, migrationNetwork } from "../rehearsal/place";
import { ENDPOINT_SERVICES, UNSIGNED_ACTIONS } from "./endpoints";

/** Buckets that pods use. Clients read the assets through CloudFront. */
const BUCKETS_OF_PODS: readonly Store[] = ["photos", "reports", "models", "loki"];

export function vpc(context: Context) {
  const { environment } = context;
  const arn = (store: Store) => `arn:aws:s3:::${bucketName(environment, store)}`;
  return vpcWithGateways(context, [...BUCKETS_OF_PODS.map(arn), ...migrationBuckets(environment)], {
    natGateways: environment.sizing.natGateways,
    // Loki deletes chunks after their retention.
    deletableBucketArns: [arn("loki")],
  });
}

/** @param clusterGroupId security group that EKS makes for the control plane and the nodes */
export function securityGroups(
  { root, name, environment }: Context,
  network: ReturnType<typeof vpc>,
  clusterGroupId: Expression<string>,
) {
  const migration = migrationNetwork(environment, network.gateways.s3PrefixListId);
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: network.vpc.id,
    groups: {
      "load-balancer": "Load balancer",
      database: "Database",
      endpoints: "Interface endpoints of AWS services",
      rotation: "Function that rotates the login of the database",
      runner: "Runner that plans and applies the cluster root",
      ...migration.groups,
    },
    peers: { internet: { cidr: "0.0.0.0/0" }, cluster: { securityGroup: { id: clusterGroupId } }, ...migration.peers },
    connections: connections([...ALLOWED, ...migration.connections]),
  });
  const { account, region } = environment;
  new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: account.id,
    region,
    vpcId: network.vpc.id,
    subnetIds: values(network.vpc.privateSubnetIds),
    securityGroupId: groups.ids.at("endpoints"),
    services: ENDPOINT_SERVICES,
    unsignedActions: UNSIGNED_ACTIONS,
  });
  root.output(
    "runner_security_group",
    groups.ids.at("runner"),
    "Security group of the runner, for the cluster and AWS; its way to GitHub is a second group (docs/delivery.md).",
  );
  return groups;
}

/** The cluster's own group allows its nodes every connection among each other and every connection out. */
const ALLOWED: readonly Connection[] = [
  { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
  { from: "load-balancer", to: "cluster", port: API_PORT, description: "Requests to the pods of the API" },
  { from: "cluster", to: "database", port: 5432, description: "PostgreSQL for PgBouncer and migrations" },
  { from: "rotation", to: "database", port: 5432, description: "PostgreSQL for the rotation" },
  { from: "rotation", to: "endpoints", port: 443, description: "Secrets Manager for the rotation" },
  { from: "cluster", to: "endpoints", port: 443, description: "AWS services for nodes and pods" },
  { from: "runner", to: "cluster", port: 443, description: "Kubernetes API for the runner" },
  { from: "runner", to: "endpoints", port: 443, description: "AWS services for the runner" },
];
