/** A root that reads parameters of another root: before the other one publishes them, and after their values change. */
import { NETWORK } from "../../contracts/network";
import type { Root } from "../../lib";
import { NetworkLookup } from "../../modules/network-lookup";
import { NetworkParameters } from "../../modules/network-parameters";
import { newRoot } from "../lib/generator/support";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const PATH = "/shop/dev";
const topic = (name: string) => `arn:aws:sns:eu-central-1:111122223333:${name}`;

function network(alertTopicArn: string): Root {
  const root = newRoot({ path: "environments/shop/dev/network" });
  new NetworkParameters(root, "parameters", { ...NETWORK.standIns, path: PATH, alertTopicArn });
  return root;
}

/** Publishes what it has read, so that a plan shows it. */
function api(): Root {
  const root = newRoot({ path: "environments/shop/dev/api" });
  const { alertTopicArn } = new NetworkLookup(root, "network", { path: PATH });
  new NetworkParameters(root, "parameters", { ...NETWORK.standIns, path: "/shop/read", alertTopicArn });
  return root;
}

describeWithCloudNightly("a root that reads parameters of another root", () => {
  let before: string;
  let second: ReturnType<StandingRoot["gate"]>;
  let stale: ReturnType<StandingRoot["gate"]>;
  let changed: ReturnType<StandingRoot["gate"]>;
  let plan: string;

  beforeAll(async () => {
    const publisher = network(topic("first"));
    await withCloud(publisher.props.accountId, [], (cloud) =>
      StandingRoot.in(cloud, publisher, (first) =>
        StandingRoot.in(cloud, api(), async (reader) => {
          before = await reader.plan().catch(String);
          await first.apply();
          await reader.apply();
          second = reader.gate(await reader.plan());
          await first.become(network(topic("second")));
          stale = reader.gate(await reader.plan());
          await first.apply();
          plan = await reader.plan();
          changed = reader.gate(plan);
        }),
      ),
    );
  }, 10 * 60_000);

  test("cannot be planned before the other one is applied, and the message names the parameters", () => {
    expect(before).toMatch(
      /SSM parameters\n {2}got none of these names: \/shop\/dev\/network\/\w+, .*; apply the root/,
    );
  });

  test("has nothing to change after its apply, also while a change of the other one is not applied", () => {
    expect([second.isEmpty, stale.isEmpty]).toEqual([true, true]);
  });

  test("takes a new value in a plan that is made after the apply of the other one", () => {
    expect(changed.changes.map(({ address, action }) => [address, action])).toEqual([
      ["module.parameters.aws_ssm_parameter.network_alert_topic_arn", "update"],
    ]);
    expect(plan).toContain(topic("second"));
  });
});
