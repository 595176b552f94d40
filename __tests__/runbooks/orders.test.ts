/** The runbook of Orders' standby, played in order: it is set up, takes over, and hands back. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../../main";
import { type Cloud, withCloud } from "../support/cloud/server";
import { describeWithAws } from "../support/runbook/needed";
import { play } from "../support/runbook/player";
import { Project } from "../support/runbook/project";
import { stepsOf } from "../support/runbook/text";

const PAGE = "terraform/environments/orders/dr/RUNBOOK.md";
const page = readFileSync(path.resolve(PAGE), "utf8");
const ACCOUNT = "666666666666";
const own = roots.filter(({ props }) => props.accountId === ACCOUNT);

const isInSteps = /^1\. \*\*/m.test(page);

/** Applies a root as it is merged, whatever the gate asks for. */
const merged = (project: Project, root: string) => async () => {
  await project.commit(`Change ${root}`);
  await project.deliver(
    root,
    ["data", "drift", "removal", "security"].map((name) => `--approved=${name}`),
  );
};

(isInSteps ? describeWithAws : describe.skip)("the runbook of Orders", () => {
  test(
    "sets the standby up, fails over, and goes back",
    async () => {
      await withCloud(ACCOUNT, own, (cloud: Cloud) =>
        Project.in(cloud, async (project) => {
          await project.run("npm run bootstrap -- orders-prod", ACCOUNT);
          const apply = { prod: merged(project, "orders/prod"), dr: merged(project, "orders/dr") };
          await play(stepsOf(page, "Setting up", PAGE), project, {
            standIns: { "Apply prod": apply.prod, "Apply dr": apply.dr, "Apply prod again": apply.prod },
          });
          await play(stepsOf(page, "Failover", PAGE), project, {
            standIns: {
              "See whether it is the region": () => {},
              Decide: () => {},
              "Merge and apply": apply.dr,
              DNS: () => {},
            },
          });
          await play(stepsOf(page, "The way back", PAGE), project, {
            standIns: { Decide: () => {}, "Merge and apply": apply.dr, DNS: () => {} },
          });
        }),
      );
    },
    40 * 60_000,
  );
});
