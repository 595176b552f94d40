/** Parameter groups of every version on the mock of AWS, which takes no time without their instances. */
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT, databases } from "./databases";

const VERSIONS = ["13", "14", "15", "16", "17"];

describeWithCloud("parameter groups", () => {
  test("are made for each version, and a second plan changes none of them", async () => {
    const root = databases(
      Object.fromEntries(VERSIONS.map((engineVersion) => [`on_${engineVersion}`, { engineVersion }])),
    );
    const targets = VERSIONS.map((version) => `-target=module.on_${version}.aws_db_parameter_group.this`);
    const second = await withCloud(ACCOUNT, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.terraform("apply", "-auto-approve", "-no-color", ...targets);
        return standing.terraform("plan", "-no-color", ...targets);
      }),
    );
    expect(second).toContain("No changes.");
  }, 240_000);
});
