import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { z } from "zod";
import { DOMAIN_NAME, defineModule, resource, ZONE_ID } from "../../lib";

export const Route53Alias = defineModule({
  name: "route53-alias",
  description:
    "An alias record in Route 53 for an AWS resource such as a load balancer, with evaluation of its health.",
  inputs: {
    name: DOMAIN_NAME.describe("Full name of the record."),
    zoneId: ZONE_ID.describe("Hosted zone of the name."),
    targetDnsName: z.string().min(1).describe("DNS name of the target."),
    targetZoneId: z.string().min(1).describe("Hosted zone of the target, as its service reports it."),
  },
  outputs: {
    fqdn: z.string().describe("The name, fully qualified."),
  },
  example: {
    name: "app.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    targetDnsName: "shop-123456789.eu-central-1.elb.amazonaws.com",
    targetZoneId: "Z215JYRZR1TBD5",
  },
  build(scope, input) {
    const record = resource(scope, Route53Record, "this", {
      zoneId: input.zoneId,
      name: input.name,
      type: "A",
      alias: { name: input.targetDnsName, zoneId: input.targetZoneId, evaluateTargetHealth: true },
    });
    return { fqdn: record.fqdn };
  },
});
