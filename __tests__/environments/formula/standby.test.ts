/** What a failure of us-east-1 depends on: Formula's standby, its promotion, and what its users wait for. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { account as accountRoot } from "../../../environments/accounts/account";
import { accountRoots } from "../../../environments/accounts/roots";
import { application } from "../../../environments/formula/application";
import { dev } from "../../../environments/formula/dev";
import { dr } from "../../../environments/formula/dr";
import type { FormulaEnvironment } from "../../../environments/formula/environment";
import { prod } from "../../../environments/formula/prod";
import { restoreInRegion, standbyRecovery } from "../../../environments/formula/recovery";
import { staging } from "../../../environments/formula/staging";
import { formula } from "../../../environments/formula/system";
import { overlap, parseCidr } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations, type RootConfiguration, readTree } from "../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../lib/judgement/parity";
import { failure } from "../../lib/generator/support";
import { isNightly } from "../../support/nightly";
import { stepsOf } from "../../support/runbook/text";
import { TREE } from "../committed-tree";
import { type Call, callsOf, terraformCalls, typeCalls } from "./api-calls";
import { copying, promoted, returned, settled, standingBy, stopped } from "./failover";

const ROOT = "environments/formula/dr";
const environments: readonly FormulaEnvironment[] = [dev, staging, prod, dr];
const committed = new Configurations(readTree(TREE));
const standby = committed.root(ROOT);
const production = committed.root("environments/formula/prod");

const RUNBOOK = path.join(TREE, ROOT, "RUNBOOK.md");
const page = readFileSync(RUNBOOK, "utf8");

function configuration(environment: FormulaEnvironment): RootConfiguration {
  const files = renderTree([formula(environment)]).map(({ path: file, content }) => [file, content] as const);
  return new Configurations(new Map(files)).root(ROOT);
}

/** Types of resources that an apply creates or changes. */
function changedTypes(before: RootConfiguration, after: RootConfiguration): string[] {
  return after
    .of("*")
    .filter(({ address, values }) => JSON.stringify(before.at(address)?.values) !== JSON.stringify(values))
    .map(({ type }) => type);
}

describe("the targets of Formula's document", () => {
  test("a failure of the region loses at most 15 minutes and lasts at most 4 hours", () => {
    const plan = standbyRecovery(dr, dr.standbyFor);
    expect(dr.standbyFor.targets).toEqual({ recoveryPointSeconds: 900, recoveryTimeSeconds: 14_400 });
    expect(plan.missed).toEqual([]);
    expect(plan.stores.database).toMatchObject({ path: "replicated-backups", recoveryPointSeconds: 900 });
    expect(plan.recoveryTimeSeconds).toBeLessThanOrEqual(14_400);
  });

  test("a restore in the region is held against 15 minutes and 4 hours in prod, 24 hours each in staging", () => {
    expect(restoreInRegion(prod)).toMatchObject({ recoveryPointSeconds: 300, missed: [] });
    expect(prod.recoveryTargets).toEqual(dr.standbyFor.targets);
    expect(staging.recoveryTargets).toEqual({ recoveryPointSeconds: 86_400, recoveryTimeSeconds: 86_400 });
    expect(restoreInRegion(staging)?.missed).toEqual([]);
    expect(restoreInRegion(dev)).toBeNull();
  });

  test("a database that grows beyond what can be restored in time is refused at synth", () => {
    const database = { ...dr.sizing.database, maxAllocatedStorageGiB: 400 };
    const large: FormulaEnvironment = { ...dr, sizing: { ...dr.sizing, database } };
    expect(failure(() => formula(large)).message).toContain(
      "all together: the recovery takes 14700 seconds; the target is 14400",
    );
  });

  test("copied backups older than the target alarm, and are kept as long as production's", () => {
    const { inputs } = standby.calls.find(({ id }) => id === "backup_replication") ?? {};
    expect(inputs).toMatchObject({ source_name: "formula-prod", source_region: "us-east-1", retention_days: 14 });
    const alarm = standby.at("module.backup_lag.aws_cloudwatch_metric_alarm.lag");
    expect(alarm?.values).toMatchObject({ threshold: 900, treat_missing_data: "breaching" });
  });

  test("a restore is tested every quarter against the time of the plan, and a drill is due every year", () => {
    const times = standby.of("aws_scheduler_schedule").map(({ call, values }) => [call, values.schedule_expression]);
    expect(Object.fromEntries(times)).toEqual({
      backup_lag: "cron(0/5 * * * ? *)",
      recovery_drill: "cron(0 16 3 3 ? *)",
      restore_test: "cron(0 16 5 1,4,7,10 ? *)",
    });
    const { inputs } = standby.calls.find(({ id }) => id === "restore_test") ?? {};
    expect(inputs?.max_restore_seconds).toBe(standbyRecovery(dr, dr.standbyFor).stores.database?.recoveryTimeSeconds);
  });
});

