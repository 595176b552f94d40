import { ACKNOWLEDGED_COST } from "../../lib";
import { ShieldAdvanced } from "../../modules/shield-advanced";
import { ShieldSubscription } from "../../modules/shield-subscription";
import { failure, newRoot } from "../lib/generator/support";
import { evaluated } from "../support/evaluated";

const SITE = "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1DIST";

const planned = evaluated((root) => {
  new ShieldSubscription(root, "subscription", { acknowledgedCost: ACKNOWLEDGED_COST });
  new ShieldAdvanced(root, "shield", {
    acknowledgedCost: ACKNOWLEDGED_COST,
    protections: { site: SITE, zone: "arn:aws:route53:::hostedzone/Z1" },
  });
});

test("the subscription outlives its resource, because AWS does not end it", () => {
  expect(planned.values("module.subscription.aws_shield_subscription.this")).toMatchObject({ skip_destroy: true });
});

test("each resource has a protection of its own", () => {
  expect(planned.keys("module.shield.aws_shield_protection.this")).toEqual(["site", "zone"]);
  expect(planned.values('module.shield.aws_shield_protection.this["site"]')).toMatchObject({
    name: "site",
    resource_arn: SITE,
    tags: { AcknowledgedCost: ACKNOWLEDGED_COST },
  });
});

test("another acknowledgement is refused with the cost, and a stage of an API with what can be protected", () => {
  const stage = "arn:aws:apigateway:us-east-1::/restapis/a/stages/live";
  const call = () =>
    // @ts-expect-error: another text
    new ShieldAdvanced(newRoot(), "shield", { acknowledgedCost: "yes", protections: { stage } });
  const { message } = failure(call);
  expect(message).toContain(`acknowledgedCost: got "yes"; allowed: one of "${ACKNOWLEDGED_COST}"`);
  expect(message).toContain("an ARN of a distribution, a hosted zone or an application load balancer");
});
