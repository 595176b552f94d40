import { Route53Alias } from "../../modules/route53-alias";
import { WeightedAlias } from "../../modules/weighted-alias";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = { domain: "origin.shop.example", zoneId: "Z0123456789ABC" } as const;
const target = (name: string, weight: number) => ({
  dnsName: `${name}-1.eu-central-1.elb.amazonaws.com`,
  zoneId: "Z215JYRZR1TBD5",
  weight,
});

describePlan(
  "a weighted alias",
  (root) => {
    const origin = new WeightedAlias(root, "origin", {
      ...base,
      targets: { blue: target("blue", 100), green: target("green", 0) },
    });
    new Route53Alias(root, "after", {
      name: "after.shop.example",
      zoneId: base.zoneId,
      targetDnsName: origin.fqdn,
      targetZoneId: base.zoneId,
    });
  },
  (plan) => {
    const records = "module.origin.aws_route53_record.this";

    test("has a record for each target, whose key is its set identifier", () => {
      expect(plan().keys(records)).toEqual(["blue", "green"]);
      for (const [name, weight] of [
        ["blue", 100],
        ["green", 0],
      ] as const) {
        const { dnsName, zoneId } = target(name, weight);
        expect(plan().values(`${records}["${name}"]`)).toMatchObject({
          ...{ name: base.domain, zone_id: base.zoneId, type: "A" },
          ...{ set_identifier: name, weighted_routing_policy: [{ weight }] },
          alias: [{ name: dnsName, zone_id: zoneId, evaluate_target_health: false }],
        });
      }
    });

    test("has no health check, with which a record of weight 0 could get requests", () => {
      expect(plan().all("aws_route53_health_check")).toEqual([]);
      for (const name of ["blue", "green"]) {
        expect(plan().values(`${records}["${name}"]`).health_check_id).toBeNull();
      }
    });

    test("returns its name for resources that need its records", () => {
      expect(plan().values("module.after.aws_route53_record.this").alias).toMatchObject([{ name: base.domain }]);
    });
  },
);

test.each([
  ["no target", 0, 0],
  ["both targets", 50, 50],
])("a weight above 0 for %s is refused", (_, blue, green) => {
  const targets = { blue: target("blue", blue), green: target("green", green) };
  expect(failure(() => new WeightedAlias(newRoot(), "origin", { ...base, targets })).message).toContain(
    "allowed: one target with a weight above 0",
  );
});
