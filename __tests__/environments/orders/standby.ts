/** What a region's failure depends on: the standby of Orders, its promotion, and who answers its clients. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { account as accountRoot } from "../../../environments/accounts/account";
import { accountRoots } from "../../../environments/accounts/roots";
import { dev } from "../../../environments/orders/dev";
import { dr } from "../../../environments/orders/dr";
import type { OrdersEnvironment } from "../../../environments/orders/environment";
import { prod } from "../../../environments/orders/prod";
import { orders } from "../../../environments/orders/system";
import type { Root } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { Configurations } from "../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../lib/judgement/parity";
import { PLAN_TIMEOUT, type Planned, plannedRoot } from "../../support/planned";
import { copying, promoted, returned, settled, standingBy, stopped } from "./failover";

const environments: readonly OrdersEnvironment[] = [dev, prod, dr];

/** @param plans of dev, prod and dr */
export function testStandby(plans: () => readonly Planned[]): void {
  test("production's secrets are copied under a key that the account's root makes before any environment", () => {
    const [, production, standby] = plans();
    expect(production?.values('module.secrets.aws_secretsmanager_secret.this["database-application"]')).toMatchObject({
      replica: [{ region: "us-west-2", kms_key_id: "arn:aws:kms:us-west-2:666666666666:alias/standby-secrets" }],
    });
    const account = accountRoots.find((one) => one.account === prod.account);
    const key = account && accountRoot(account).calls.get("standby_secrets_key");
    expect(key).toMatchObject({ inputs: { name: "standby-secrets" }, providers: { aws: { address: "aws.standby" } } });
    expect(
      standby?.values("module.backup_replication.aws_db_instance_automated_backups_replication.this"),
    ).toMatchObject({
      source_db_instance_arn: "arn:aws:rds:us-east-1:666666666666:db:orders-prod",
      retention_period: prod.sizing.database.backupRetentionDays,
    });
    expect(standby?.keys("module.images.aws_ecr_repository.this")).toEqual(["api", "worker"]);
  });

  test("clients stay with a standby that took over: production is unhealthy while the other region serves", () => {
    const [, production, standby] = plans();
    const check = (name: string) => `module.public_name.aws_route53_health_check.${name}[0]`;
    expect(production?.values("module.public_name.aws_route53_record.this").health_check_id).toBe(check("both"));
    expect(production?.values(check("both")).child_healthchecks).toEqual([check("other"), check("this")]);
    const asked = ["fqdn", "type", "resource_path", "search_string"].map((one) => [
      production?.values(check("other"))[one],
      standby?.values(check("this"))[one],
    ]);
    for (const [byProduction, byStandby] of asked) expect(byProduction).toBe(byStandby);
    expect(standby?.all("aws_route53_health_check")).toHaveLength(1);
  });

  test("a standby is quiet: nothing in it answers with an error, and no silence that is usual there is an alarm", () => {
    const standby = plans()[2];
    for (const { values } of standby?.all("aws_route53_health_check") ?? []) {
      expect(values).toMatchObject({ type: "HTTPS_STR_MATCH", search_string: "serving: yes" });
    }
    const alarms = standby?.all("aws_cloudwatch_metric_alarm") ?? [];
    const onSilence = alarms.filter(({ values }) => values.treat_missing_data === "breaching");
    expect(onSilence.map(({ key }) => key).sort()).toEqual(["api-tasks", "worker-tasks"]);
    expect(alarms.map(({ key }) => key)).toEqual(expect.arrayContaining(["api-blue-unhealthy-targets", "api-cpu"]));
    const names = (address: string) => {
      const { environment } = standby?.container(address) ?? {};
      return z
        .array(z.object({ name: z.string() }))
        .parse(environment)
        .map(({ name }) => name);
    };
    expect(names("module.api_task.aws_ecs_task_definition.this")).toEqual(["QUEUE_URL", "SERVING"]);
  });

  test("every name that is asked over HTTPS is on the certificate of the load balancer that it leads to", () => {
    for (const plan of plans()) {
      const asked = [
        ...plan
          .all("aws_route53_record")
          .filter(({ values }) => z.array(z.unknown()).parse(values.alias ?? []).length > 0),
        ...plan.all("aws_route53_health_check").filter(({ address }) => address.includes(".this[")),
      ].map(({ values }) => z.string().parse(values.name ?? values.fqdn));
      const { domain_name, subject_alternative_names } = plan.values("module.certificate.aws_acm_certificate.this");
      const certified = z
        .array(z.string())
        .parse([domain_name, ...z.array(z.string()).parse(subject_alternative_names)]);
      expect(asked.length).toBeGreaterThan(2);
      expect(asked.filter((name) => !certified.some((one) => covers(one, name)))).toEqual([]);
    }
  });

  describe("the promotion", () => {
    let plan: Planned;
    beforeAll(async () => {
      plan = await plannedTree([orders(promoted)], "environments/orders/dr");
    }, PLAN_TIMEOUT);

    test("adds the restored database and its alarms, and takes nothing away", () => {
      const before = plans()[2]?.addresses ?? [];
      expect(before.filter((address) => !plan.addresses.includes(address))).toEqual([]);
      const added = plan.addresses.filter((address) => !before.includes(address));
      expect(new Set(added.map((address) => address.split(".", 2).join(".")))).toEqual(
        new Set(["module.alarms", "module.database_restored"]),
      );
      expect(plan.values("module.database_restored.aws_db_instance.this")).toMatchObject({
        identifier: "orders-dr-restored",
        restore_to_point_in_time: [{ use_latest_restorable_time: true }],
      });
      const { environment } = plan.container("module.api_task.aws_ecs_task_definition.this");
      expect(environment).toContainEqual({ name: "SERVING", value: "yes" });
    });

    test("changes nothing in IAM and Route 53, whose changes are made in the region that may have failed", () => {
      // Terraform's mock makes up eight characters for what AWS computes.
      const global = (one: Planned | undefined) =>
        (one?.resources ?? [])
          .filter(({ type }) => /^aws_(?:iam|route53)_/.test(type))
          .map((resource) => JSON.stringify(resource).replaceAll(/"[a-z0-9]{8}"/g, '""'));
      expect(global(plan).length).toBeGreaterThan(10);
      expect(global(plan)).toEqual(global(plans()[2]));
    });

    test(
      "is still one system with the others, and so is each step of the way back",
      () => {
        const { prod: production, dr: standby } = settled;
        const steps = [
          [promoted],
          [promoted, copying],
          [stopped, returned],
          [production, standby],
          [production, standingBy],
        ];
        for (const step of steps) {
          const all = environments.map((one) => step.find(({ name }) => name === one.name) ?? one).map(orders);
          const tree = new Map(renderTree(all).map(({ path: file, content }) => [file, content]));
          expect(compareEnvironments("orders", all, new Configurations(tree)).undeclared).toEqual([]);
        }
      },
      PLAN_TIMEOUT,
    );
  });
}

/** Whether a name on a certificate stands for a host: a star is exactly one label. */
function covers(certified: string, host: string): boolean {
  return (
    certified === host || (certified.startsWith("*.") && host.split(".").slice(1).join(".") === certified.slice(2))
  );
}

async function plannedTree(roots: readonly Root[], root: string): Promise<Planned> {
  const folder = mkdtempSync(path.join(tmpdir(), "promoted-"));
  try {
    writeTree(folder, renderTree(roots));
    return await plannedRoot(folder, root);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
