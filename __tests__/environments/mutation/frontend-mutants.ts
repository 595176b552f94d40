/** Mutants of a website and of what measures it: CloudFront, guests of an identity pool, canaries. */
import { inEachComponent } from "./app-runner-mutants";
import { type Mutant, ofModule } from "./mutant";
import { PERMISSIONS, ROLES } from "./role-mutants";

const DISTRIBUTION = "resource.aws_cloudfront_distribution.this";
const CANARY = "resource.aws_synthetics_canary.this";
const BUCKET = "resource.aws_s3_bucket.this";
const POOL = "resource.aws_cognito_identity_pool.this";
const GUEST = "locals.guest_permissions.Statement.0";

/** Of a bucket for records. */
export const ANY_BUCKET = {
  "s3-public-access-blocked": ["resource.aws_s3_bucket_public_access_block"],
  "s3-acl-not-public": [`${BUCKET}.acl`, "public-read"],
  "s3-owner-enforced": ["resource.aws_s3_bucket_ownership_controls.this.rule.object_ownership", "BucketOwnerPreferred"],
  "s3-encrypted": ["resource.aws_s3_bucket_server_side_encryption_configuration"],
  "s3-versioned": ["resource.aws_s3_bucket_versioning.this.versioning_configuration.status", "Suspended"],
  "s3-not-emptied-on-destroy": [`${BUCKET}.force_destroy`, true],
  "s3-destroy-prevented": [`${BUCKET}.lifecycle`],
  "s3-access-logged": ["resource.aws_s3_bucket_logging"],
} as const;

const EVERYBODY = { Effect: "Allow", Principal: "*" };
const READ_BY_EVERYBODY = {
  ...EVERYBODY,
  Sid: "Read",
  Action: "s3:GetObject",
  Resource: "${aws_s3_bucket.this.arn}/*",
};
const WRITTEN_BY_EVERYBODY = { ...EVERYBODY, Sid: "Write", Action: "logs:PutLogEvents", Resource: "*" };

/**
 * The three kinds of website: of files only, of an application's pages, and of pages and an API.
 * @param origin place of the bucket in the distribution
 */
function ofWebsite(module: string, origin = "origin.0"): Mutant[] {
  return ofModule(module, {
    "cloudfront-https": [`${DISTRIBUTION}.default_cache_behavior.viewer_protocol_policy`, "allow-all"],
    "cloudfront-tls-policy": [`${DISTRIBUTION}.viewer_certificate.minimum_protocol_version`, "TLSv1"],
    "cloudfront-web-acl": [`${DISTRIBUTION}.web_acl_id`],
    "cloudfront-logged": ["resource.aws_cloudwatch_log_delivery_source.this.log_type", "CONNECTION_LOGS"],
    "cloudfront-origin-protected": [`${DISTRIBUTION}.${origin}.origin_access_control_id`],
  });
}

/** A bucket that a distribution reads. */
const FILES = {
  ...ANY_BUCKET,
  "s3-policy-not-public": ["locals.policy.Statement.0", READ_BY_EVERYBODY],
  "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.expiration", [{ days: 30 }]],
  "s3-tls-only": [["locals", "policy", "Statement", 3, "Condition", "Bool", "aws:SecureTransport"], "true"],
} as const;

/** The bucket and the log of a website that has its own. */
const PAGES = {
  ...FILES,
  "logs-encrypted": ["resource.aws_cloudwatch_log_group.this.kms_key_id"],
  "logs-retention": ["resource.aws_cloudwatch_log_group.this.retention_in_days"],
  "logs-not-public": ["locals.log_policy.Statement.0", WRITTEN_BY_EVERYBODY],
} as const;

export const FRONTEND_MUTANTS: readonly Mutant[] = [
  ...ofWebsite("cloudfront-site"),
  ...ofWebsite("cloudfront-pages", "dynamic.origin.content"),
  ...ofModule("cloudfront-pages", PAGES),
  ...ofModule("website-replica", FILES),
  ...["failed", "late"].flatMap((alarm) =>
    ofModule("s3-replication", { "alarm-acts": [`resource.aws_cloudwatch_metric_alarm.${alarm}.alarm_actions`, []] }),
  ),
  ...ofWebsite("cloudfront-spa"),
  ...ofModule("cloudfront-spa", {
    ...PAGES,
    "cloudfront-https": [`${DISTRIBUTION}.ordered_cache_behavior.0.viewer_protocol_policy`, "allow-all"],
    "cloudfront-origin-protected": [
      `${DISTRIBUTION}.origin.1.custom_origin_config.origin_protocol_policy`,
      "http-only",
    ],
  }),
  ...["web_acl", "assets_web_acl"].map(
    (call): Mutant => ({
      guardrail: "web-acl-in-us-east-1",
      file: "<root>/main.tf.json",
      at: ["module", call, "providers", "aws"],
      to: "aws",
      beside: ["module", call, "providers"],
    }),
  ),
  ...[1, 2].map(
    (i): Mutant => ({
      guardrail: "web-acl-in-us-east-1",
      file: "<root>/providers.tf.json",
      at: ["provider", "aws", i, "region"],
      to: "us-west-2",
      beside: ["provider", "aws", i, "alias", "us_east_1"],
    }),
  ),
  ...ofModule("synthetics-canary", {
    ...ANY_BUCKET,
    "canary-artifacts-encrypted": [`${CANARY}.artifact_config.s3_encryption.encryption_mode`, "SSE_S3"],
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
    "canary-role-bounded": ["resource.aws_iam_role.this.permissions_boundary"],
    "s3-policy-not-public": ["locals.policy.Statement.0.Effect", "Allow"],
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.filter.0.prefix", ""],
    "s3-tls-only": [["locals", "policy", "Statement", 2, "Condition", "Bool", "aws:SecureTransport"], "true"],
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.this.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.this.retention_in_days"],
    "iam-actions-named": ["locals.permissions.Statement.0.Action", "s3:*"],
    "iam-resources-named": ["locals.permissions.Statement.1.Resource", "*"],
    "iam-pass-role-narrow": ["locals.permissions.Statement.2.Action", "iam:PassRole"],
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment",
      { extra: { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
  }),
  ...ofModule("synthetics-canary", ROLES),
  ...ofModule("synthetics-canary", {
    // Beside the policy of the role, which other mutants break in the same plan.
    "policy-size": ["resource.aws_iam_role_policy.extra", PERMISSIONS["policy-size"][1].extra],
  }),
  ...ofModule("rum-app-monitor", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.lcp.alarm_actions"],
    "identity-pool-guests-measured": ["resource.aws_rum_app_monitor.this.app_monitor_configuration.identity_pool_id"],
    "identity-pool-enhanced-flow": [`${POOL}.allow_classic_flow`, true],
    "trust-federation-claims": [`${GUEST}.Action`, ["rum:PutRumEvents", "rum:GetAppMonitor"]],
  }),
  ...ofModule("rum-app-monitor", {
    "trust-federation-claims": [
      "resource.aws_iam_role_policy_attachment",
      { extra: { role: "${aws_iam_role.guest.name}", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
    ],
  }),
  ...inEachComponent("frontend-lookup"),
];
