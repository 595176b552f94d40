/** The network of one environment: three tiers in each zone, and gateway endpoints for the private subnets. */
import { Vpc } from "../../modules/vpc";
import { planSubnets, type SubnetPlan } from "../../modules/vpc/plan";
import { VpcGatewayEndpoints } from "../../modules/vpc-gateway-endpoints";
import { workloadsBoundaryArn } from "./delivery";
import type { Context, PublicEnvironment } from "./environment";

/**
 * @param bucketArns buckets that the tasks may use through the gateway endpoint
 * @param more the NAT gateways, if there are any; the buckets from which tasks delete objects; subnets, names and the retention
 * of flow logs in place of the usual ones
 */
export function vpcWithGateways(
  { root, environment, name, logsKeyArn }: Context<PublicEnvironment>,
  bucketArns: readonly string[],
  {
    deletableBucketArns = [],
    subnets = planSubnets(environment),
    ...more
  }: {
    readonly natGateways?: "none" | "single" | "per-zone";
    readonly subnets?: Readonly<Record<string, SubnetPlan>>;
    readonly nameTags?: Readonly<Record<string, string>>;
    readonly flowLogRetentionDays?: 90;
    readonly deletableBucketArns?: readonly string[];
  } = {},
) {
  const { account, region, cidr, sizing } = environment;
  const vpc = new Vpc(root, "vpc", {
    name,
    accountId: account.id,
    cidr,
    subnets,
    logKmsKeyArn: logsKeyArn,
    flowLogRetentionDays: sizing.logRetentionDays,
    ...more,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const gateways = new VpcGatewayEndpoints(root, "gateway_endpoints", {
    name,
    vpcId: vpc.id,
    accountId: account.id,
    region,
    routeTableIds: Object.keys(subnets)
      .filter((subnet) => subnets[subnet]?.tier === "private")
      .map((subnet) => vpc.routeTableIds.at(subnet)),
    bucketArns,
    ...(deletableBucketArns.length > 0 && { deletableBucketArns }),
  });
  return { vpc, gateways };
}