describe("the standby", () => {
  test("has one colour and the fewest tasks, no warm function and no database until it serves", () => {
    const [target] = standby.of("aws_appautoscaling_target");
    expect(standby.of("aws_appautoscaling_target")).toHaveLength(1);
    expect(target?.values).toMatchObject({ min_capacity: 1, max_capacity: 10 });
    expect(standby.of("aws_db_instance")).toEqual([]);
    expect(standby.of("aws_nat_gateway")).toHaveLength(1);
  });

  test("then has the sizes of production", () => {
    const serving = configuration(promoted);
    const targets = serving
      .of("aws_appautoscaling_target")
      .map(({ values }) => [values.min_capacity, values.max_capacity]);
    expect(targets.sort()).toEqual([
      [2, 10],
      [5, 100],
    ]);
    expect(serving.of("aws_db_instance").map(({ values }) => values)).toMatchObject([
      { identifier: "formula-dr-restored", instance_class: "db.m7g.large", storage_type: "io2", iops: 3000 },
    ]);
    expect(serving.at("module.blue_task.aws_ecs_task_definition.this")?.values).toMatchObject({
      cpu: "2048",
      memory: "4096",
    });
  });

  test("is in the account of production, with state, lock and plans of its own region", () => {
    expect(dr.account.id).toBe(prod.account.id);
    expect([dr.account.state.region, dr.account.plansBucket]).toEqual([
      "us-west-2",
      "formula-dr-terraform-plans-202020202020",
    ]);
    const account = accountRoots.find((one) => one.account === prod.account);
    const calls = account && accountRoot(account).calls;
    for (const call of [
      "standby_state",
      "standby_plans",
      "standby_locks",
      "standby_secrets_key",
      "formula_dr_artifacts",
    ]) {
      expect([call, calls?.get(call)?.providers]).toMatchObject([call, { aws: { address: "aws.standby" } }]);
    }
    expect(calls?.has("apply_formula_dr_role")).toBe(true);
    expect(calls?.get("image_replication")?.inputs).toMatchObject({ names: ["formula-prod"], regions: ["us-west-2"] });
    expect(application(dr)).toMatchObject({
      region: "us-west-2",
      imageRepositories: [],
      copiedRepositories: ["formula-prod/api", "formula-prod/otel-collector"],
    });
  });

  test("reads copies of production's secrets, and certificates and images of its own region", () => {
    const secrets = production.of("aws_secretsmanager_secret").filter(({ call }) => call === "secrets");
    expect(secrets.map(({ values }) => values.replica)).toMatchObject([[{ region: "us-west-2" }]]);
    const files = readTree(TREE);
    const text = [...files].filter(([file]) => file.startsWith(`${ROOT}/`) && file.endsWith(".tf.json"));
    const named = text.flatMap(([file, content]) =>
      content
        .split("\n")
        .flatMap((line) => (/"us-east-1"|us-east-1[:.]/.test(line) ? [`${path.basename(file)}: ${line.trim()}`] : [])),
    );
    expect(named).toEqual(['main.tf.json: "source_region": "us-east-1"']);
  });

  test("is the only other answer to the name of the API, if people declare it", () => {
    const [primary, secondary] = [production, standby].map((root) =>
      root.at("module.api_name.aws_route53_record.this"),
    );
    expect([primary?.values.name, primary?.values.zone_id]).toEqual([
      secondary?.values.name,
      secondary?.values.zone_id,
    ]);
    expect(primary?.values).toMatchObject({
      failover_routing_policy: { type: "PRIMARY" },
      set_identifier: "primary",
    });
    expect(secondary?.values).toMatchObject({
      ...{ failover_routing_policy: { type: "SECONDARY" }, set_identifier: "secondary", health_check_id: null },
    });
    const checks = [...production.of("aws_route53_health_check"), ...standby.of("aws_route53_health_check")];
    expect(checks.map(({ values }) => values)).toMatchObject([
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatch_alarm_region: "us-west-2",
        insufficient_data_health_status: "LastKnownStatus",
      },
    ]);
    expect(production.at("module.failover_declaration.aws_cloudwatch_metric_alarm.this")?.provider).toBe("aws.standby");
  });

  test("knows the addresses of production, and production its addresses, and none are the same", () => {
    expect(prod.standby).toMatchObject({ name: dr.name, region: dr.region, cidr: dr.cidr, subnets: dr.subnets });
    expect(dr.standbyFor).toMatchObject({
      name: prod.name,
      region: prod.region,
      cidr: prod.cidr,
      subnets: prod.subnets,
    });
    const blocks = environments.map(({ cidr }) => parseCidr(cidr)).filter((block) => block !== undefined);
    expect(blocks).toHaveLength(4);
    const same = blocks.flatMap((one, i) => blocks.slice(i + 1).filter((other) => overlap(one, other)));
    expect(same).toEqual([]);
  });

  test("exchanges only rows of the databases with production, by addresses", () => {
    for (const [root, tasks, databases] of [
      [production, dr.subnets.private, dr.subnets.data],
      [standby, prod.subnets.private, prod.subnets.data],
    ] as const) {
      const blocks = (type: string) =>
        root
          .of(type)
          .filter(({ values }) => typeof values.cidr_ipv4 === "string" && values.cidr_ipv4 !== "0.0.0.0/0")
          .map(({ values }) => [values.cidr_ipv4, values.from_port]);
      expect(blocks("aws_vpc_security_group_ingress_rule")).toEqual(tasks.map((block) => [block, 5432]));
      expect(blocks("aws_vpc_security_group_egress_rule")).toEqual(databases.map((block) => [block, 5432]));
    }
    expect(standby.of("aws_security_group_rule")).toEqual([]);
  });

  test("is one system with the others in each step of its runbook, of which a pull request compares one", () => {
    const { prod: there, dr: here } = settled;
    const [first, ...others] = [
      [stopped, returned],
      [promoted],
      [promoted, copying],
      [there, here],
      [there, standingBy],
    ];
    for (const step of [first ?? [], ...(isNightly ? others : [])]) {
      const all = environments.map((one) => step.find(({ name }) => name === one.name) ?? one).map(formula);
      const tree = new Map(renderTree(all).map(({ path: file, content }) => [file, content]));
      expect(compareEnvironments("formula", all, new Configurations(tree)).undeclared).toEqual([]);
    }
  });
});

