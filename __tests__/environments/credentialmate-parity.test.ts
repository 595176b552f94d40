/** The three roots of CredentialMate are one composition: what may differ, and that nothing else does. */
import path from "node:path";
import { dev } from "../../environments/credentialmate/dev";
import type { CredentialMateEnvironment } from "../../environments/credentialmate/environment";
import { prod } from "../../environments/credentialmate/prod";
import { stage } from "../../environments/credentialmate/stage";
import { credentialMate } from "../../environments/credentialmate/system";
import { Configurations, readTree } from "../../lib/configuration";
import { compareEnvironments } from "../../lib/parity";

const tree = path.join(__dirname, "../../terraform");
const environments: readonly CredentialMateEnvironment[] = [dev, stage, prod];
const roots = environments.map(credentialMate);

describe("the roots of CredentialMate", () => {
  const parity = compareEnvironments("credentialmate", roots, new Configurations(readTree(tree)));

  test("are at parity, with nothing declared", () => {
    expect(parity).toMatchObject({ environments: ["dev", "stage", "prod"], undeclared: [], declared: [] });
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
      "migrations_task.log_retention_days",
      "notification_worker.max_tasks",
      "notification_worker.min_tasks",
      "notification_worker_task.log_retention_days",
      "parser_service.max_tasks",
      "parser_service.min_tasks",
      "parser_service_task.cpu",
      "parser_service_task.log_retention_days",
      "parser_service_task.memory_mib",
      "vpc.flow_log_retention_days",
    ]);
  });

  test("lie in accounts of their own", () => {
    expect(new Set(environments.map(({ account }) => account.id)).size).toBe(3);
    expect(new Set(environments.map(({ account }) => account.state.bucket)).size).toBe(3);
  });
});
