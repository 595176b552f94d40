/** Interface endpoints applied to a mock of AWS that has no endpoint of SES in one of the network's zones. */
import { values } from "../../lib";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { limitedEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { newRoot } from "../lib/generator/support";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

/** The mapping of the mock. */
const ZONE_IDS = { "us-east-1a": "use1-az6", "us-east-1c": "use1-az2" };
const SERVICES = { email: ["ses:SendEmail"], logs: ["logs:PutLogEvents"] };

describeWithCloudNightly("interface endpoints in zones without an endpoint of SES", () => {
  test("are refused by AWS where they take every subnet", async () => {
    await expect(applied({})).rejects.toThrow(
      /com\.amazonaws\.us-east-1\.email does not support the availability zone of the subnet/,
    );
  }, 300_000);

  test("are made where the planner says", async () => {
    const planned = limitedEndpoints(Object.keys(SERVICES), Object.keys(ZONE_IDS), ZONE_IDS);
    const resources = await applied(planned);
    expect(resources.filter((address) => address.includes("aws_vpc_endpoint"))).toEqual([
      'module.endpoints.aws_vpc_endpoint.this["email"]',
      'module.endpoints.aws_vpc_endpoint.this["logs"]',
    ]);
  }, 300_000);
});

/** Addresses after an apply. @param limited zones of services that are not in all zones, by service */
function applied(limited: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const root = newRoot({ region: "us-east-1" });
  const { accountId } = root.props;
  const vpc = new Vpc(root, "vpc", {
    name: "shop",
    accountId,
    cidr: "10.0.0.0/16",
    subnets: planSubnets({
      cidr: "10.0.0.0/16",
      zones: Object.fromEntries(Object.keys(ZONE_IDS).map((zone, place) => [zone, place])),
    }),
    natGateways: "none",
    logKmsKeyArn: `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    flowLogRetentionDays: 30,
  });
  new VpcInterfaceEndpoints(root, "endpoints", {
    name: "shop",
    accountId,
    region: "us-east-1",
    vpcId: vpc.id,
    subnetIds: values(vpc.privateSubnetIds),
    subnetIdsOf: Object.fromEntries(
      Object.entries(limited).map(([service, zones]) => [
        service,
        zones.map((zone) => vpc.privateSubnetIds.at(`private/${zone}`)),
      ]),
    ),
    securityGroupId: "sg-0123456789abcdef0",
    services: SERVICES,
  });
  return withCloud(accountId, [root], (cloud) =>
    StandingRoot.in(cloud, root, async (standing) => {
      await standing.apply();
      return standing.resources();
    }),
  );
}
