/** A network without a way to the internet or to other networks: endpoints for what the tasks call. */
import { values } from "../../../lib";
import { SecurityGroups } from "../../../modules/security-groups";
import { type Connection, connections } from "../../../modules/security-groups/connections";
import { Vpc } from "../../../modules/vpc";
import { planSubnets } from "../../../modules/vpc/plan";
import { VpcGatewayEndpoints } from "../../../modules/vpc-gateway-endpoints";
import { VpcInterfaceEndpoints } from "../../../modules/vpc-interface-endpoints";
import { workloadsBoundaryArn } from "../../common/delivery";
import type { Context } from "./foundations";

/** @param bucket that the tasks may use */
export function isolatedNetwork({ root, environment, name, dataKeyArn }: Context, bucket: string) {
  const { account, region, cidr, zones, logRetentionDays } = environment;
  const subnets = planSubnets({ cidr, zones, tiers: ["private"] });
  const place = { name, accountId: account.id };
  const vpc = new Vpc(root, "vpc", {
    ...place,
    cidr,
    subnets,
    logKmsKeyArn: dataKeyArn,
    flowLogRetentionDays: logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const gateways = new VpcGatewayEndpoints(root, "gateway_endpoints", {
    ...place,
    vpcId: vpc.id,
    region,
    routeTableIds: Object.keys(subnets).map((subnet) => vpc.routeTableIds.at(subnet)),
    bucketArns: [`arn:aws:s3:::${bucket}`],
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      database: "Restored instance",
      tasks: "Tasks of the masking",
      endpoints: "Interface endpoints of AWS services",
    },
    peers: { s3: { prefixListId: gateways.s3PrefixListId } },
    connections: connections(ALLOWED),
  });
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    ...place,
    region,
    vpcId: vpc.id,
    subnetIds: values(vpc.privateSubnetIds),
    securityGroupId: groups.ids.at("endpoints"),
    services: ENDPOINT_SERVICES,
  });
  return { groups, subnetIds: endpoints.subnetIds };
}

const ALLOWED: readonly Connection[] = [
  { from: "tasks", to: "database", port: 5432, description: "Masking, check and export" },
  { from: "tasks", to: "endpoints", port: 443, description: "Image, log and login" },
  { from: "tasks", to: "s3", port: 443, description: "Layers of the image, and the dump" },
];

const ENDPOINT_SERVICES: Readonly<Record<string, readonly string[]>> = {
  "ecr.api": [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
  ],
  "ecr.dkr": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  secretsmanager: ["secretsmanager:GetSecretValue"],
};
