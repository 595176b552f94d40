/** Keys, secrets and logs: kept for long enough, and readable for those alone who are named. */
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, atLeast, equals, keptFromDestruction, where } from "./attributes";
import type { ResourceGuardrail } from "./guardrail";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";

/** The longest that KMS knows, and its default. @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
const KEY_DELETION_DAYS = 30;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
const SECRET_RECOVERY_DAYS = 7;

/** A month, in which an incident that is noticed late can still be looked into. */
const LOG_RETENTION_DAYS = 30;

export const KEYS = [
  {
    id: "kms-rotated",
    title: "A key's material is replaced every year",
    why: "Material that leaked once decrypts everything that was ever written with the key.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], cis: ["3.6"] },
    allowed: "enable_key_rotation = true; KMS does not rotate asymmetric keys and those for HMAC",
    types: ["aws_kms_key"],
    judge: where("customer_master_key_spec", isRotatable, equals("enable_key_rotation", true)),
  },
  {
    id: "kms-deletion-window",
    title: "A key that was to be deleted can be had back for thirty days",
    why: "With its key all data is lost at once, and a shorter time goes by before anybody notices.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: `deletion_window_in_days = ${KEY_DELETION_DAYS}, which is the default`,
    types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
    judge: allows("deletion_window_in_days", (days) => days === null || days === KEY_DELETION_DAYS),
  },
  {
    id: "kms-destroy-prevented",
    title: "Terraform refuses to destroy or replace a key whose block is in the configuration",
    why: "An argument that forces a replacement takes the key from all data within an ordinary apply. For a block that was renamed or removed, Terraform does not refuse: there, the gate refuses, and the pipeline's boundary denies kms:ScheduleKeyDeletion.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_kms_key"],
    judge: keptFromDestruction,
  },
  {
    id: "kms-not-public",
    title: "No key policy lets everybody use or manage the key",
    why: "Whoever has any AWS account decrypts what was written with the key, or locks its owner out.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["KMS.5"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_kms_key", "aws_kms_key_policy"],
    judge: closedToThePublic("policy"),
  },
  {
    id: "kms-lockout-check",
    title: "KMS checks that a key can still be managed under its new policy",
    why: "A policy that names nobody who may change it makes the key unmanageable for ever.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(7)(i)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "bypass_policy_lockout_safety_check = false, which is the default",
    types: ["aws_kms_key", "aws_kms_key_policy"],
    judge: equals("bypass_policy_lockout_safety_check", false, null),
  },
  {
    id: "secret-encrypted",
    title: "A secret is encrypted with a key of the account",
    why: "Without its own key, who may read the secret is decided by the secret's policies alone.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_secretsmanager_secret"],
    judge: keyOfAccount("kms_key_id"),
  },
  {
    id: "secret-recovery-window",
    title: "A secret that was deleted can be had back for a week at least",
    why: "What needs the secret stands still until somebody makes a new one, everywhere it is used.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(7)(i)"], soc2: ["A1.2"], gdpr: ["32(1)(c)"] },
    allowed: `recovery_window_in_days of ${SECRET_RECOVERY_DAYS} to 30; 30 is the default`,
    types: ["aws_secretsmanager_secret"],
    judge: allows(
      "recovery_window_in_days",
      (days) => days === null || (typeof days === "number" && days >= SECRET_RECOVERY_DAYS),
    ),
  },
  {
    id: "secret-not-public",
    title: "No policy lets everybody read a secret",
    why: "Whoever has any AWS account reads the secret, and opens what it protects.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: `block_public_policy = true, and ${BOUND_PRINCIPALS}`,
    types: ["aws_secretsmanager_secret_policy"],
    judge: all(equals("block_public_policy", true), closedToThePublic("policy")),
  },
  {
    id: "logs-encrypted",
    title: "A log group is encrypted with a key of the account",
    why: "Logs quote what programs handle; without its own key, who may read them is decided by policies alone.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_cloudwatch_log_group"],
    judge: keyOfAccount("kms_key_id"),
  },
  {
    id: "logs-retention",
    title: "A log group keeps its events for a month at least, and not for ever",
    why: "What happened before an incident was noticed is gone; or what logs tell of people is kept without end.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(1)(ii)(D)", "164.312(b)"], soc2: ["CC7.2"], gdpr: ["25(2)"] },
    allowed: `retention_in_days of at least ${LOG_RETENTION_DAYS}; 0 and nothing mean for ever`,
    types: ["aws_cloudwatch_log_group"],
    judge: atLeast("retention_in_days", LOG_RETENTION_DAYS),
  },
  {
    id: "logs-not-public",
    title: "No policy lets everybody write to log groups or read them",
    why: "Whoever has any AWS account reads the logs, or fills them with events that never were.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(b)"], soc2: ["CC6.1", "CC7.2"], gdpr: ["32(1)(b)"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_cloudwatch_log_resource_policy"],
    judge: closedToThePublic("policy_document"),
  },
] as const satisfies readonly ResourceGuardrail[];

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
function isRotatable(spec: unknown): boolean {
  return spec === null || spec === "SYMMETRIC_DEFAULT";
}
