/** Weighted records on the mock of AWS: the pipeline moves the requests, and Terraform leaves the weights. */
import { Route53Client } from "@aws-sdk/client-route-53";
import type { Root } from "../../lib";
import { moveRequests, readOrigin, type WeightedOrigin } from "../../lib/pipeline/service/blue-green/origin";
import { WeightedAlias } from "../../modules/weighted-alias";
import { newRoot } from "../lib/generator/support";
import { failureMessage, fakeWork } from "../lib/pipeline/service/fake-work";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT } from "./databases";

const ZONE = "Z0000000000000SHOP";
const place = { zone: ZONE, domain: "shop.example" };

/** @param suffix of the load balancers: another one replaces them */
function origin(suffix: string): Root {
  const root = newRoot({ identity: { zone_id: [ZONE], domain: ["shop.example"] } });
  const target = (colour: string, weight: number) => ({
    dnsName: `${colour}-${suffix}.eu-central-1.elb.amazonaws.com`,
    zoneId: "Z215JYRZR1TBD5",
    weight,
  });
  new WeightedAlias(root, "origin", {
    domain: "origin.shop.example",
    zoneId: ZONE,
    targets: { blue: target("blue", 100), green: target("green", 0) },
  });
  return root;
}

describeWithCloudNightly("an origin on a mock of AWS", () => {
  let afterSwitch: readonly unknown[];
  let replaced: { readonly changes: readonly unknown[]; readonly origin: WeightedOrigin; readonly again: boolean };
  let refusal: string;

  beforeAll(async () => {
    const root = origin("1");
    await withCloud(ACCOUNT, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        const route53 = new Route53Client({
          endpoint: cloud.url,
          region: "eu-central-1",
          credentials: { accessKeyId: "mock", secretAccessKey: "mock" },
        });
        await standing.apply();
        const before = await readOrigin(route53, place);
        await moveRequests(route53, before, fakeWork(), "");
        refusal = await failureMessage(moveRequests(route53, before, fakeWork(), ""));
        afterSwitch = standing.gate(await standing.plan()).changes;
        await standing.become(origin("2"));
        const { changes } = standing.gate(await standing.plan());
        await standing.applyPlan();
        const { isEmpty } = standing.gate(await standing.plan());
        replaced = { changes, origin: await readOrigin(route53, place), again: isEmpty };
      }),
    );
  }, 300_000);

  test("has no change in the plan after a switch", () => {
    expect(afterSwitch).toEqual([]);
  });

  test("refuses a switch of records that changed since they were read", () => {
    expect(refusal).toMatch(/InvalidChangeBatch: .*\nthis command changed nothing/);
  });

  test("keeps the weights of the switch if an apply changes the load balancers", () => {
    expect(replaced.changes).toHaveLength(2);
    const { active, idle } = replaced.origin;
    expect([active.name, active.record.Weight, active.record.AliasTarget?.DNSName]).toEqual([
      "green",
      100,
      expect.stringMatching(/^green-2\.eu-central-1\.elb\.amazonaws\.com\.?$/),
    ]);
    expect([idle.name, idle.record.Weight]).toEqual(["blue", 0]);
    expect(replaced.again).toBe(true);
  });
});
