/** The runbook of Orders' standby, played in order: setup, failover, way back. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../../main";
import { withCloud } from "../support/cloud/server";
import { describeNightly } from "../support/runbook/needed";
import { type Cast, play, requireCast } from "../support/runbook/player";
import { Project } from "../support/runbook/project";
import { stepsOf } from "../support/runbook/text";

const PAGE = "terraform/environments/orders/dr/RUNBOOK.md";
const page = readFileSync(path.resolve(PAGE), "utf8");
/** Read before the first step is played. */
const STEPS = {
  settingUp: stepsOf(page, "Setting up", PAGE),
  failover: stepsOf(page, "Failover", PAGE),
  wayBack: stepsOf(page, "The way back", PAGE),
};
const ACCOUNT = "666666666666";
const own = roots.filter(({ props }) => props.accountId === ACCOUNT);

const APPROVED = ["data", "drift", "removal", "security"].map((name) => `--approved=${name}`);

/** Merges the changes, and applies roots in turn. */
const applies =
  (project: Project, ...names: readonly string[]) =>
  async () => {
    await project.run("git diff --quiet || git commit --quiet --all --message='Change'");
    for (const name of names) await project.deliver(name, APPROVED);
  };

/** Actions of people, clients and programs, which the mock does not have. */
const nothing = () => {};

describeNightly("the runbook of Orders", () => {
  test(
    "sets the standby up, fails over, and goes back",
    async () => {
      await withCloud(ACCOUNT, own, (cloud) =>
        Project.in(cloud, async (project) => {
          const acts = [
            [STEPS.settingUp, settingUp(project)],
            [STEPS.failover, failover(project)],
            [STEPS.wayBack, wayBack(project)],
          ] as const;
          for (const [steps, cast] of acts) requireCast(steps, cast);
          for (const [steps, cast] of acts) await play(steps, project, cast);
        }),
      );
    },
    40 * 60_000,
  );
});

function settingUp(project: Project): Cast {
  let suffix = "";
  return {
    standIns: {
      "Apply the account and production": async () => {
        await project.run("npm run bootstrap -- orders-prod", ACCOUNT);
        await applies(project, "orders/prod")();
      },
      "Put in the secret": async () => {
        const secret = "--secret-id orders-prod/database-application --secret-string";
        await project.run(
          `aws secretsmanager put-secret-value --region us-east-1 ${secret} '{"username":"a","password":"b"}'`,
        );
      },
      "Apply the standby": applies(project, "orders/dr"),
      "Deploy both environments": nothing,
    },
    checks: {
      "Read the ARN of the copied secret": (printed) => {
        suffix = printed.trim().slice(-6);
      },
      "See the copies": (printed) => expect(printed).toContain("replicating"),
    },
    values: { suffix: () => suffix },
  };
}

function failover(project: Project): Cast {
  return {
    standIns: {
      "Find the cause": nothing,
      Decide: nothing,
      "Have the change approved": nothing,
      "Apply the promotion": applies(project, "orders/dr"),
      "Deploy the services": nothing,
      "See the clients arrive": nothing,
      "Send waiting orders again": nothing,
    },
    checks: {
      "See what can be restored": (printed) => expect(printed).toContain("LatestTime"),
      "Look at the plan": (printed) => expect(printed).toContain("module.database_restored.aws_db_instance.this"),
      "Finish the restored database": applies(project, "orders/dr"),
    },
  };
}

function wayBack(project: Project): Cast {
  return {
    standIns: {
      "Apply production with the copies": applies(project, "orders/prod"),
      "Apply and deploy the stop": applies(project, "orders/dr"),
      "Apply and deploy the restore": applies(project, "orders/prod"),
      "Apply both environments": applies(project, "orders/dr", "orders/prod"),
      "Send waiting orders again": nothing,
      "Compare the orders": nothing,
      "Merge the last change": applies(project, "orders/dr"),
      "Write down the times": nothing,
    },
    checks: {
      "Wait for the first backup": (printed) => expect(printed).toContain("replicating"),
      "Finish the database of production": applies(project, "orders/prod"),
      "Look at the last plan": (printed) => expect(printed).toContain("No changes."),
      "Delete the old instance by hand": (printed) => expect(printed).toContain("orders-dr-restored"),
    },
  };
}
