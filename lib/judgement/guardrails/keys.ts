/** KMS keys, secrets and log groups: retained for long enough, and readable only by named principals. */
import { type ResourceInstance, show } from "../configuration";
import { isMapping, isUnknown } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, atLeast, equals, keptFromDestruction, where } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { documentOf } from "./policies";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";
import { valuesAt } from "./values";

/**
 * The longest waiting period of KMS, and its default.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
const KEY_DELETION_DAYS = 30;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
const SECRET_RECOVERY_DAYS = 7;

/** A month, so that an incident that is noticed late can still be investigated. */
const LOG_RETENTION_DAYS = 30;

export const KEYS = [
  {
    id: "kms-rotated",
    title: "The key material is rotated every year",
    why: "Key material that leaked once decrypts everything that was ever encrypted with the key.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], cis: ["3.6"] },
    allowed: "enable_key_rotation = true; KMS does not rotate asymmetric keys and HMAC keys",
    types: ["aws_kms_key"],
    judge: where("customer_master_key_spec", isRotatable, equals("enable_key_rotation", true)),
  },
  {
    id: "kms-deletion-window",
    title: "The deletion of a key can be cancelled for thirty days",
    why: "All data is lost with its key, and a shorter period can end before anybody notices.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: `deletion_window_in_days = ${KEY_DELETION_DAYS}, which is the default`,
    types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
    judge: allows("deletion_window_in_days", (days) => days === null || days === KEY_DELETION_DAYS),
  },
  {
    id: "kms-destroy-prevented",
    title: "Terraform refuses to destroy or replace a key whose block is in the configuration",
    why: "A change that forces a replacement deletes the key of existing data during an ordinary apply. Terraform does not refuse if the block was renamed or removed: then the gate refuses, and the pipeline's boundary denies kms:ScheduleKeyDeletion.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_kms_key"],
    judge: keptFromDestruction,
  },
  {
    id: "kms-not-public",
    title: "No key policy allows everybody to use or manage the key",
    why: "Anybody with an AWS account decrypts data of the key, or locks its owner out.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["KMS.5"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_kms_key", "aws_kms_key_policy"],
    judge: closedToThePublic("policy"),
  },
  {
    id: "kms-lockout-check",
    title: "KMS checks that a new key policy keeps the key manageable",
    why: "A key whose policy allows nobody to change it stays unmanageable for ever.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(7)(i)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "bypass_policy_lockout_safety_check = false, which is the default",
    types: ["aws_kms_key", "aws_kms_key_policy"],
    judge: equals("bypass_policy_lockout_safety_check", false, null),
  },
  {
    id: "secret-encrypted",
    title: "A secret is encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the secret's policies alone control who reads it.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_secretsmanager_secret"],
    judge: keyOfAccount("kms_key_id"),
  },
  {
    id: "secret-recovery-window",
    title: "A deleted secret can be restored for at least a week",
    why: "Every program that needs the secret stops until somebody creates and distributes a new one.",
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
    title: "No policy allows everybody to read a secret",
    why: "Anybody with an AWS account reads the secret, and opens everything that it protects.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: `block_public_policy = true, and ${BOUND_PRINCIPALS}`,
    types: ["aws_secretsmanager_secret_policy"],
    judge: all(equals("block_public_policy", true), closedToThePublic("policy")),
  },
  {
    id: "logs-encrypted",
    title: "A log group is encrypted with a customer managed KMS key",
    why: "Logs contain data that programs process; without a customer managed key, policies alone control who reads them.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_cloudwatch_log_group"],
    judge: keyOfAccount("kms_key_id"),
  },
  {
    id: "logs-retention",
    title: "A log group retains its events for at least a month, and not for ever",
    why: "Events from before an incident was noticed are lost; or personal data in logs is retained without end.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(1)(ii)(D)", "164.312(b)"], soc2: ["CC7.2"], gdpr: ["25(2)"] },
    allowed: `retention_in_days of at least ${LOG_RETENTION_DAYS}; 0 or no value means for ever`,
    types: ["aws_cloudwatch_log_group"],
    judge: atLeast("retention_in_days", LOG_RETENTION_DAYS),
  },
  {
    id: "logs-not-public",
    title: "No policy allows everybody to write to log groups or read them",
    why: "Anybody with an AWS account reads the logs, or fills them with false events.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(b)"], soc2: ["CC6.1", "CC7.2"], gdpr: ["32(1)(b)"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_cloudwatch_log_resource_policy"],
    judge: closedToThePublic("policy_document"),
  },
  {
    id: "logs-masked",
    title: "A data protection policy of logs masks what it finds",
    why: "A policy that only counts findings leaves personal data readable for everybody who may read the log.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["25(2)", "32(1)(a)"] },
    allowed: "policy_document with a statement whose Operation has Deidentify with MaskConfig",
    types: ["aws_cloudwatch_log_data_protection_policy"],
    judge: masksFindings,
  },
] as const satisfies readonly ResourceGuardrail[];

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
function isRotatable(spec: unknown): boolean {
  return spec === null || spec === "SYMMETRIC_DEFAULT";
}

function masksFindings({ values }: ResourceInstance): Verdict {
  const [policy = null] = valuesAt(values, "policy_document");
  const document = documentOf(policy);
  if (isUnknown(policy) && isUnknown(document)) return undecided(`policy_document = ${show(policy)}`);
  const masks = valuesAt(document, "Statement.Operation.Deidentify.MaskConfig");
  return masks.some(isMapping) ? HOLDS : broken("policy_document: no statement with Deidentify.MaskConfig");
}
