import { ShieldSubscription as AwsShieldSubscription } from "@cdktf/provider-aws/lib/shield-subscription";
import { z } from "zod";
import { ACKNOWLEDGED_COST, defineModule, readyAfter, resource, SHIELD_COST } from "../../lib";

export const ShieldSubscription = defineModule({
  name: "shield-subscription",
  description:
    "The subscription of an account to Shield Advanced, one for each account. AWS does not end a subscription within its first year: a destroyed call leaves it. In an organization, one subscription fee covers all accounts.",
  inputs: {
    acknowledgedCost: SHIELD_COST.describe(
      "Acknowledgement of the cost, which starts with the apply and does not depend on use.",
    ),
  },
  outputs: {
    acknowledgedCost: z.string().describe("The acknowledged cost, available after the subscription exists."),
  },
  example: { acknowledgedCost: ACKNOWLEDGED_COST },
  build(scope, input) {
    const subscription = resource(scope, AwsShieldSubscription, "this", { autoRenew: "ENABLED", skipDestroy: true });
    return { acknowledgedCost: readyAfter(input.acknowledgedCost, subscription) };
  },
});
