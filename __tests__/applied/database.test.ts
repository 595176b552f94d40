/** The lives of a database on the mock of AWS. */
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT, databases, rds } from "./databases";
import { lift, protectedResources } from "./protection";

describeWithCloud("a database that is made and destroyed twice", () => {
  test("leaves a final snapshot of each life", async () => {
    const root = databases({ database: {} });
    const snapshots = await withCloud(ACCOUNT, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        lift(standing, protectedResources(standing));
        for (const _life of ["first", "second"]) {
          await standing.apply();
          expect(standing.gate(await standing.plan()).changes).toEqual([]);
          await standing.destroy();
        }
        return rds(cloud, "DBSnapshotIdentifier", { Action: "DescribeDBSnapshots", SnapshotType: "manual" });
      }),
    );
    expect(snapshots).toHaveLength(2);
    for (const name of snapshots) expect(name).toMatch(/^shop-database-final-[0-9a-f-]{36}$/);
  }, 900_000);
});
