/** The root of a migration of the legacy database, which is destroyed after each run. */
import type { Root } from "../../../lib";
import { DmsRehearsal } from "../../../modules/dms-rehearsal";
import { workloadsBoundaryArn } from "../../common/delivery";
import { systemRoot } from "../../common/system-root";
import { identityOf } from "../aws/system";
import { migrationComponent } from "../components";
import { type ComposedEnvironment, SYSTEM } from "../context";
import { migrationNames } from "./names";
import { runbook } from "./runbook";

/** No root if the environment has no migration. */
export function wardmitraMigration(environment: ComposedEnvironment): Root[] {
  const { migration, account, region, production } = environment;
  if (migration === undefined) return [];
  const { source, target, criteria, passed, ended } = migration;
  const root = systemRoot(SYSTEM, { ...environment, ...(ended && { ending: ended }) }, identityOf(environment), {
    name: migrationComponent(environment),
    wavesAfter: 1,
    migration: { ...criteria, ...(passed && { passed }) },
  });
  const names = migrationNames(environment);
  const task = new DmsRehearsal(root, "migration", {
    name: names.instance,
    accountId: account.id,
    region,
    subnetNames: names.subnets,
    securityGroupName: names.securityGroup,
    kmsKeyAlias: names.keyAlias,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    engineVersion: migration.engineVersion,
    instanceClass: migration.instanceClass,
    sourceDatabase: {
      engine: source.engine,
      name: source.database,
      secretName: names.secrets.source,
      caCertificatePem: source.caCertificatePem,
    },
    targetDatabase: {
      name: target.database,
      secretName: names.secrets.target,
      caCertificatePem: target.caCertificatePem,
    },
    tables: selectionOf(criteria.tables),
    targetPreparation: production ? "DO_NOTHING" : "TRUNCATE_BEFORE_LOAD",
    assessmentBucket: names.bucket,
  });
  root.output("replication_task_arn", task.replicationTaskArn, "Task that the runbook assesses, starts and stops.");
  root.document("RUNBOOK.md", runbook(environment, migration));
  return [root];
}

/** One selection for each table: `aviel-complaint-photos` for `aviel.complaint_photos`. */
export function selectionOf(tables: readonly string[]): Record<string, { schema: string; table: string }> {
  return Object.fromEntries(
    tables.map((name) => {
      const [schema = "", ...table] = name.split(".");
      return [name.toLowerCase().replace(/[^a-z0-9]+/g, "-"), { schema, table: table.join(".") }];
    }),
  );
}
