/** The network: three tiers in each zone, no way out but to AWS services, and who may talk to whom. */
import { values } from "../../lib";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { VpcGatewayEndpoints } from "../../modules/vpc-gateway-endpoints";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { limitedEndpoints, requiredEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { workloadsBoundaryArn } from "../accounts";
import { type Context, documentsBucketName } from "./context";
import { ACTIONS, SERVICE_NAMES, SERVICES } from "./services";

/** Everything that runs as a task, one-off migrations included. */
const TASKS = [...SERVICE_NAMES, "migrations"] as const;

export function network({ root, environment, name, logsKeyArn }: Context) {
  const { account, region, sizing } = environment;
  const subnets = planSubnets(environment);
  const vpc = new Vpc(root, "vpc", {
    name,
    accountId: account.id,
    cidr: environment.cidr,
    subnets,
    natGateways: sizing.natGateways,
    logKmsKeyArn: logsKeyArn,
    flowLogRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const gateway = new VpcGatewayEndpoints(root, "gateway_endpoints", {
    name,
    vpcId: vpc.id,
    accountId: account.id,
    region,
    routeTableIds: Object.keys(subnets)
      .filter((key) => subnets[key]?.tier === "private")
      .map((key) => vpc.routeTableIds.at(key)),
    bucketArns: [`arn:aws:s3:::${documentsBucketName(environment)}`],
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      "load-balancer": "Load balancer",
      ...Object.fromEntries(TASKS.map((task) => [task, `Tasks of ${task}`])),
      database: "Database",
      endpoints: "Interface endpoints of AWS services",
    },
    peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: gateway.s3PrefixListId } },
    connections: connections(allowedConnections()),
  });
  const services = requiredEndpoints({ actions: Object.values(ACTIONS).flat(), secrets: true });
  const limited = Object.entries(
    limitedEndpoints(Object.keys(services), Object.keys(environment.zones), environment.zoneIds),
  );
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: account.id,
    region,
    vpcId: vpc.id,
    subnetIds: values(vpc.privateSubnetIds),
    subnetIdsOf: Object.fromEntries(
      limited.map(([service, zones]) => [service, zones.map((zone) => vpc.privateSubnetIds.at(`private/${zone}`))]),
    ),
    securityGroupId: groups.ids.at("endpoints"),
    services,
  });
  return { vpc, groups, taskSubnetIds: endpoints.subnetIds };
}

export type Network = ReturnType<typeof network>;

function allowedConnections(): Connection[] {
  const toServices = SERVICE_NAMES.flatMap((service): Connection[] => {
    const { ingress } = SERVICES[service];
    if (ingress === null) return [];
    return [{ from: "load-balancer", to: service, port: ingress.port, description: `Requests to ${service}` }];
  });
  const fromTasks = TASKS.flatMap((task): Connection[] => [
    { from: task, to: "endpoints", port: 443, description: `AWS services for ${task}` },
    { from: task, to: "s3", port: 443, description: `Image layers and documents for ${task}` },
  ]);
  const toDatabase = TASKS.filter((task) => task === "migrations" || SERVICES[task].usesDatabase).map(
    (task): Connection => ({ from: task, to: "database", port: 5432, description: `PostgreSQL for ${task}` }),
  );
  return [
    { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
    ...toServices,
    ...fromTasks,
    ...toDatabase,
  ];
}
