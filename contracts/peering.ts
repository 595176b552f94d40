import { z } from "zod";
import { defineParameters } from "../lib";

/** One side of a peering connection between two networks. */
export const PEERING = defineParameters({
  name: "peering",
  values: {
    vpcId: z.string().describe("Id of the VPC."),
    routeTableIds: z
      .record(z.string(), z.string())
      .describe("Ids of the route tables that lead to the other network, by the keys of their subnets."),
  },
  standIns: {
    vpcId: "vpc-0123456789abcdef0",
    routeTableIds: {
      "private/eu-central-1a": "rtb-0123456789abcde00",
      "data/eu-central-1a": "rtb-0123456789abcde01",
    },
  },
});
