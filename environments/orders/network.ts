/** The network: three tiers in each zone, no way out but to AWS services, and who may talk to whom. */
import { values } from "../../lib";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { VpcGatewayEndpoints } from "../../modules/vpc-gateway-endpoints";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { requiredEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { workloadsBoundaryArn } from "../accounts";
import type { Context } from "./context";
import { ACTIONS, API_PORT, TEST_PORT } from "./services";

export function network({ root, environment, name, logsKeyArn }: Context) {
  const { account, region, cidr, sizing, testers } = environment;
  const subnets = planSubnets(environment);
  const vpc = new Vpc(root, "vpc", {
    name,
    accountId: account.id,
    cidr,
    subnets,
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
      .filter((subnet) => subnets[subnet]?.tier === "private")
      .map((subnet) => vpc.routeTableIds.at(subnet)),
    bucketArns: [],
  });
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
    peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: gateway.s3PrefixListId }, ...testing },
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

/** Everything that runs as a task, one-off migrations included. */
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
  return { from: testers, to: "load-balancer", port: TEST_PORT, description: "Tests of a version without clients" };
}
