import { ShieldProtection } from "@cdktf/provider-aws/lib/shield-protection";
import { ShieldSubscription } from "@cdktf/provider-aws/lib/shield-subscription";
import { z } from "zod";
import { defineModule, resource, resourceForEach, text } from "../../lib";

/** @see https://aws.amazon.com/shield/pricing/ */
export const ACKNOWLEDGED_COST = "Shield Advanced costs USD 3000 a month for at least one year";

export const ShieldAdvanced = defineModule({
  name: "shield-advanced",
  description:
    "The subscription to Shield Advanced, and the resources that it protects. AWS does not end a subscription within its first year: a destroyed call leaves the subscription, and removes the protections. In an organization, one subscription fee covers all accounts.",
  inputs: {
    acknowledgedCost: z
      .literal(ACKNOWLEDGED_COST)
      .describe(
        "Acknowledgement of the cost, which starts with the apply and does not depend on use, as a tag of the protections.",
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
    const subscription = resource(scope, ShieldSubscription, "this", { autoRenew: "ENABLED", skipDestroy: true });
    const protections = resourceForEach(scope, ShieldProtection, "this", input.protections, (arn, name) => ({
      name,
      resourceArn: arn,
      tags: { AcknowledgedCost: input.acknowledgedCost },
      dependsOn: [subscription],
    }));
    return { protectionIds: protections.all("id") };
  },
});
