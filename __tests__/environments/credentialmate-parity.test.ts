/** The three roots of CredentialMate are one composition: what may differ, and that nothing else does. */
import path from "node:path";
import { dev } from "../../environments/credentialmate/dev";
import type { CredentialMateEnvironment } from "../../environments/credentialmate/environment";
import { prod } from "../../environments/credentialmate/prod";
import { stage } from "../../environments/credentialmate/stage";
import { credentialMate } from "../../environments/credentialmate/system";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { type Comparison, compareEnvironments } from "../../lib/judgement/parity";

const tree = path.join(__dirname, "../../terraform");
const environments: readonly CredentialMateEnvironment[] = [dev, stage, prod];
const roots = environments.map(credentialMate);

describe("the roots of CredentialMate", () => {
  const parity = compareEnvironments("credentialmate", roots, new Configurations(readTree(tree)));

  test("are at parity, and declare that test mail ends before production", () => {
    expect(parity).toMatchObject({ environments: ["dev", "stage", "prod"], undeclared: [] });
    expect(parity.declared.map(({ place }) => place)).toEqual([
      'email.test_recipients["<test_recipients>"]',
      'notification_worker_task.aws_iam_role_policy.task.0.policy.Statement.SendEmail.Resource["arn:aws:ses:<region>:<account_id>:identity/<test_recipients>"]',
      'notification_worker_task.permissions.SendEmail.resources["arn:aws:ses:<region>:<account_id>:identity/<test_recipients>"]',
    ]);
    expect(parity.calls).toBe(roots[0]?.calls.size);
    expect(parity.inputs).toBeGreaterThan(250);
  });

  test("differ in each kind of sizing that the environments were given", () => {
    expect(parity.sizing.map(({ place }) => place)).toEqual([
      "access_logs.retention_days",
      "alarms.alarms.database-connections.threshold",
      "alarms.alarms.load-balancer-5xx.threshold",
      "alarms.alarms.targets-5xx.threshold",
      "backend_service.max_tasks",
      "backend_service.min_tasks",
      "backend_service_task.cpu",
      "backend_service_task.log_retention_days",
      "backend_service_task.memory_mib",
      "cluster.log_retention_days",
      "database.allocated_storage_gib",
      "database.backup_retention_days",
      "database.instance_class",
      "database.log_retention_days",
      "database.max_allocated_storage_gib",
      "database.multi_az",
      "frontend_service.max_tasks",
      "frontend_service.min_tasks",
      "frontend_service_task.cpu",
      "frontend_service_task.log_retention_days",
      "frontend_service_task.memory_mib",
      "interface_endpoints.subnet_ids_of.email",
      "migrations_task.log_retention_days",
      "notification_worker_task.log_retention_days",
      "parser_service_task.cpu",
      "parser_service_task.log_retention_days",
      "parser_service_task.memory_mib",
      "vpc.flow_log_retention_days",
      "web_acl.log_retention_days",
      "web_acl.rules.rate-limit.requests_per5_minutes",
    ]);
  });

  test("declare it where one of them has no web ACL, and say why on its load balancer", () => {
    const none = "People of the office reach it alone";
    const differences = ["web_acl", "load_balancer.without_web_acl"].map((at) => ({ at, reason: none }));
    const { undeclared, declared } = compared([{ ...dev, webAcl: { none }, differences }, stage, prod]);
    expect(undeclared).toEqual([]);
    expect(declared.map(({ place }) => place)).toEqual(
      expect.arrayContaining(["load_balancer.without_web_acl", "web_acl"]),
    );
    const silent = compared([{ ...dev, webAcl: { none } }, stage, prod]);
    expect(silent.undeclared.map(({ place }) => place)).toContain("web_acl");
  });

  test("switch a worker on by its size alone", () => {
    const on = { ...dev.sizing.services["parser-service"], minTasks: 1, maxTasks: 2 };
    const services = { ...dev.sizing.services, "parser-service": on };
    const { undeclared, sizing } = compared([{ ...dev, sizing: { ...dev.sizing, services } }, stage, prod]);
    expect(undeclared).toEqual([]);
    expect(sizing.map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        "alarms.rate_alarms.parser-service-tasks.threshold_percent",
        "alarms.rate_alarms.parser-service-tasks.treat_missing_data",
        "parser_service.max_tasks",
        "parser_service.min_tasks",
      ]),
    );
  });

  test("lie in accounts of their own", () => {
    expect(new Set(environments.map(({ account }) => account.id)).size).toBe(3);
    expect(new Set(environments.map(({ account }) => account.state.bucket)).size).toBe(3);
  });
});

/** Parity of environments as they would be synthesized. */
function compared(those: readonly CredentialMateEnvironment[]): Comparison {
  const composed = those.map(credentialMate);
  const files = renderTree(composed).map(({ path: file, content }) => [file, content] as const);
  return compareEnvironments("credentialmate", composed, new Configurations(new Map(files)));
}
