import { readFileSync } from "node:fs";
import path from "node:path";
import { ACTION_GUARDRAILS } from "../../../lib/gate/actions";
import { GUARDRAILS } from "../../../lib/guardrails/catalogue";
import { guardrailsPage } from "../../../lib/guardrails/page";

const ALL = [...GUARDRAILS, ...ACTION_GUARDRAILS];

test("ids are a contract: exceptions and reports name them", () => {
  expect(ALL.map(({ id }) => id).sort()).toEqual(IDS);
});

test("each row is a sentence, says what follows, and names what is allowed", () => {
  for (const { id, title, why, allowed } of ALL) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z].+\.$/s);
    expect(allowed).toMatch(/[^.]$/);
  }
});

/** What each framework calls its requirements. */
const FORMS = {
  hipaa: /^164\.3\d\d\([a-z]\)(\(\d\))?(\([ivx]+\))?(\([A-Z]\))?$/,
  soc2: /^(CC\d\.\d|A1\.\d|C1\.\d|P\d\.\d|PI1\.\d)$/,
  gdpr: /^\d+(\(\d\))?(\([a-z]\))?$/,
  cis: /^\d+\.\d+(\.\d+)?$/,
  fsbp: /^[A-Za-z0-9]+\.\d+$/,
} as const;

test("each control has the form that its framework gives it", () => {
  for (const { id, controls } of ALL) {
    for (const [framework, form] of Object.entries(FORMS)) {
      const ids = Object.entries(controls).find(([name]) => name === framework)?.[1] ?? [];
      for (const control of ids) expect(`${id} ${control}`.replace(`${id} `, "")).toMatch(form);
    }
  }
});

test("the page about the guardrails says what the rows say", () => {
  const page = readFileSync(path.join(__dirname, "../../../docs/guardrails.md"), "utf8");
  expect(page).toBe(guardrailsPage(ACTION_GUARDRAILS));
});

const IDS = [
  "access-approved",
  "codedeploy-rolls-back",
  "container-capabilities",
  "container-image-pinned",
  "container-logs",
  "container-no-secrets",
  "container-not-privileged",
  "container-not-root",
  "container-read-only",
  "database-destroy-prevented",
  "default-security-group-closed",
  "default-tags",
  "docdb-audit-log-exported",
  "docdb-backups",
  "docdb-deletion-protected",
  "docdb-encrypted",
  "docdb-final-snapshot",
  "docdb-password-managed",
  "docdb-tls-forced",
  "drift-approved",
  "dynamodb-deletion-protected",
  "dynamodb-encrypted",
  "dynamodb-point-in-time-recovery",
  "ebs-encrypted",
  "ebs-encrypted-by-default",
  "ecr-encrypted",
  "ecr-not-emptied-on-destroy",
  "ecr-not-public",
  "ecr-scanned",
  "ecr-tags-immutable",
  "ecs-deployment-keeps-capacity",
  "ecs-deployment-rolls-back",
  "ecs-no-shell",
  "ecs-service-private",
  "ecs-service-two-zones",
  "efs-encrypted",
  "efs-tls-only",
  "egress-to-anywhere",
  "elasticache-encrypted",
  "elasticache-tls-forced",
  "failed-checks-approved",
  "held-data-approved",
  "iam-actions-named",
  "iam-admin-policies",
  "iam-no-access-keys",
  "iam-no-users",
  "iam-pass-role-narrow",
  "iam-people-bounded",
  "iam-resources-named",
  "ingress-from-anywhere",
  "instance-disk-encrypted",
  "instance-metadata-v2",
  "instance-no-public-address",
  "kms-deletion-window",
  "kms-destroy-prevented",
  "kms-lockout-check",
  "kms-not-public",
  "kms-rotated",
  "lambda-runtime-supported",
  "lb-access-logs",
  "lb-deletion-protection",
  "lb-desync-mitigation",
  "lb-drops-invalid-headers",
  "lb-listener-encrypted",
  "lb-listener-tls-policy",
  "lb-two-zones",
  "load-balancer-current",
  "logs-encrypted",
  "logs-retention",
  "network-access-approved",
  "no-generated-secrets-in-state",
  "no-passwords-in-state",
  "no-secret-defaults",
  "no-secret-values-in-state",
  "no-secrets-in-function-environment",
  "no-secrets-in-user-data",
  "no-secrets-read-into-state",
  "plan-complete",
  "plan-for-own-account",
  "plan-of-reviewed-tree",
  "plan-without-secrets",
  "provider-account-pinned",
  "provider-no-credentials",
  "provider-version-exact",
  "rds-backups",
  "rds-backups-outlive-database",
  "rds-deletion-protected",
  "rds-destroy-prevented",
  "rds-encrypted",
  "rds-final-snapshot",
  "rds-insights-encrypted",
  "rds-logs-exported",
  "rds-minor-upgrades",
  "rds-not-public",
  "rds-password-managed",
  "rds-subnets-in-two-zones",
  "rds-tls-forced",
  "records-kept",
  "removal-approved",
  "root-only-calls",
  "s3-access-logged",
  "s3-account-public-access-blocked",
  "s3-acl-not-public",
  "s3-destroy-prevented",
  "s3-encrypted",
  "s3-not-emptied-on-destroy",
  "s3-owner-enforced",
  "s3-policy-not-public",
  "s3-public-access-blocked",
  "s3-records-not-expired",
  "s3-tls-only",
  "s3-versioned",
  "secret-encrypted",
  "secret-not-public",
  "secret-recovery-window",
  "security-group-rule-described",
  "security-group-rules-separate",
  "sensitive-arguments-approved",
  "service-not-ended",
  "service-open-to-new-customers",
  "sns-encrypted",
  "sns-not-public",
  "sns-tls-only",
  "sqs-dead-letters-kept",
  "sqs-encrypted",
  "sqs-not-public",
  "sqs-tls-only",
  "state-encrypted",
  "state-locked",
  "stateful-kept",
  "subnet-no-public-addresses",
  "tags-not-overridden",
  "target-groups-kept",
  "task-apart-from-host",
  "trust-federation-claims",
  "trust-github-repository",
  "trust-named-principals",
  "trust-service-of-own-account",
  "trust-users-with-mfa",
  "unjudged-types-approved",
  "unmanaged-access-approved",
  "version-ranges-bounded",
  "vpc-endpoint-policy",
  "vpc-flow-logs",
];
