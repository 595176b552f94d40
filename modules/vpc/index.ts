import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  condition,
  defineModule,
  type Expression,
  filter,
  hcl,
  LOG_RETENTION_DAYS,
  local,
  policyDocument,
  type Ref,
  type Resource,
  readyAfter,
  resource,
  resourceForEach,
  resourceName,
  serviceTrust,
  sizing,
  type Value,
} from "../../lib";
import type { SubnetPlan } from "./plan";

/** Parts of a network of which a subnet has one each. */
const TAGGED_BY_SUBNET = ["subnet", "route-table", "nat-gateway"] as const;

export const Vpc = defineModule({
  name: "vpc",
  description:
    "A network of public, private and data subnets, each with its own route table. Data subnets have no route to the internet, flow logs are enabled, and the default security group allows nothing.",
  inputs: {
    name: resourceName(40).describe("Prefix of every name in the network."),
    accountId: ACCOUNT_ID.describe("Account of the network."),
    cidr: z.cidrv4().describe("IPv4 block of the network."),
    subnets: z
      .record(
        z.string(),
        z.object({ tier: z.enum(["public", "private", "data"]), zone: z.string().min(1), cidr: z.cidrv4() }),
      )
      .describe(
        "Subnets under keys that must not change, such as `private/eu-central-1a`: their tier, availability zone and IPv4 block.",
      ),
    nameTags: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe(
        "Tags `Name` in place of names that begin with the prefix: of the network as `vpc`, of the `internet-gateway`, and of `subnet/<key>`, `route-table/<key>` and `nat-gateway/<key>` by the keys of the subnets.",
      ),
    natGateways: sizing(z.enum(["none", "single", "per-zone"]))
      .default("none")
      .describe(
        "NAT gateways for the private subnets. With `none` they have no route to the internet; `single` is in the zone of the first public address block and fails with that zone. Each gateway is charged by the hour and by the byte.",
      ),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the flow logs."),
    flowLogRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the flow logs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe(
        "Permissions boundary of the flow logs' role, if the apply role may create roles only with a boundary.",
      ),
  },
  rules: [
    {
      inputs: ["subnets"],
      allowed: "one subnet for each tier and zone",
      holds: ({ subnets }) =>
        new Set(Object.values(subnets).map(({ tier, zone }) => `${tier}/${zone}`)).size === Object.keys(subnets).length,
      condition:
        'length(distinct([for subnet in var.subnets : format("%s/%s", subnet.tier, subnet.zone)])) == length(var.subnets)',
      counterexample: {
        subnets: {
          "public/one": { tier: "public", zone: "eu-central-1a", cidr: "10.20.0.0/20" },
          "public/other": { tier: "public", zone: "eu-central-1a", cidr: "10.20.16.0/20" },
        },
      },
    },
    {
      inputs: ["nameTags", "subnets"],
      allowed: "vpc, internet-gateway, and subnet/, route-table/ and nat-gateway/ before the keys of the subnets",
      holds: ({ nameTags, subnets }) => {
        const ofSubnets = Object.keys(subnets).flatMap((key) => TAGGED_BY_SUBNET.map((part) => `${part}/${key}`));
        return Object.keys(nameTags).every((tagged) => ["vpc", "internet-gateway", ...ofSubnets].includes(tagged));
      },
      condition: `length(setsubtract(keys(var.name_tags), concat(["vpc", "internet-gateway"], flatten([for part in ${JSON.stringify(TAGGED_BY_SUBNET)} : [for key in keys(var.subnets) : format("%s/%s", part, key)]])))) == 0`,
      counterexample: { nameTags: { "subnet/nowhere": "subnet-shop" } },
    },
  ],
  outputs: {
    id: z.string().describe("Id of the VPC."),
    cidr: z.string().describe("IPv4 block of the network."),
    publicSubnetIds: z
      .record(z.string(), z.string())
      .describe("Ids of the public subnets, by key; for load balancers only."),
    privateSubnetIds: z
      .record(z.string(), z.string())
      .describe("Ids of the private subnets, by key, available after their routes exist."),
    dataSubnetIds: z.record(z.string(), z.string()).describe("Ids of the data subnets, by key."),
    routeTableIds: z.record(z.string(), z.string()).describe("Ids of the route tables, by the key of their subnet."),
    natGatewayIds: z.record(z.string(), z.string()).describe("Ids of the NAT gateways, by zone."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    cidr: "10.20.0.0/16",
    subnets: {
      "public/eu-central-1a": { tier: "public", zone: "eu-central-1a", cidr: "10.20.0.0/20" },
      "public/eu-central-1b": { tier: "public", zone: "eu-central-1b", cidr: "10.20.16.0/20" },
      "private/eu-central-1a": { tier: "private", zone: "eu-central-1a", cidr: "10.20.64.0/20" },
      "private/eu-central-1b": { tier: "private", zone: "eu-central-1b", cidr: "10.20.80.0/20" },
      "data/eu-central-1a": { tier: "data", zone: "eu-central-1a", cidr: "10.20.128.0/20" },
      "data/eu-central-1b": { tier: "data", zone: "eu-central-1b", cidr: "10.20.144.0/20" },
    },
    nameTags: { vpc: "vpc-shop" },
    natGateways: "single",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    flowLogRetentionDays: 90,
  },
  build(scope, input) {
    const tag = (what: Value<string>, name: Value<string>) => ({
      Name: hcl<string>`lookup(${input.nameTags}, ${what}, ${name})`,
    });
    const vpc = resource(scope, AwsVpc, "this", {
      cidrBlock: input.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tag("vpc", input.name),
    });
    resource(scope, DefaultSecurityGroup, "this", { vpcId: vpc.id, ingress: [], egress: [] });
    const subnets = resourceForEach(scope, Subnet, "this", input.subnets, (subnet, key) => ({
      vpcId: vpc.id,
      availabilityZone: subnet.zone,
      cidrBlock: subnet.cidr,
      mapPublicIpOnLaunch: false,
      tags: tag(`subnet/${key}`, `${input.name}-${key}`),
    }));
    const routeTables = resourceForEach(scope, RouteTable, "this", input.subnets, (_subnet, key) => ({
      vpcId: vpc.id,
      tags: tag(`route-table/${key}`, `${input.name}-${key}`),
    }));
    const associations = resourceForEach(scope, RouteTableAssociation, "this", input.subnets, (_subnet, key) => ({
      subnetId: subnets.at(key).id,
      routeTableId: routeTables.at(key).id,
    }));
    const network = { scope, name: input.name, tag, vpc, plan: input.subnets, subnets, routeTables };
    const internet = routeToInternet(network);
    const nat = routeThroughNat(network, input.natGateways, internet.gateway);
    logFlows(scope, vpc, input);
    const idsOf = (tier: SubnetPlan["tier"]) =>
      hcl<
        Record<string, string>
      >`{ for key, subnet in ${input.subnets} : key => ${subnets}[key].id if subnet.tier == ${tier} }`;
    return {
      id: vpc.id,
      cidr: vpc.cidrBlock,
      publicSubnetIds: readyAfter(idsOf("public"), internet.routes, associations),
      privateSubnetIds: readyAfter(idsOf("private"), nat.routes, associations),
      dataSubnetIds: readyAfter(idsOf("data"), associations),
      routeTableIds: routeTables.all("id"),
      natGatewayIds: nat.gatewayOfZone,
    };
  },
});

interface Network {
  readonly scope: Construct;
  readonly name: Expression<string>;
  /** The tag `Name` of a part of the network. */
  readonly tag: (what: Value<string>, name: Value<string>) => { readonly Name: Expression<string> };
  readonly vpc: Resource<AwsVpc>;
  readonly plan: Ref<Record<string, SubnetPlan>>;
  readonly subnets: { at(key: Expression<string>): Resource<Subnet> };
  readonly routeTables: { at(key: Expression<string>): Resource<RouteTable> };
}

function routeToInternet({ scope, name, tag, vpc, plan, routeTables }: Network) {
  const gateway = resource(scope, InternetGateway, "this", { vpcId: vpc.id, tags: tag("internet-gateway", name) });
  const publicSubnets = filter(plan, (subnet) => condition`${subnet.tier} == "public"`);
  const routes = resourceForEach(scope, Route, "internet", publicSubnets, (_subnet, key) => ({
    routeTableId: routeTables.at(key).id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  }));
  return { gateway, routes };
}

/** Gateways by zone. A private subnet uses the gateway of its zone, or the only one. */
function routeThroughNat(
  { scope, name, tag, plan, subnets, routeTables }: Network,
  natGateways: Expression<"none" | "single" | "per-zone">,
  internetGateway: Resource<InternetGateway>,
) {
  // By address and not by name, so that an added zone does not move the only gateway.
  const byAddress = local<string[]>(
    scope,
    "public_zones_by_address",
    hcl`[for place in sort([for subnet in ${plan} : format("%03d.%03d.%03d.%03d %s", concat(split(".", split("/", subnet.cidr)[0]), [subnet.zone])...) if subnet.tier == "public"]) : split(" ", place)[1]]`,
  );
  const zones = local<string[]>(
    scope,
    "nat_zones",
    hcl`${natGateways} == "none" ? [] : slice(${byAddress}, 0, ${natGateways} == "single" ? 1 : length(${byAddress}))`,
  );
  const places = filter(plan, (subnet) => condition`${subnet.tier} == "public" && contains(${zones}, ${subnet.zone})`);
  const addresses = resourceForEach(scope, Eip, "nat", places, (_subnet, key) => ({
    domain: "vpc",
    tags: { Name: `${name}-nat-${key}` },
    dependsOn: [internetGateway],
  }));
  const gateways = resourceForEach(scope, NatGateway, "this", places, (_subnet, key) => ({
    allocationId: addresses.at(key).id,
    subnetId: subnets.at(key).id,
    tags: tag(`nat-gateway/${key}`, `${name}-${key}`),
  }));
  const gatewayOfZone = local<Record<string, string>>(
    scope,
    "nat_gateway_by_zone",
    hcl`{ for key, subnet in ${places} : subnet.zone => ${gateways}[key].id }`,
  );
  const routed = filter(plan, (subnet) => condition`${subnet.tier} == "private" && length(${zones}) > 0`);
  const routes = resourceForEach(scope, Route, "nat", routed, (subnet, key) => ({
    routeTableId: routeTables.at(key).id,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: hcl<string>`lookup(${gatewayOfZone}, ${subnet.zone}, values(${gatewayOfZone})[0])`,
  }));
  return { gatewayOfZone, routes };
}

function logFlows(
  scope: Construct,
  vpc: Resource<AwsVpc>,
  input: {
    readonly name: Expression<string>;
    readonly accountId: Expression<string>;
    readonly logKmsKeyArn: Expression<string>;
    readonly flowLogRetentionDays: Expression<number>;
    readonly permissionsBoundaryArn: Expression<string | null>;
  },
) {
  const logGroup = resource(scope, CloudwatchLogGroup, "flow_logs", {
    name: `/vpc/${input.name}/flow-logs`,
    kmsKeyId: input.logKmsKeyArn,
    retentionInDays: input.flowLogRetentionDays,
  });
  const role = resource(scope, IamRole, "flow_logs", {
    name: `${input.name}-flow-logs`,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "flow_logs_trust", "vpc-flow-logs.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "flow_logs", {
    name: "write-flow-logs",
    role: role.id,
    policy: policyDocument(scope, "flow_logs_policy", [
      {
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${logGroup.arn}:*`,
      },
      { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
  resource(scope, FlowLog, "this", {
    vpcId: vpc.id,
    trafficType: "ALL",
    maxAggregationInterval: 60,
    logDestinationType: "cloud-watch-logs",
    logDestination: logGroup.arn,
    iamRoleArn: role.arn,
    tags: { Name: input.name },
    dependsOn: [policy],
  });
}
