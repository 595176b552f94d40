import { ShieldProtection } from "@cdktf/provider-aws/lib/shield-protection";
import { z } from "zod";
import { ACKNOWLEDGED_COST, ACKNOWLEDGEMENT, defineModule, resourceForEach, SHIELD_COST, text } from "../../lib";

export const ShieldAdvanced = defineModule({
  name: "shield-advanced",
  description:
    "The resources that Shield Advanced protects. The account needs the subscription first, from the `shield-subscription` module: the apply fails otherwise.",
  inputs: {
    acknowledgedCost: SHIELD_COST.describe(
      "Acknowledgement of the cost of the subscription, as a tag of the protections.",
    ),
    protections: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        text(
          /^arn:aws[a-z-]*:(?:cloudfront::\d{12}:distribution\/|route53:::hostedzone\/|elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/)/,
          "an ARN of a distribution, a hosted zone or an application load balancer",
          "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/live",
        ),
      )
      .describe("Protected resources by name. Shield Advanced does not protect API Gateway."),
  },
  outputs: {
    protectionIds: z.record(z.string(), z.string()).describe("Ids of the protections, by name."),
  },
  example: {
    acknowledgedCost: ACKNOWLEDGED_COST,
    protections: {
      site: "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1DIST",
      zone: "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
    },
  },
  build(scope, input) {
    const protections = resourceForEach(scope, ShieldProtection, "this", input.protections, (arn, name) => ({
      name,
      resourceArn: arn,
      tags: { [ACKNOWLEDGEMENT]: input.acknowledgedCost },
    }));
    return { protectionIds: protections.all("id") };
  },
});
