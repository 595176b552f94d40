/**
 * The network: no route to the internet, endpoints for AWS services, and the connections that security groups allow.
 */
import { values } from "../../lib";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { limitedEndpoints, requiredEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { vpcWithGateways } from "../common/network";
import { type Context, documentsBucketName } from "./context";
import { ACTIONS, SERVICE_NAMES, SERVICES } from "./services";

/** Everything that runs as a task, migrations included. */
const TASKS = [...SERVICE_NAMES, "migrations"] as const;

export function network(context: Context) {
  const { root, environment, name } = context;
  const { vpc, gateways } = vpcWithGateways(context, [`arn:aws:s3:::${documentsBucketName(environment)}`], {
    natGateways: environment.sizing.natGateways,
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
    peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: gateways.s3PrefixListId } },
    connections: connections(allowedConnections()),
  });
  const services = requiredEndpoints({ actions: Object.values(ACTIONS).flat(), secrets: true });
  const limited = Object.entries(
    limitedEndpoints(Object.keys(services), Object.keys(environment.zones), environment.zoneIds),
  );
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: environment.account.id,
    region: environment.region,
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
