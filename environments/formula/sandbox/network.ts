/** The network of a sandbox: endpoints of AWS services in one zone, and no route to any other network. */
import { type Expression, type Root, type Value, values } from "../../../lib";
import { SecurityGroups } from "../../../modules/security-groups";
import { connections } from "../../../modules/security-groups/connections";
import { Vpc } from "../../../modules/vpc";
import { VpcGatewayEndpoints } from "../../../modules/vpc-gateway-endpoints";
import { VpcInterfaceEndpoints } from "../../../modules/vpc-interface-endpoints";
import { requiredEndpoints } from "../../../modules/vpc-interface-endpoints/services";
import { workloadsBoundaryArn } from "../../common/delivery";
import { API_PORT } from "../context";
import type { SandboxEnvironment } from "../sandbox";
import { addressesOf } from "./addresses";

interface Sandbox {
  readonly name: Value<string>;
  readonly slot: Value<number>;
  readonly logsKeyArn: Expression<string>;
  readonly logDays: 30;
}

export function network(root: Root, environment: SandboxEnvironment, { name, slot, logsKeyArn, logDays }: Sandbox) {
  const { account, region } = environment;
  const { cidr, subnets } = addressesOf(environment, slot);
  const vpc = new Vpc(root, "vpc", {
    name,
    accountId: account.id,
    cidr,
    subnets,
    logKmsKeyArn: logsKeyArn,
    flowLogRetentionDays: logDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const privateSubnets = Object.keys(subnets).filter((key) => key.startsWith("private/"));
  const gateways = new VpcGatewayEndpoints(root, "gateway_endpoints", {
    name,
    vpcId: vpc.id,
    accountId: account.id,
    region,
    routeTableIds: privateSubnets.map((key) => vpc.routeTableIds.at(key)),
    bucketArns: [],
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      api: "Tasks of the service",
      clients: "Tasks that call the service, such as tests",
      database: "Database",
      endpoints: "Interface endpoints of AWS services",
    },
    peers: { s3: { prefixListId: gateways.s3PrefixListId } },
    connections: connections([
      { from: "clients", to: "api", port: API_PORT, description: "Requests to the service" },
      { from: "api", to: "database", port: 5432, description: "PostgreSQL for the service" },
      ...["api", "clients"].flatMap((task) => [
        { from: task, to: "endpoints", port: 443, description: `AWS services for ${task}` },
        { from: task, to: "s3", port: 443, description: `Image layers for ${task}` },
      ]),
    ]),
  });
  const services = requiredEndpoints({ actions: [], secrets: true });
  const inOneZone = privateSubnets.slice(0, 1).map((key) => vpc.privateSubnetIds.at(key));
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: account.id,
    region,
    vpcId: vpc.id,
    // Tasks of both zones wait for the endpoints, whose interfaces in one zone cost half.
    subnetIds: values(vpc.privateSubnetIds),
    subnetIdsOf: Object.fromEntries(Object.keys(services).map((service) => [service, inOneZone])),
    securityGroupId: groups.ids.at("endpoints"),
    services,
  });
  return { vpc, groups, taskSubnetIds: endpoints.subnetIds };
}
