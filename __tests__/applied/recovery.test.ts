/**
 * Orders' failover and way back, applied to a mock of AWS in the steps of its runbook. It waits for databases that are
 * restored: only the nightly run includes it.
 */
import { account } from "../../environments/accounts/account";
import { accountRoots } from "../../environments/accounts/roots";
import { dr } from "../../environments/orders/dr";
import type { OrdersEnvironment } from "../../environments/orders/environment";
import { prod } from "../../environments/orders/prod";
import { orders } from "../../environments/orders/system";
import type { Decision } from "../../lib/judgement/gate";
import { copying, promoted, returned, settled, standingBy, stopped } from "../environments/orders/failover";
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

/** The gate's decisions on the plans of the life, in order. */
const plans = new Map<string, Decision>();

async function planned(step: string, standing: StandingRoot, data?: OrdersEnvironment): Promise<void> {
  if (data !== undefined) await standing.become(orders(data));
  plans.set(step, standing.gate(await standing.plan()));
}

async function applied(step: string, standing: StandingRoot, data: OrdersEnvironment): Promise<void> {
  await planned(step, standing, data);
  await standing.applyPlan();
  await planned(`${step}, again`, standing);
}

async function live(production: StandingRoot, standby: StandingRoot): Promise<void> {
  await production.apply();
  await planned("production", production);
  await standby.apply();
  await planned("standby", standby);
  await applied("promotion", standby, promoted);
  await standby.applyPlan();
  await planned("promotion, finished", standby);
  await applied("copies back", production, copying);
  await applied("stop", standby, stopped);
  await applied("restore in production", production, returned);
  await production.applyPlan();
  await planned("restore in production, finished", production);
  await applied("standby again", standby, settled.dr);
  await applied("production again", production, settled.prod);
  await planned(REMOVAL, standby, standingBy);
  removal = await standby.applyPlan().then(
    () => "applied",
    (error: unknown) => String(error),
  );
  await standby.terraform("state", "rm", "module.database_restored");
  await planned("removal", standby);
}

let removal = "";

const REMOVAL = "removal of an instance that is still in the state";

const of = (step: string): Decision => {
  const found = plans.get(step);
  if (found === undefined) throw new Error(`${step} was not planned; planned: ${[...plans.keys()].join(", ")}`);
  return found;
};

const RESTORED = "module.database_restored.aws_db_instance.this";
const REVISIONS = ["api", "worker"].map((service) => `module.${service}_task.aws_ecs_task_definition.this`);
const PERFORMANCE_INSIGHTS = ["enabled", "kms_key_id", "retention_period"].map((one) => `performance_insights_${one}`);

const describeNightly = process.env.APPLIED_ROOTS === "all" ? describeWithCloud : describe.skip;

describeNightly("a failover and the way back", () => {
  beforeAll(async () => {
    const ofAccount = accountRoots.find((one) => one.account === prod.account);
    if (ofAccount === undefined) throw new Error(`no root of the account ${prod.account.name}`);
    const roots = [account(ofAccount), orders(prod), orders(dr)] as const;
    await withCloud(prod.account.id, roots, (cloud) =>
      StandingRoot.in(cloud, roots[0], async (base) => {
        await base.apply();
        await StandingRoot.in(cloud, roots[1], (production) =>
          StandingRoot.in(cloud, roots[2], (standby) => live(production, standby)),
        );
      }),
    );
  }, 60 * 60_000);

  test.each([
    "production",
    "standby",
    "promotion, finished",
    "copies back, again",
    "stop, again",
    "restore in production, finished",
    "standby again, again",
    "production again, again",
  ])("%s: there is nothing to change", (step) => {
    const { decision, changes, drift } = of(step);
    expect({ decision, changes, drift }).toEqual({ decision: "pass", changes: [], drift: [] });
  });

  test("no step before is refused, and none destroys an instance or what it needs", () => {
    for (const [step, { refused, changes }] of plans) {
      if (step === REMOVAL) continue;
      expect([step, refused]).toEqual([step, []]);
      const gone = changes.filter(({ action }) => action === "delete" || action === "replace");
      expect([step, gone.map(({ address }) => address).filter((one) => !ALLOWED_TO_GO.includes(one))]).toEqual([
        step,
        [],
      ]);
    }
  });

  test.each(["promotion", "restore in production"])("%s adds the database, and replaces two revisions", (step) => {
    const { changes } = of(step);
    const added = changes.filter(({ action }) => action === "create").map(({ address }) => address);
    expect(added).toContain(RESTORED);
    expect(changes.filter(({ action }) => action === "replace").map(({ address }) => address)).toEqual(REVISIONS);
    expect(changes.filter(({ action }) => action === "delete")).toEqual([]);
    const [second] = of(`${step}, again`).changes;
    expect(of(`${step}, again`).changes).toHaveLength(1);
    expect([second?.address, second?.action, second?.changed]).toEqual([RESTORED, "update", PERFORMANCE_INSIGHTS]);
  });

  test.each([
    ["promotion", ["security"]],
    ["promotion, again", ["security"]],
    ["copies back", []],
    ["stop", []],
    ["restore in production", ["security"]],
    ["restore in production, again", ["security"]],
    ["standby again", ["data", "security"]],
    ["production again", ["data"]],
  ])("%s needs the approvals that the runbook names: %j", (step, approvals) => {
    expect([...of(step).missing].sort()).toEqual(approvals);
  });

  test("the promotion changes nothing in IAM and Route 53", () => {
    for (const step of ["promotion", "promotion, again", "stop"]) {
      expect(of(step).changes.filter(({ type }) => /^aws_(?:iam|route53)_/.test(type))).toEqual([]);
    }
  });

  test("an instance that is only taken out of the data is protected by the gate and by RDS", () => {
    expect(of(REMOVAL).refused.map(({ address }) => address)).toContain(RESTORED);
    expect([...of(REMOVAL).missing].sort()).toEqual(["removal", "security"]);
    expect(removal).toMatch(/deletion protection/i);
  });

  test("an instance that the state has forgotten stays, and the plan changes nothing", () => {
    expect(of("removal").changes).toEqual([]);
  });
});

/** Former revisions, which ECS keeps, and ended replications, whose copies RDS keeps. */
const ALLOWED_TO_GO = [
  ...REVISIONS,
  "module.backup_replication.aws_db_instance_automated_backups_replication.this",
  ...["connections", "cpu", "free-storage", "read-latency", "write-latency"].map(
    (alarm) => `module.alarms.aws_cloudwatch_metric_alarm.this["database-${alarm}"]`,
  ),
];