describe("calls of us-east-1", () => {
  const promotion = typeCalls("Apply the promotion", changedTypes(standby, configuration(promoted)), standby);
  const steps = stepsOf(page, "Failover", RUNBOOK);
  const served = steps.findIndex(({ name }) => name === "Declare the failover");
  const calls = (some: typeof steps): Call[] => [
    ...some.flatMap(({ name, blocks }) =>
      blocks
        .filter(({ language }) => language === "sh")
        .flatMap(({ text }) => text.split("\n").flatMap((command) => callsOf(name, command, standby))),
    ),
    ...(some.some(({ name }) => name === "Apply the promotion")
      ? [...terraformCalls("Apply the promotion", standby), ...promotion]
      : []),
    ...(some.some(({ name }) => name === "Deploy the service")
      ? ["ecr:describe-images", "ecs:register-task-definition", "ecs:update-service"].map((api) => ({
          step: "Deploy the service",
          api,
          region: application(dr).region,
        }))
      : []),
  ];

  test("none is made before users are served", () => {
    const before = calls(steps.slice(0, served + 1));
    expect(before.filter(({ region }) => region !== "us-west-2")).toEqual([]);
    expect(before.map(({ api }) => api)).toEqual(
      expect.arrayContaining([
        ...["rds:describe-db-instance-automated-backups", "s3:state", "aws_db_instance", "aws_ecs_task_definition"],
        ...["ecs:update-service", "cloudwatch:put-metric-data"],
      ]),
    );
  });

  test("the promotion changes nothing in IAM, Route 53 and CloudFront", () => {
    expect(promotion.length).toBeGreaterThan(4);
    expect(promotion.filter(({ api }) => /^aws_(?:iam|route53|cloudfront)_/.test(api))).toEqual([]);
  });

  test("are found where there are some: a plan with a refresh reads IAM and Route 53", () => {
    const after = calls(steps.slice(served + 1)).filter(({ region }) => region === "us-east-1");
    expect(new Set(after.map(({ step }) => step))).toEqual(
      new Set(["Read the ids of the pools", "Create the users", "Finish the restored database"]),
    );
    expect(after.map(({ api }) => api)).toEqual(expect.arrayContaining(["aws_iam_role", "aws_route53_record"]));
  });

  test("a command whose calls are not known is refused", () => {
    expect(() => callsOf("Some step", "curl https://example.com", standby)).toThrow("allowed: a command whose calls");
  });
});
