/** The runbook of Formula's standby, played in order: setup, failover with nothing of us-east-1, way back. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dr } from "../../environments/formula/dr";
import { prod } from "../../environments/formula/prod";
import { roots } from "../../main";
import { regionOf } from "../environments/formula/api-calls";
import { requestsIn } from "../support/cloud/requests";
import { withCloud } from "../support/cloud/server";
import { describeNightly } from "../support/runbook/needed";
import { type Cast, play, requireCast } from "../support/runbook/player";
import { Project } from "../support/runbook/project";
import { stepsOf } from "../support/runbook/text";
import { Formula } from "./formula-cloud";
import { printedPools, Users } from "./formula-users";

const PAGE = "terraform/environments/formula/dr/RUNBOOK.md";
const page = readFileSync(path.resolve(PAGE), "utf8");
/** Read before the first step is played. */
const STEPS = {
  settingUp: stepsOf(page, "Setting up", PAGE),
  failover: stepsOf(page, "Failover", PAGE),
  wayBack: stepsOf(page, "The way back", PAGE),
};
const ACCOUNT = prod.account.id;
const own = roots.filter(({ props }) => props.accountId === ACCOUNT);

/** Users with a password, who signed up before the failover and during it. */
const [BEFORE, MEANWHILE] = ["before@example.com", "meanwhile@example.com"];

/** Actions of people, clients and programs, which the mock does not have. */
const nothing = () => {};

describeNightly("the runbook of Formula", () => {
  test(
    "sets the standby up, fails over without a call of us-east-1 before users are served, and goes back",
    async () => {
      const scratch = mkdtempSync(path.join(tmpdir(), "groundplan-requests-"));
      const log = path.join(scratch, "requests.jsonl");
      try {
        await withCloud(
          ACCOUNT,
          own,
          (cloud) =>
            Project.in(cloud, async (project) => {
              const formula = new Formula(project);
              const acts = [
                [STEPS.settingUp, settingUp(formula)],
                [STEPS.failover, failover(formula, log)],
                [STEPS.wayBack, wayBack(formula)],
              ] as const;
              for (const [steps, cast] of acts) requireCast(steps, cast);
              for (const [steps, cast] of acts) await play(steps, project, cast);
            }),
          log,
        );
      } finally {
        rmSync(scratch, { recursive: true });
      }
    },
    90 * 60_000,
  );
});

