import { Route53Alias } from "../../modules/route53-alias";
import { describePlan } from "../support/planned";

describePlan(
  "an alias",
  (root) => {
    new Route53Alias(root, "alias", {
      name: "app.example.com",
      zoneId: "Z0123456789ABC",
      targetDnsName: "orders-1.eu-central-1.elb.amazonaws.com",
      targetZoneId: "Z215JYRZR1TBD5",
    });
  },
  (plan) => {
    test("points to its target and follows the target's health", () => {
      expect(plan().values("module.alias.aws_route53_record.this")).toMatchObject({
        name: "app.example.com",
        type: "A",
        zone_id: "Z0123456789ABC",
        alias: [
          {
            name: "orders-1.eu-central-1.elb.amazonaws.com",
            zone_id: "Z215JYRZR1TBD5",
            evaluate_target_health: true,
          },
        ],
      });
    });

    test("does not overwrite an existing record", () => {
      expect(plan().values("module.alias.aws_route53_record.this").allow_overwrite).not.toBe(true);
    });
  },
);
