/**
 * The network: addresses and names of Formula's document, NAT gateways for the tasks, and the connections that security groups
 * allow.
 */
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { writtenSubnets } from "../../modules/vpc/plan";
import { vpcWithGateways } from "../common/network";
import { API_PORT, type Context } from "./context";
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
      nameTags: nameTags(environment.name, Object.values(subnets)),
    },
  );
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      "load-balancer": "Load balancers",
      tasks: "Tasks of the service and of migrations",
      database: "Database",
    },
    nameTags: {
      "load-balancer": `sg-${environment.name}-alb`,
      tasks: `sg-${environment.name}-ecs`,
      database: `sg-${environment.name}-rds`,
    },
    peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: gateways.s3PrefixListId } },
    connections: connections(ALLOWED),
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

/** Names of Formula's document, as tags: `subnet-prod-db-a`. AWS chooses the ids. */
function nameTags(environment: string, subnets: readonly { readonly tier: string; readonly zone: string }[]) {
  const tags = subnets.flatMap(({ tier, zone }) => {
    const key = `${tier}/${zone}`;
    const letter = zone.slice(-1);
    const named = tier === "data" ? "db" : tier;
    return [
      [`subnet/${key}`, `subnet-${environment}-${named}-${letter}`],
      [`route-table/${key}`, `${named}-rt-${letter}`],
      ...(tier === "public" ? [[`nat-gateway/${key}`, `nat-${environment}-${letter}`]] : []),
    ];
  });
  return Object.fromEntries([["vpc", `vpc-${environment}`], ["internet-gateway", `igw-${environment}`], ...tags]);
}