function settingUp(formula: Formula): Cast {
  const { project } = formula;
  let suffix = "";
  return {
    standIns: {
      "Apply the account and production": async () => {
        await project.run("npm run bootstrap -- formula-prod", ACCOUNT);
        await formula.apply("formula/prod");
      },
      "Keep changes of DNS possible": nothing,
      "Put in the secret": async () => {
        const secret = "--secret-id formula-prod/database-application --secret-string";
        await project.run(
          `aws secretsmanager put-secret-value --region us-east-1 ${secret} '{"username":"a","password":"b"}'`,
        );
      },
      "Apply the standby": () => formula.apply("formula/dr"),
      "Connect the networks": () => formula.apply("formula/prod/peering"),
      "Deploy both environments": async () => {
        // ECR copies each image that production gets.
        for (const { region } of [prod, dr]) await formula.push(region);
        await formula.deploy(prod);
        await formula.deploy(dr);
        expect(await formula.variables(dr)).toMatchObject({ SERVING: "no" });
        expect(await formula.answering()).toBe("us-east-1");
        await new Users(project, prod).signUp(BEFORE);
      },
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

function failover(formula: Formula, log: string): Cast {
  let begun = 0;
  const pools = printedPools(prod, dr);
  /** Calls since the outage, with the region that answers them. */
  const calls = () =>
    requestsIn(log)
      .slice(begun)
      .map(({ service, action, region }) => ({ api: `${service}:${action}`, home: regionOf(service, region) }));
  return {
    standIns: {
      "Find the cause": () => {
        begun = requestsIn(log).length;
      },
      Decide: nothing,
      "Have the change approved": nothing,
      "Apply the promotion": () => formula.apply("formula/dr", { refresh: false }),
      "Deploy the service": async () => {
        await formula.deploy(dr);
        expect(await formula.variables(dr)).toMatchObject({
          SERVING: "yes",
          DATABASE_HOST: expect.stringMatching(/^formula-dr-restored\..*us-west-2/),
        });
      },
    },
    checks: {
      "See what can be restored": (printed) => expect(printed).toContain("LatestTime"),
      "Look at the plan": (printed) => {
        expect(printed).toContain("module.database_restored.aws_db_instance.this");
        expect(printed).toContain(" 2 to destroy.");
      },
      "Declare the failover": () => {
        const before = calls();
        expect(before.filter(({ home }) => home !== dr.region)).toEqual([]);
        expect(before.map(({ api }) => api)).toEqual(
          expect.arrayContaining([
            ...["rds:DescribeDBInstanceAutomatedBackups", "s3:PutObject", "rds:RestoreDBInstanceToPointInTime"],
            ...["ecs:UpdateService", "monitoring:PutMetricData"],
          ]),
        );
      },
      "See the users arrive": async (printed) => {
        expect(printed.trim()).toBe("ALARM");
        expect(await formula.answering()).toBe("us-west-2");
      },
      "Read the ids of the pools": pools.read,
      "Create the users": async () =>
        expect(await new Users(formula.project, dr).states()).toEqual({ [BEFORE]: "CONFIRMED" }),
      "Finish the restored database": async (printed) => {
        // A refresh reads IAM and Route 53: calls of us-east-1 are found where there are some.
        const services = calls().flatMap(({ api, home }) => (home === "us-east-1" ? [api.split(":")[0]] : []));
        expect(services).toEqual(expect.arrayContaining(["iam", "route53"]));
        expect(printed).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
        expect(printed).toContain("module.database_restored.aws_db_instance.this will be updated in-place");
        await formula.apply("formula/dr");
      },
    },
    values: pools.values,
  };
}

function wayBack(formula: Formula): Cast {
  const pools = printedPools(dr, prod);
  return {
    standIns: {
      "Apply production with the copies": async () => {
        await formula.apply("formula/prod");
        await formula.deploy(prod);
        expect(await formula.variables(prod)).toMatchObject({ SERVING: "no" });
      },
      "Apply and deploy the stop": async () => {
        await formula.apply("formula/dr");
        await formula.deploy(dr);
        expect(await formula.variables(dr)).toMatchObject({ SERVING: "no" });
        await new Users(formula.project, dr).signUp(MEANWHILE);
      },
      "Apply and deploy the restore": async () => {
        await formula.apply("formula/prod");
        await formula.deploy(prod);
        expect(await formula.variables(prod)).toMatchObject({
          SERVING: "yes",
          DATABASE_HOST: expect.stringMatching(/^formula-prod-restored\..*us-east-1/),
        });
      },
      "Apply both environments": async () => {
        await formula.apply("formula/dr");
        await formula.apply("formula/prod");
        await formula.deploy(dr);
        expect(await formula.variables(dr)).not.toHaveProperty("DATABASE_HOST");
      },
      "Compare the rows": nothing,
      "Merge the last change": async () => {
        await Promise.all(
          ["formula/dr", "formula/prod", "formula/prod/peering"].map((root) => formula.requireNoChanges(root)),
        );
      },
      "Write down the times": nothing,
    },
    checks: {
      "Wait for the first backup": (printed) => expect(printed).toContain("replicating"),
      "Wait for the last change": (printed) => expect(printed).toContain("LatestTime"),
      "Finish the database of production": async (printed) => {
        expect(printed).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
        expect(printed).toContain("module.database_restored.aws_db_instance.this will be updated in-place");
        await formula.apply("formula/prod");
      },
      "Read the ids of the pools": pools.read,
      "Create the users": async () =>
        expect(await new Users(formula.project, prod).states()).toEqual({
          [BEFORE]: "CONFIRMED",
          [MEANWHILE]: "CONFIRMED",
        }),
      "See the users return": async (printed) => {
        expect(printed.trim()).toBe("OK");
        expect(await formula.answering()).toBe("us-east-1");
      },
      "Look at the last plan": (printed) => expect(printed).toContain("No changes."),
      "Delete the old instance by hand": (printed) => expect(printed).toContain("formula-dr-restored"),
    },
    values: pools.values,
  };
}
