/**
 * The network: no route to the internet, endpoints for AWS services, and the connections that security groups allow.
 */
import { values } from "../../lib";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { requiredEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { vpcWithGateways } from "../common/network";
import type { Context } from "./context";
import { ACTIONS, API_PORT, TEST_PORT } from "./services";

export function network(context: Context) {
  const { root, environment, name } = context;
  const { account, region, testers } = environment;
  const { vpc, gateways } = vpcWithGateways(context, []);
  const testing = Object.fromEntries(Object.entries(testers).map(([who, block]) => [who, { cidr: block }]));
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      "load-balancer": "Load balancer",
      api: "Tasks of the API",
      worker: "Tasks of the worker",
      migrations: "Tasks of migrations",
      database: "Database",
      endpoints: "Interface endpoints of AWS services",
    },
    peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: gateways.s3PrefixListId }, ...testing },
    connections: connections([...ALLOWED, ...Object.keys(testing).map(toTestPort)]),
  });
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: account.id,
    region,
    vpcId: vpc.id,
    subnetIds: values(vpc.privateSubnetIds),
    securityGroupId: groups.ids.at("endpoints"),
    services: requiredEndpoints({ actions: Object.values(ACTIONS).flat(), secrets: true }),
  });
  return { vpc, groups, taskSubnetIds: endpoints.subnetIds };
}

export type Network = ReturnType<typeof network>;

/** Everything that runs as a task, migrations included. */
const TASKS = ["api", "worker", "migrations"] as const;

const ALLOWED: readonly Connection[] = [
  { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
  { from: "load-balancer", to: "api", port: API_PORT, description: "Requests to the API" },
  ...TASKS.flatMap((task): Connection[] => [
    { from: task, to: "database", port: 5432, description: `PostgreSQL for the ${task}` },
    { from: task, to: "endpoints", port: 443, description: `AWS services for the ${task}` },
    { from: task, to: "s3", port: 443, description: `Image layers for the ${task}` },
  ]),
];

function toTestPort(testers: string): Connection {
  return {
    from: testers,
    to: "load-balancer",
    port: TEST_PORT,
    description: "Tests of a new version before clients reach it",
  };
}
