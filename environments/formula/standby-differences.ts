/** Differences between production, its standby, and the environments that have neither. */
import type { Difference } from "../../lib";
import { differencesOfDatabases, RESTORED } from "../common/databases";
import type { FormulaEnvironment, Peer } from "./environment";

export function standbyDifferences(environment: FormulaEnvironment): Difference[] {
  const { standby, standbyFor, serving, database } = environment;
  const { inUse } = database;
  const standsBy = standbyFor !== null;
  return [
    ...differencesOfDatabases(database),
    ...(standby === null ? [] : [...ofPrimary(), ...peered(standby)]),
    ...(standby === null && !standsBy ? [] : differs(SWITCHED, ["api_name"])),
    ...(standsBy ? [...ofStandby(), ...peered(standbyFor)] : []),
    ...(serving && inUse === "own"
      ? []
      : differs(inUse === null ? CLOSED : RESTORED, ["blue_task.environment", "erasure_task.environment"])),
  ];
}

const SWITCHED = "People declare which region of production and its standby DNS answers with.";
const CLOSED = "The service refuses requests until production's data is restored here.";
const COPIED = "A standby has no secrets of its own: it reads copies of production's secrets.";
const PROVED = "What proves that the standby can recover exists there only.";
const ELSEWHERE = "A standby needs nothing of us-east-1: its sign-in pages have a name of Cognito.";
const REGIONAL = "Names that lead to one region only are below a domain of its own.";
const MIGRATED = "A restored database has the schema that production's migrations made.";
const WEBSITE =
  "A name can have one distribution of CloudFront. Production's root has it, with the files in both regions.";
const COPIES = "Production's website answers from the region of its standby while its own region fails.";
const CONNECTED = "Tasks of production and of its standby copy rows between both databases after a failover.";

function ofPrimary(): Difference[] {
  return [
    ...differs(SWITCHED, ["failover_declaration", "provider.aws"]),
    ...differs(COPIES, [
      "website_replica",
      "website_replica_access_logs",
      "website_replica_key",
      "website_replication",
    ]),
  ];
}

function ofStandby(): Difference[] {
  return [
    ...differs(COPIED, [
      "secrets",
      ...["blue_task", "erasure_task"].flatMap((task) => [`${task}.secrets`, `${task}.secrets_kms_key_arns`]),
    ]),
    ...differs(PROVED, [
      "backup_lag",
      "output.recovery_evidence",
      "recovery_dead_letters",
      "recovery_drill",
      "recovery_evidence",
      "recovery_key",
      "restore_test",
      "security_groups.groups.restore-tests",
    ]),
    ...differs(ELSEWHERE, [
      "provider.aws",
      "sign_in_certificate",
      "sign_in_name",
      "users.domain",
      "users.domain_prefix",
    ]),
    ...differs(REGIONAL, ["blue_name.name", "certificate.domain_name", "origin.domain"]),
    ...differs(MIGRATED, ["migrations_task", "output.migrations", "roles_task", "output.database_roles"]),
    ...differs(WEBSITE, [
      "files_key",
      "output.distribution",
      "output.files_bucket",
      "site",
      "website_certificate",
      "website_web_acl",
    ]),
    ...differs("ECR copies into repositories of the same name.", ["images.name"]),
    ...differs("Production's certificate has made the record that validates the name in this account.", [
      "api_certificate.owns_records",
    ]),
    ...differs("A restore must change nothing in IAM: its role exists before.", ["monitoring_role"]),
  ];
}

function peered({ subnets, name }: Peer & { readonly name: string }): Difference[] {
  const sides = subnets.private.flatMap((_, i) => {
    const [tasks, databases] = [`${name}-tasks-${i + 1}`, `${name}-database-${i + 1}`];
    return [
      `security_groups.peers.${tasks}`,
      `security_groups.peers.${databases}`,
      `security_groups.connections.${tasks}-to-database-5432`,
      `security_groups.connections.tasks-to-${databases}-5432`,
    ];
  });
  return differs(CONNECTED, ["peering_parameters", ...sides]);
}

function differs(reason: string, places: readonly string[]): Difference[] {
  return places.map((at) => ({ at, reason }));
}
