/**
 * The network: addresses and names of Formula's document, NAT gateways for the tasks, and the connections that security groups
 * allow.
 */
import { PeeringParameters } from "../../modules/peering-parameters";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { writtenSubnets } from "../../modules/vpc/plan";
import { vpcWithGateways } from "../common/network";
import { API_PORT, type Context, peeringPath } from "./context";
import type { FormulaEnvironment } from "./environment";
import { MASKING } from "./masking";
import { RETENTION } from "./retention";

export function network(context: Context) {
  const { root, environment, name } = context;
  const { masking } = environment;
  const subnets = writtenSubnets(environment, environment.subnets);
  const { vpc, gateways } = vpcWithGateways(
    context,
    masking === "target" ? [`arn:aws:s3:::${MASKING.exports.bucket}`] : [],
    {
      natGateways: environment.sizing.natGateways,
      flowLogRetentionDays: RETENTION.flowLogs.days[environment.name],
      subnets,
      nameTags: nameTags(environment, Object.values(subnets)),
    },
  );
  const peered = peeredConnections(environment);
  if (peered.length > 0) {
    new PeeringParameters(root, "peering_parameters", {
      path: peeringPath(environment),
      vpcId: vpc.id,
      routeTableIds: Object.fromEntries(
        Object.keys(subnets)
          .filter((subnet) => subnets[subnet]?.tier !== "public")
          .map((subnet) => [subnet, vpc.routeTableIds.at(subnet)]),
      ),
    });
  }
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      "load-balancer": "Load balancers",
      tasks: "Tasks of the service and of migrations",
      database: "Database",
      ...(environment.standbyFor !== null && { "restore-tests": "Restored instances of tests" }),
    },
    nameTags: {
      "load-balancer": `sg-${environment.name}-alb`,
      tasks: `sg-${environment.name}-ecs`,
      database: `sg-${environment.name}-rds`,
    },
    peers: {
      internet: { cidr: "0.0.0.0/0" },
      s3: { prefixListId: gateways.s3PrefixListId },
      ...Object.fromEntries(peered.map(({ peer, cidr }) => [peer, { cidr }])),
    },
    connections: connections([...ALLOWED, ...peered.map(({ connection }) => connection)]),
  });
  return { vpc, groups };
}

export type Network = ReturnType<typeof network>;

const ALLOWED: readonly Connection[] = [
  { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
  { from: "load-balancer", to: "tasks", port: API_PORT, description: "Requests to the service" },
  { from: "tasks", to: "database", port: 5432, description: "PostgreSQL" },
  { from: "tasks", to: "s3", port: 443, description: "Image layers" },
  {
    from: "tasks",
    to: "internet",
    port: 443,
    description: "AWS services and keys of tokens, through the NAT gateways",
  },
];

/**
 * Connections to the peered network, by its addresses: a group cannot name a group of another region. Tasks of each region reach
 * the database of the other one, to compare rows and copy missing ones after a failover.
 */
function peeredConnections({ standby, standbyFor }: FormulaEnvironment) {
  const other = standby ?? standbyFor;
  if (other === null) return [];
  const from = other.subnets.private.map((cidr, i) => {
    const peer = `${other.name}-tasks-${i + 1}`;
    const description = `PostgreSQL for tasks of ${other.region}`;
    return { peer, cidr, connection: { from: peer, to: "database", port: 5432, description } };
  });
  const to = other.subnets.data.map((cidr, i) => {
    const peer = `${other.name}-database-${i + 1}`;
    const description = `PostgreSQL of ${other.region}`;
    return { peer, cidr, connection: { from: "tasks", to: peer, port: 5432, description } };
  });
  return [...from, ...to];
}

/** Names of Formula's document, as tags: `subnet-prod-db-a`. AWS chooses the ids. */
function nameTags(
  { name: environment, sizing }: FormulaEnvironment,
  subnets: readonly { readonly tier: string; readonly zone: string }[],
) {
  const natGateway = (letter: string) =>
    sizing.natGateways === "single" ? `nat-${environment}` : `nat-${environment}-${letter}`;
  const tags = subnets.flatMap(({ tier, zone }) => {
    const key = `${tier}/${zone}`;
    const letter = zone.slice(-1);
    const named = tier === "data" ? "db" : tier;
    return [
      [`subnet/${key}`, `subnet-${environment}-${named}-${letter}`],
      [`route-table/${key}`, `${named}-rt-${letter}`],
      ...(tier === "public" ? [[`nat-gateway/${key}`, natGateway(letter)]] : []),
    ];
  });
  return Object.fromEntries([["vpc", `vpc-${environment}`], ["internet-gateway", `igw-${environment}`], ...tags]);
}
