import { PeeringLookup } from "../../modules/peering-lookup";
import { PeeringParameters } from "../../modules/peering-parameters";
import { VpcPeering } from "../../modules/vpc-peering";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const own = { vpcId: "vpc-1", cidr: "10.0.0.0/16", routeTableIds: { "data/a": "rtb-1", "private/a": "rtb-2" } };
const peer = { vpcId: "vpc-2", cidr: "10.1.0.0/16", routeTableIds: { "data/a": "rtb-3" } };
const base = { name: "shop-to-standby", accountId: "111122223333", peerRegion: "eu-west-1", own, peer } as const;

describePlan(
  "two networks",
  (root) => {
    const standby = root.awsAlias("standby", "eu-west-1");
    new PeeringParameters(root, "parameters", {
      path: "/shop/prod",
      vpcId: own.vpcId,
      routeTableIds: own.routeTableIds,
    });
    const found = new PeeringLookup(root, "found", { path: "/shop/prod" });
    new VpcPeering(root, "peering", base, { providers: { "aws.peer": standby } });
    root.output("vpc_id", found.vpcId, "Id of the VPC.");
  },
  (plan) => {
    test("are asked in one region and accepted in the other one", () => {
      expect(plan().values("module.peering.aws_vpc_peering_connection.this")).toMatchObject({
        ...{ vpc_id: "vpc-1", peer_vpc_id: "vpc-2", peer_region: "eu-west-1", auto_accept: false },
        tags: { Name: "shop-to-standby" },
      });
      expect(plan().values("module.peering.aws_vpc_peering_connection_accepter.this")).toMatchObject({
        auto_accept: true,
        tags: { Name: "shop-to-standby" },
      });
    });

    test("reach each other from the given route tables, once the connection is accepted", () => {
      const connection = "module.peering.aws_vpc_peering_connection_accepter.this";
      const route = (side: string, key: string) => plan().values(`module.peering.aws_route.${side}["${key}"]`);
      expect(plan().keys("module.peering.aws_route.own")).toEqual(["data/a", "private/a"]);
      for (const key of ["data/a", "private/a"]) {
        expect(route("own", key)).toMatchObject({ destination_cidr_block: "10.1.0.0/16" });
      }
      expect(route("peer", "data/a")).toMatchObject({
        ...{ route_table_id: "rtb-3", destination_cidr_block: "10.0.0.0/16", vpc_peering_connection_id: connection },
      });
    });

    test("are published as parameters for the root that connects them", () => {
      expect(
        plan()
          .all("aws_ssm_parameter")
          .map(({ values }) => [values.name, values.insecure_value]),
      ).toEqual([
        ["/shop/prod/peering/route_table_ids", JSON.stringify(own.routeTableIds)],
        ["/shop/prod/peering/vpc_id", "vpc-1"],
      ]);
    });
  },
);

test("networks with the same addresses are refused", () => {
  const inputs = { ...base, peer: { ...peer, cidr: own.cidr } };
  const root = newRoot();
  const options = { providers: { "aws.peer": root.awsAlias("standby", "eu-west-1") } };
  expect(failure(() => new VpcPeering(root, "peering", inputs, options)).message).toContain(
    "allowed: two networks with different addresses",
  );
});
