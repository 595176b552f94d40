/** The module aurora-postgresql on the mock of AWS: readers that are added and removed. */
import { readPlan } from "../../lib/terraform";
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { isNightly } from "../support/nightly";
import { ACCOUNT, clusters, rds } from "./databases";
import { lift, protectedResources } from "./protection";

/** Instances take minutes: only the nightly run waits for them. */
const testNightly = isNightly ? test : test.skip;

describeWithCloud("an Aurora cluster", () => {
  testNightly(
    "gets and loses a reader without a change of anything else",
    async () => {
      const root = clusters({ database: { a: {} } });
      await withCloud(ACCOUNT, [root], (cloud) =>
        StandingRoot.in(cloud, root, async (standing) => {
          lift(standing, protectedResources(standing));
          await standing.apply();
          expect(standing.gate(await standing.plan()).changes).toEqual([]);
          const planned = async (instances: Readonly<Record<string, object>>) => {
            await standing.become(clusters({ database: instances }));
            return actionsOf(await standing.plan());
          };
          expect(await planned({ a: {}, b: {} })).toEqual([...reader("create", "b"), ...scaling("create")].sort());
          await standing.applyPlan();
          expect(await planned({ a: {}, b: {}, c: {} })).toEqual(reader("create", "c"));
          expect(await planned({ b: {} })).toEqual([...reader("delete", "a"), ...scaling("delete")].sort());
          expect(await planned({ a: {}, b: {} })).toEqual([]);
          await standing.destroy();
          const manual = { Action: "DescribeDBClusterSnapshots", SnapshotType: "manual" };
          expect(await rds(cloud, "DBClusterSnapshotIdentifier", manual)).toEqual([
            expect.stringMatching(/^shop-database-final-[0-9a-f-]{36}$/),
          ]);
        }),
      );
    },
    1_200_000,
  );
});

const ALARMS = ["capacity", "connections", "cpu", "free-memory", "replica-lag"];

/** An instance and its alarms. */
function reader(action: string, letter: string): string[] {
  return [
    `${action} module.database.aws_rds_cluster_instance.this["${letter}"]`,
    ...ALARMS.map(
      (alarm) => `${action} module.database_alarms.aws_cloudwatch_metric_alarm.member["${letter}-${alarm}"]`,
    ),
  ].sort();
}

/** Of the readers, while there are any. */
function scaling(action: string): string[] {
  return ["policy", "target"].map((part) => `${action} module.database.aws_appautoscaling_${part}.readers[0]`);
}

function actionsOf(plan: string): string[] {
  return readPlan("cluster", plan)
    .resource_changes.filter(({ change }) => change.actions[0] !== "no-op" && change.actions[0] !== "read")
    .map(({ address, change }) => `${change.actions.join("-")} ${address}`)
    .sort();
}
