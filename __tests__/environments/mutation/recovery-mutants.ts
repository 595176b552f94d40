/** Mutants of recovery: people's access to backups, copies and tests of restores, their evidence, and the declared failover. */
import { inEachComponent } from "./app-runner-mutants";
import { ANY_BUCKET } from "./frontend-mutants";
import { SCHEDULED_MACHINE } from "./masking-mutants";
import { type Mutant, ofModule } from "./mutant";

const ALARM = "resource.aws_cloudwatch_metric_alarm";
const ADMINISTRATOR = { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" };

export const RECOVERY_MUTANTS: readonly Mutant[] = [
  ...ofModule("backup-access", {
    "iam-actions-named": ["locals.access.Statement.0.Action", "rds:*"],
    "iam-admin-policies": ["resource.aws_iam_role_policy_attachment.extra", ADMINISTRATOR],
    "iam-people-bounded": ["resource.aws_iam_role.this.permissions_boundary"],
    "iam-resources-named": ["locals.access.Statement.1.Resource", "*"],
    "trust-users-with-mfa": ["locals.trust.Statement.0.Condition"],
  }),
  ...ofModule("backup-access", {
    "iam-pass-role-narrow": ["locals.access.Statement.2.Action", "iam:PassRole"],
    "policy-size": [
      "locals.access.Statement.3.Resource",
      Array.from({ length: 200 }, (_, i) => `arn:aws:secretsmanager:us-east-1:111111111111:secret:rds!db-${i}`),
    ],
    "trust-named-principals": ["locals.trust.Statement.0.Principal.AWS", "*"],
  }),
  ...ofModule("evidence-bucket", {
    ...ANY_BUCKET,
    "s3-lock-without-bypass": ["locals.policy.Statement.0.Action", "s3:PutObjectRetention"],
    "s3-policy-not-public": ["locals.policy.Statement.1.Effect", "Allow"],
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.expiration", [{ days: 30 }]],
    "s3-tls-only": [["locals", "policy", "Statement", 3, "Condition", "Bool", "aws:SecureTransport"], "true"],
  }),
  ...ofModule("failover-declaration", { "alarm-acts": [`${ALARM}.this.actions_enabled`, false] }),
  ...ofModule("rds-backup-lag", {
    ...SCHEDULED_MACHINE,
    "iam-actions-named": ["locals.measure.Statement.0.Action", "rds:*"],
    "iam-pass-role-narrow": ["locals.schedule_call.Statement.0.Action", "iam:PassRole"],
    "iam-resources-named": ["locals.schedule_call.Statement.1.Resource", "*"],
    "trust-named-principals": ["locals.trust.Statement.0.Principal", "*"],
    "trust-service-of-own-account": ["locals.schedule_trust.Statement.0.Condition"],
  }),
  ...ofModule("rds-backup-lag", { "alarm-acts": [`${ALARM}.lag.alarm_actions`, []] }),
  ...ofModule("rds-restore-test", {
    ...SCHEDULED_MACHINE,
    "iam-actions-named": ["locals.restore.Statement.1.Action", "rds:*"],
    "iam-pass-role-narrow": ["locals.schedule_call.Statement.0.Action", "iam:PassRole"],
    "iam-resources-named": ["locals.restore.Statement.0.Resource", "*"],
    "rds-passwords-hashed": ["resource.aws_db_parameter_group.this.parameter.1.value", "md5"],
    "rds-subnets-in-two-zones": ["resource.aws_db_subnet_group.this.subnet_ids", ["subnet-0123456789abcdef0"]],
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
  }),
  ...inEachComponent("peering-lookup"),
];
