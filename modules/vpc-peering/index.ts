import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { z } from "zod";
import { ACCOUNT_ID, defineModule, REGION, resource, resourceForEach, resourceName } from "../../lib";

/** Route tables are under keys that must not change, such as `private/eu-central-1a`. */
const SIDE = z.object({
  vpcId: z.string().min(1),
  cidr: z.cidrv4(),
  routeTableIds: z.record(z.string(), z.string()),
});

/**
 * Traffic between regions is encrypted by AWS. A peering connection passes on nothing of the other side's gateways, endpoints and
 * further connections, and security groups cannot name groups of another region: their rules name addresses.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/data-protection.html#encryption-transit
 */
export const VpcPeering = defineModule({
  name: "vpc-peering",
  description:
    "Connects two networks of one account in two regions, with routes in the given tables of both. Security groups decide who talks to whom: the connection itself opens nothing.",
  providers: ["aws", "aws.peer"],
  inputs: {
    name: resourceName(100).describe("Name of the connection, as a tag."),
    accountId: ACCOUNT_ID.describe("Account of both networks."),
    peerRegion: REGION.describe("Region of the other network, which is the region of `aws.peer`."),
    own: SIDE.describe("The network in the region of `aws`."),
    peer: SIDE.describe("The network in the region of `aws.peer`."),
  },
  rules: [
    {
      inputs: ["own", "peer"],
      allowed: "two networks with different addresses",
      holds: ({ own, peer }) => own.cidr !== peer.cidr,
      condition: "var.own.cidr != var.peer.cidr",
      counterexample: {
        peer: {
          vpcId: "vpc-0123456789abcdef1",
          cidr: "10.0.0.0/16",
          routeTableIds: { "data/a": "rtb-0123456789abcdef1" },
        },
      },
    },
  ],
  outputs: {
    connectionId: z.string().describe("Id of the connection, available after it is active."),
  },
  example: {
    name: "shop-to-standby",
    accountId: "111122223333",
    peerRegion: "eu-west-1",
    own: { vpcId: "vpc-0123456789abcdef0", cidr: "10.0.0.0/16", routeTableIds: { "data/a": "rtb-0123456789abcdef0" } },
    peer: { vpcId: "vpc-0123456789abcdef1", cidr: "10.1.0.0/16", routeTableIds: { "data/a": "rtb-0123456789abcdef1" } },
  },
  build(scope, input, providers) {
    const provider = providers["aws.peer"];
    // Both ends have the same tags, because they are one object with two states of tags in one account.
    const tags = { Name: input.name };
    const requested = resource(scope, VpcPeeringConnection, "this", {
      vpcId: input.own.vpcId,
      peerOwnerId: input.accountId,
      peerVpcId: input.peer.vpcId,
      peerRegion: input.peerRegion,
      autoAccept: false,
      tags,
    });
    const accepted = resource(scope, VpcPeeringConnectionAccepterA, "this", {
      vpcPeeringConnectionId: requested.id,
      autoAccept: true,
      tags,
      provider,
    });
    resourceForEach(scope, Route, "own", input.own.routeTableIds, (routeTableId) => ({
      routeTableId,
      destinationCidrBlock: input.peer.cidr,
      vpcPeeringConnectionId: accepted.id,
    }));
    resourceForEach(scope, Route, "peer", input.peer.routeTableIds, (routeTableId) => ({
      routeTableId,
      destinationCidrBlock: input.own.cidr,
      vpcPeeringConnectionId: accepted.id,
      provider,
    }));
    return { connectionId: accepted.id };
  },
});
