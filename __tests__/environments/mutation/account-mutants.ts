/** Mutants of an account's root: the state storage, the pipeline's roles, the account's settings. */
import { ANY_POD, EKS, GITHUB, type Mutant, ofModule, PERSON } from "./mutant";

const BOUNDARY = "arn:aws:iam::111111111111:policy/boundary";

/** A role in addition to the module's own. */
function role(statement: object, permissions_boundary: string | null = BOUNDARY) {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
  return { name: "extra", permissions_boundary, assume_role_policy: JSON.stringify(document) };
}

function reading(resources: readonly string[]): string {
  const statement = { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: resources };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const BUCKET_MUTANTS = {
  "s3-destroy-prevented": ["resource.aws_s3_bucket.this.lifecycle"],
  "s3-access-logged": ["resource.aws_s3_bucket_logging"],
} as const;

export const ACCOUNT_MUTANTS: readonly Mutant[] = [
  ...ofModule("terraform-lock-table", {
    "dynamodb-encrypted": ["resource.aws_dynamodb_table.this.server_side_encryption"],
    "dynamodb-point-in-time-recovery": ["resource.aws_dynamodb_table.this.point_in_time_recovery.enabled", false],
    "dynamodb-deletion-protected": ["resource.aws_dynamodb_table.this.deletion_protection_enabled", false],
    "database-destroy-prevented": ["resource.aws_dynamodb_table.this.lifecycle"],
  }),
  ...ofModule("terraform-state-bucket", {
    ...BUCKET_MUTANTS,
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.expiration", [{ days: 30 }]],
  }),
  ...ofModule("terraform-plans-bucket", {
    ...BUCKET_MUTANTS,
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.filter.0.prefix", ""],
  }),
  ...ofModule("account-baseline", {
    "s3-account-public-access-blocked": ["resource.aws_s3_account_public_access_block.this.block_public_acls", false],
    "no-secrets-read-into-state": [
      "data",
      { aws_secretsmanager_secret_version: { this: { secret_id: "${aws_s3_account_public_access_block.this.id}" } } },
    ],
    "service-not-ended": ["resource.aws_qldb_ledger", { extra: { permissions_mode: "STANDARD" } }],
    "service-open-to-new-customers": [
      "resource.aws_cloud9_environment_ec2",
      { extra: { name: "extra", instance_type: "t3.micro", image_id: "amazonlinux-2023-x86_64" } },
    ],
  }),
  ...ofModule(
    "account-baseline",
    { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] },
    "versions",
  ),
  ...ofModule("cost-budget", { "costs-notified": ["resource.aws_budgets_budget.this.notification", []] }),
  ...ofModule("cost-anomalies", { "costs-notified": ["resource.aws_ce_anomaly_subscription"] }),
  ...ofModule("region-baseline", {
    "ebs-encrypted-by-default": ["resource.aws_ebs_encryption_by_default.this.enabled", false],
  }),
  ...ofModule("github-oidc", {
    "tags-not-overridden": ["resource.aws_iam_openid_connect_provider.this.tags", { Env: "other" }],
    "no-passwords-in-state": [
      "resource.aws_iam_openid_connect_provider.this.tags",
      { Store: "redis://:swordfish@cache:6379" },
    ],
  }),
  ...ofModule("cloudtrail", {
    "iam-actions-named": ["locals.write_log.Statement.0.Action", ["logs:*"]],
    "iam-resources-named": ["locals.write_log.Statement.0.Resource", "*"],
  }),
  ...ofModule("cloudtrail", {
    "s3-lock-without-bypass": ["locals.policy.Statement.2.Action", "s3:PutObjectRetention"],
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.root_user.alarm_actions"],
    "trail-encrypted": ["resource.aws_cloudtrail.this.kms_key_id"],
    "trail-in-log-group": ["resource.aws_cloudtrail.this.cloud_watch_logs_group_arn"],
    "trail-records-all-calls": ["resource.aws_cloudtrail.this.is_multi_region_trail", false],
    "trail-validated": ["resource.aws_cloudtrail.this.enable_log_file_validation", false],
  }),
  ...ofModule("event-dead-letters", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
    "sqs-encrypted": ["resource.aws_sqs_queue.this.kms_master_key_id"],
    "sqs-tls-only": [["locals", "policy", "Statement", 1, "Condition", "Bool", "aws:SecureTransport"], "true"],
    "sqs-not-public": [
      "locals.policy.Statement.0",
      { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "${aws_sqs_queue.this.arn}" },
    ],
  }),
  ...ofModule(
    "event-dead-letters",
    { "sqs-dead-letters-kept": ["output.arn.value", "arn:aws:sqs:eu-west-1:111111111111:other"] },
    "outputs",
  ),
  ...ofModule("findings-archive", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
    "firehose-encrypted": ["resource.aws_kinesis_firehose_delivery_stream.this.server_side_encryption"],
    "s3-lock-without-bypass": ["resource.aws_s3_bucket_object_lock_configuration.this.rule.default_retention.mode"],
  }),
  ...ofModule("findings-report", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
    "logs-not-public": [
      "locals.log_policy.Statement.0",
      { Sid: "Write", Effect: "Allow", Action: "logs:PutLogEvents", Principal: "*", Resource: "*" },
    ],
    "schedule-encrypted": ["resource.aws_scheduler_schedule.this.kms_key_arn"],
    "schedule-role-own": [
      "resource.aws_iam_role_policy_attachment",
      {
        extra: {
          role: "${aws_iam_role.schedule.name}",
          policy_arn: "arn:aws:iam::aws:policy/service-role/AWSStepFunctionsFullAccess",
        },
      },
    ],
    "state-machine-encrypted": ["resource.aws_sfn_state_machine.this.encryption_configuration"],
    "state-machine-logged": ["resource.aws_sfn_state_machine.this.logging_configuration"],
  }),
  ...ofModule("review-reminder", {
    "schedule-encrypted": ["resource.aws_scheduler_schedule.this.kms_key_arn"],
    "schedule-role-own": ["locals.schedule_trust.Statement.0.Principal.Service", "lambda.amazonaws.com"],
  }),
  ...ofModule("cloudtrail", { "iam-pass-role-narrow": ["locals.write_log.Statement.0.Action", "iam:PassRole"] }),
  ...ofModule("delivery-boundaries", {
    "policy-elements-filled": ["resource.aws_iam_policy.workloads.policy", reading([])],
    "policy-size": [
      "resource.aws_iam_policy.workloads.policy",
      reading(Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::bucket-${i}/documents/*`)),
    ],
  }),
  ...ofModule("github-actions-role", {
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment.extra",
      { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    "iam-people-bounded": [
      "resource.aws_iam_role.people",
      role(
        {
          Action: "sts:AssumeRole",
          Principal: { AWS: PERSON },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
        null,
      ),
    ],
    "trust-named-principals": ["resource.aws_iam_role.anybody", role({ Action: "sts:AssumeRole", Principal: "*" })],
    "trust-service-of-own-account": [
      "resource.aws_iam_role.service",
      role({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
    ],
    "trust-users-with-mfa": [
      "resource.aws_iam_role.password",
      role({ Action: "sts:AssumeRole", Principal: { AWS: PERSON } }),
    ],
    "trust-federation-claims": [
      "resource.aws_iam_role.any_audience",
      role({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: GITHUB },
        Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:owner/name:environment:shop" } },
      }),
    ],
    "trust-service-account": [
      "resource.aws_iam_role.any_pod",
      role({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: EKS },
        Condition: { StringLike: ANY_POD },
      }),
    ],
    "trust-github-repository": [
      ["locals", "lasting_trust", "Condition", "StringEquals", "token.actions.githubusercontent.com:sub"],
      "repo:owner/*",
    ],
  }),
  ...ofModule(
    "github-actions-role",
    { "no-secret-defaults": ["variable.max_session_hours.sensitive", true] },
    "variables",
  ),
];
