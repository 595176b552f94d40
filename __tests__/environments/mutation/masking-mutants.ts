/** Mutants of the masking: the share of a snapshot, the pipeline, and the bucket of its dumps. */
import { type Mutant, ofModule } from "./mutant";

const KEY = "resource.aws_kms_key.this";
const ANY_KEY = {
  "kms-rotated": [`${KEY}.enable_key_rotation`, false],
  "kms-deletion-window": [`${KEY}.deletion_window_in_days`, 7],
  "kms-destroy-prevented": [`${KEY}.lifecycle`],
  "kms-not-public": ["locals.key_policy.Statement.1.Principal.AWS", "*"],
  "kms-lockout-check": [`${KEY}.bypass_policy_lockout_safety_check`, true],
} as const;

/** Of a state machine with its log and the alarm on its failed executions. */
export const LOGGED_MACHINE = {
  "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
  "logs-encrypted": ["resource.aws_cloudwatch_log_group.this.kms_key_id"],
  "logs-retention": ["resource.aws_cloudwatch_log_group.this.retention_in_days"],
  "state-machine-logged": ["resource.aws_sfn_state_machine.this.logging_configuration"],
  "state-machine-encrypted": ["resource.aws_sfn_state_machine.this.encryption_configuration"],
  "logs-not-public": [
    "locals.log_policy.Statement.0",
    { Sid: "Write", Effect: "Allow", Action: "logs:PutLogEvents", Principal: "*", Resource: "*" },
  ],
} as const;

/** Of a state machine that a schedule starts. */
export const SCHEDULED_MACHINE = {
  ...LOGGED_MACHINE,
  "schedule-encrypted": ["resource.aws_scheduler_schedule.this.kms_key_arn"],
  "schedule-role-own": ["locals.schedule_trust.Statement.0.Principal.Service", "lambda.amazonaws.com"],
} as const;

const BUCKET = "resource.aws_s3_bucket.this";

export const MASKING_MUTANTS: readonly Mutant[] = [
  ...ofModule("rds-snapshot-share", {
    ...ANY_KEY,
    ...SCHEDULED_MACHINE,
    "iam-actions-named": ["locals.share.Statement.2.Action", "rds:*"],
    "iam-resources-named": ["locals.share.Statement.1.Resource", "*"],
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
  }),
  ...ofModule("masking-pipeline", {
    ...SCHEDULED_MACHINE,
    "iam-actions-named": ["locals.masking.Statement.2.Action", "rds:*"],
    "iam-pass-role-narrow": ["locals.masking.Statement.10.Condition"],
    "iam-resources-named": ["locals.masking.Statement.2.Resource", "*"],
    "rds-passwords-hashed": ["resource.aws_db_parameter_group.this.parameter.1.value", "md5"],
    "rds-subnets-in-two-zones": ["resource.aws_db_subnet_group.this.subnet_ids", ["subnet-0123456789abcdef0"]],
    "trust-service-of-own-account": ["locals.mask_trust.Statement.0.Condition"],
  }),
  ...ofModule("masked-import", {
    ...SCHEDULED_MACHINE,
    "iam-pass-role-narrow": ["locals.import.Statement.3.Condition"],
    "iam-resources-named": ["locals.task_policy.Statement.1.Resource", "*"],
    "trust-service-of-own-account": ["locals.task_trust.Statement.0.Condition"],
  }),
  ...ofModule("masked-export-bucket", {
    ...ANY_KEY,
    "s3-access-logged": ["resource.aws_s3_bucket_logging"],
    "s3-acl-not-public": [`${BUCKET}.acl`, "public-read"],
    "s3-destroy-prevented": [`${BUCKET}.lifecycle`],
    "s3-encrypted": ["resource.aws_s3_bucket_server_side_encryption_configuration"],
    "s3-not-emptied-on-destroy": [`${BUCKET}.force_destroy`, true],
    "s3-owner-enforced": [
      "resource.aws_s3_bucket_ownership_controls.this.rule.object_ownership",
      "BucketOwnerPreferred",
    ],
    "s3-policy-not-public": ["locals.policy.Statement.1.Principal.AWS", "*"],
    "s3-public-access-blocked": ["resource.aws_s3_bucket_public_access_block"],
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.expiration", [{ days: 30 }]],
    "s3-tls-only": [["locals", "policy", "Statement", 4, "Condition", "Bool", "aws:SecureTransport"], "true"],
    "s3-versioned": ["resource.aws_s3_bucket_versioning.this.versioning_configuration.status", "Suspended"],
  }),
];
