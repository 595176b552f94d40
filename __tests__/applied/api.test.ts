/** A service of CodeDeploy after its first apply: its first deployments, and a change of its port. */
import type { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { contentOf } from "../lib/generator/support";
import { callQuery } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { api, NO_TARGETS } from "./api";
import { deployEach, type Resource, resourcesIn } from "./past-terraform";

describeWithCloudNightly("a service of CodeDeploy on a mock of AWS", () => {
  let first: readonly string[];
  let second: unknown;
  let ports: { readonly problem: unknown; readonly before: readonly Resource[]; readonly after: readonly Resource[] };

  beforeAll(async () => {
    const root = api(8000);
    await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        const before = resourcesIn(await standing.plan());
        await callQuery(
          cloud,
          { service: "monitoring", region: root.props.region },
          {
            Version: "2010-08-01",
            Action: "SetAlarmState",
            AlarmName: NO_TARGETS,
            StateValue: "ALARM",
            StateReason: "Route 53 asks, and no target answers",
          },
        );
        first = await deployEach(standing, before);
        second = await deployEach(standing, before, "b").catch((error: unknown) => error);
        const standingAfter = resourcesIn(await standing.plan());
        rewrite(standing, api(9000));
        const problem = await standing.apply().catch((error: unknown) => error);
        rewrite(standing, root);
        ports = { problem, before: standingAfter, after: resourcesIn(await standing.plan()) };
      }),
    );
  }, 10 * 60_000);

  test("the first deployment brings the tasks, although the alarm on missing targets is on", () => {
    expect(first).toEqual(["shop-api"]);
  });

  test("an alarm that is on stops every later one", () => {
    expect(String(second)).toMatch(/stopped \(d-\w+\): ALARM_ACTIVE: Alarms are on: shop-load-balancer-5xx-rate/);
  });

  test("another port fails the plan, so that the apply changes nothing under the tasks that run", () => {
    expect(String(ports.problem)).toMatch(/aws_lb_target_group\.(blue|green) has\s+lifecycle\.prevent_destroy/);
    const rules = (resources: readonly Resource[]) =>
      resources.filter(({ type }) => /^aws_(vpc_security_group_\w+|lb_target_group)$/.test(type));
    expect(rules(ports.before)).toHaveLength(5);
    expect(rules(ports.after)).toEqual(rules(ports.before));
  });
});

function rewrite(standing: StandingRoot, root: Root): void {
  const main = `${root.address}/main.tf.json`;
  standing.write(main, contentOf(renderTree([root]), main));
}
