/** RDS and Aurora databases: private, encrypted, backed up, protected against deletion. */

import type { ResourceInstance, RootConfiguration } from "../configuration";
import { type HclValue, isList, isUnknown } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, atLeast, equals, given, keptFromDestruction, where } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { forcesTls, parameterOrDefault } from "./parameter-groups";
import { isAbsent, named, stemsFromNothing, valuesAt } from "./values";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html */
const MINIMUM_BACKUP_DAYS = 7;

/**
 * Authorities that are valid for decades. That of 2019 expired in 2024.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html#UsingWithRDS.SSL.RegionCertificateAuthorities
 */
const AUTHORITIES = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"] as const;

export const DATABASES = [
  {
    id: "rds-not-public",
    title: "A database is reachable only from its network",
    why: "Everybody on the internet can connect to a database with a public address and try passwords.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      cis: ["2.3.3"],
      fsbp: ["RDS.2"],
    },
    allowed: "publicly_accessible = false",
    types: ["aws_db_instance", "aws_rds_cluster_instance"],
    judge: equals("publicly_accessible", false),
  },
  {
    id: "rds-encrypted",
    title: "A database is encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the account can neither restrict nor audit who decrypts disks and snapshots.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(2)(iv)"],
      soc2: ["CC6.1"],
      gdpr: ["32(1)(a)"],
      cis: ["2.3.1"],
      fsbp: ["RDS.3", "RDS.27"],
    },
    allowed: `storage_encrypted = true, and kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: all(equals("storage_encrypted", true), keyOfAccount("kms_key_id")),
  },
  {
    id: "rds-backups",
    title: "A database has automated backups for at least a week",
    why: "Damage that nobody noticed for a few days cannot be undone with a shorter retention period.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2"], gdpr: ["32(1)(c)"], fsbp: ["RDS.11"] },
    allowed: `backup_retention_period of ${MINIMUM_BACKUP_DAYS} to 35 days`,
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: atLeast("backup_retention_period", MINIMUM_BACKUP_DAYS),
  },
  {
    id: "rds-backups-outlive-database",
    title: "Automated backups are retained after the database is deleted",
    why: "Deleting the database otherwise also deletes every point in time that it could be restored to.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2"], gdpr: ["32(1)(c)"] },
    allowed: "delete_automated_backups = false",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: equals("delete_automated_backups", false),
  },
  {
    id: "rds-final-snapshot",
    title: "A database leaves a final snapshot when it is deleted",
    why: "All changes since the last backup are lost with the database.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2"], gdpr: ["32(1)(c)"] },
    allowed: "skip_final_snapshot = false and a final_snapshot_identifier",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: all(equals("skip_final_snapshot", false, null), given("final_snapshot_identifier")),
  },
  {
    id: "rds-deletion-protected",
    title: "A database has deletion protection",
    why: "A single wrong API call or click deletes the database.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"],
      soc2: ["A1.2"],
      gdpr: ["32(1)(b)"],
      fsbp: ["RDS.7", "RDS.8"],
    },
    allowed: "deletion_protection = true",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: equals("deletion_protection", true),
  },
  {
    id: "rds-destroy-prevented",
    title: "Terraform refuses to destroy or replace a database whose block is in the configuration",
    why: "A change that forces a replacement destroys the database during an ordinary apply. Terraform does not refuse if the block was renamed or removed: then RDS deletion protection and the gate's approval apply.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: keptFromDestruction,
  },
  {
    id: "rds-tls-forced",
    title: "A database refuses connections without TLS",
    why: "A client without TLS sends its password, and reads records, in clear text across the network.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"], soc2: ["CC6.7"], gdpr: ["32(1)(a)"] },
    allowed: "a parameter group with rds.force_ssl = 1, or require_secure_transport = ON for MySQL and MariaDB",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: forcesTls,
  },
  {
    id: "rds-password-managed",
    title: "Secrets Manager generates and stores the master password",
    why: "A password that a person or a program has written down is known outside, and nobody rotates it.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(5)(ii)(D)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "manage_master_user_password = true; a replica has the password of its source",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: where("replicate_source_db", isAbsent, equals("manage_master_user_password", true)),
  },
  {
    id: "rds-iam-authentication",
    title: "An Aurora cluster accepts logins with IAM",
    why: "A service otherwise needs a stored password, which is valid for everybody who reads it once.",
    severity: "medium",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["RDS.12"] },
    allowed: "iam_database_authentication_enabled = true",
    types: ["aws_rds_cluster"],
    judge: where(
      "engine",
      (engine) => typeof engine !== "string" || engine.startsWith("aurora"),
      equals("iam_database_authentication_enabled", true),
    ),
  },
  {
    id: "rds-certificate-authority",
    title: "The certificate of a database comes from an authority in force",
    why: "Clients that verify the certificate cannot connect once its authority has expired, and others are told not to verify it.",
    severity: "medium",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.7", "A1.2"], gdpr: ["32(1)(a)"] },
    allowed: `ca_cert_identifier of ${AUTHORITIES.join(", ")}, or the default`,
    types: ["aws_db_instance", "aws_rds_cluster_instance"],
    judge: equals("ca_cert_identifier", ...AUTHORITIES, null),
  },
  {
    id: "rds-logs-exported",
    title: "A database exports its logs to CloudWatch",
    why: "Logs that stay on the database are deleted after days, and nobody can find out later who logged in.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["RDS.9"] },
    allowed: "enabled_cloudwatch_logs_exports with at least one log",
    types: ["aws_db_instance", "aws_rds_cluster"],
    judge: given("enabled_cloudwatch_logs_exports"),
  },
  {
    id: "rds-subnets-in-two-zones",
    title: "A database can move to a second availability zone",
    why: "If the only zone fails, the database cannot be started anywhere else.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "subnet_ids in at least two availability zones",
    types: ["aws_db_subnet_group"],
    judge: spansTwoZones,
  },
  {
    id: "rds-minor-upgrades",
    title: "A database installs minor version upgrades automatically",
    why: "Fixes for known vulnerabilities wait until somebody installs them.",
    severity: "medium",
    controls: {
      hipaa: ["164.308(a)(1)(ii)(B)"],
      soc2: ["CC7.1"],
      gdpr: ["32(1)(b)"],
      cis: ["2.3.2"],
      fsbp: ["RDS.13"],
    },
    allowed: "auto_minor_version_upgrade = true, which is the default",
    types: ["aws_db_instance", "aws_rds_cluster_instance"],
    judge: equals("auto_minor_version_upgrade", true, null),
  },
  {
    id: "rds-insights-encrypted",
    title: "Performance Insights is encrypted with a customer managed KMS key",
    why: "It stores the text of SQL statements, which includes values of records, outside of the database's own encryption.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `performance_insights_kms_key_id with ${KEY_OF_ACCOUNT}, where performance_insights_enabled = true`,
    types: ["aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance"],
    judge: where(
      "performance_insights_enabled",
      (value) => value === true,
      keyOfAccount("performance_insights_kms_key_id"),
    ),
  },
  {
    id: "rds-passwords-hashed",
    title: "PostgreSQL stores passwords as SCRAM hashes",
    why: "Passwords can be recovered from MD5 hashes within hours, and an MD5 hash alone is enough to log in.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "password_encryption = scram-sha-256, which is the default since PostgreSQL 14",
    types: ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    judge: parameterOrDefault("password_encryption", "scram-sha-256"),
  },
] as const satisfies readonly ResourceGuardrail[];

/** A set of subnets is one unknown value with a reference to each of them; a part of the set looks the same. */
function spansTwoZones({ values }: ResourceInstance, root: RootConfiguration): Verdict {
  const places = valuesAt(values, "subnet_ids").flatMap((value) => placesOf(value, root));
  const zones = new Set(places.filter((place) => place !== undefined));
  if (zones.size >= 2) return HOLDS;
  const got = `subnet_ids in [${[...zones].join(", ")}]`;
  return places.includes(undefined) ? undecided(`${got} and others`) : broken(got);
}

/** Zones of subnets. A subnet of another root counts as a zone of its own; a value without a subnet gives undefined. */
function placesOf(value: HclValue, root: RootConfiguration): readonly (string | undefined)[] {
  if (isList(value)) return value.flatMap((item) => placesOf(item, root));
  if (stemsFromNothing(value)) return [undefined];
  if (isUnknown(value)) return value.references.map(({ address }) => zoneOf(root.at(address)));
  const subnet = named(value, "aws_subnet", root);
  return value === null ? [] : [subnet === undefined ? String(value) : zoneOf(subnet)];
}

function zoneOf(subnet: ResourceInstance | undefined): string | undefined {
  if (subnet?.type !== "aws_subnet") return undefined;
  return String(subnet.values.availability_zone ?? subnet.address);
}
