import type { ResourceInstance } from "../../../../lib/judgement/configuration";
import { BUCKETS } from "../../../../lib/judgement/guardrails/buckets";
import type { HclValue } from "../../../../lib/judgement/hcl";
import {
  account,
  allow,
  arn,
  balancer,
  block,
  bucket,
  canary,
  delivery,
  deny,
  denyDeleting,
  encryption,
  expiringPlans,
  expiringRuns,
  http,
  key,
  lifecycle,
  notPlans,
  of,
  ownership,
  policy,
  unknown,
  versioning,
  writtenOnce,
} from "./bucket-cases";
import { LOCK_CASES } from "./bucket-lock-cases";
import { proveRows } from "./rows";

const noTls = "broken: policy has no statement that denies all requests without TLS";
const withPolicy = (...statements: readonly HclValue[]): ResourceInstance[] => [bucket(), policy(...statements)];

proveRows(BUCKETS, {
  "s3-public-access-blocked": [
    ["holds if all is blocked", [bucket(), block({})], "holds"],
    [
      "is broken without a block",
      [bucket()],
      "broken: no aws_s3_bucket_public_access_block whose bucket names this resource",
    ],
    [
      "is broken by a block of another bucket",
      [bucket(), block({ bucket: "other" })],
      "broken: no aws_s3_bucket_public_access_block whose bucket names this resource",
    ],
    [
      "is broken if one setting is off",
      [bucket(), block({ restrict_public_buckets: false })],
      "broken: restrict_public_buckets = false",
    ],
    [
      "is unknown if the value is known only after the apply",
      [bucket(), block({ ignore_public_acls: unknown })],
      "unknown: ignore_public_acls = (known after apply)",
    ],
  ],
  "s3-account-public-access-blocked": [
    ["holds if all is blocked", [account({})], "holds"],
    ["is broken if one setting is off", [account({ block_public_acls: null })], "broken: block_public_acls = null"],
    [
      "is unknown if the value is known only after the apply",
      [account({ block_public_acls: unknown })],
      "unknown: block_public_acls = (known after apply)",
    ],
  ],
  "s3-policy-not-public": [
    ["holds for a service", [delivery], "holds"],
    ["holds if everybody is denied something", [policy(deny({}))], "holds"],
    [
      "holds if a condition restricts the callers",
      [policy(allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }))],
      "holds",
    ],
    [
      "is broken if it allows everybody",
      [policy(allow({ Principal: "*" }))],
      'broken: policy, Read: {"Principal": "*"}',
    ],
    [
      "is broken if it allows every account",
      [policy(allow({ Principal: { AWS: ["*"] } }))],
      'broken: policy, Read: {"Principal": "*"}',
    ],
    [
      "is broken if it allows everybody but one",
      [policy(allow({ NotPrincipal: { AWS: "1" } }))],
      'broken: policy, Read: {"NotPrincipal": ["1"]}',
    ],
    [
      "is broken by a condition that restricts nobody",
      [policy(allow({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }))],
      'broken: policy, Read: {"Principal": "*"}',
    ],
    [
      "is broken by a condition that matches all others",
      [policy(allow({ Principal: "*", Condition: { StringNotEquals: { "aws:SourceAccount": "1" } } }))],
      'broken: policy, Read: {"Principal": "*"}',
    ],
    [
      "is unknown if the policy is unknown",
      [of("aws_s3_bucket_policy", { policy: unknown })],
      "unknown: policy = (known after apply)",
    ],
    [
      "is unknown if a principal is unknown",
      [policy(allow({ Principal: { AWS: unknown } }))],
      "unknown: policy, Read: (known after apply)",
    ],
  ],
  "s3-acl-not-public": [
    [
      "holds without an ACL, and with a private one",
      [bucket(), of("aws_s3_bucket_acl", { acl: "private" })],
      "holds",
      "holds",
    ],
    ["is broken by a public one", [of("aws_s3_bucket_acl", { acl: "public-read" })], 'broken: acl = "public-read"'],
    [
      "is broken by a public object",
      [of("aws_s3_object", { acl: "public-read-write" })],
      'broken: acl = "public-read-write"',
    ],
    [
      "is broken by a grant to everybody",
      [
        of("aws_s3_bucket_acl", {
          access_control_policy: [
            { grant: [{ grantee: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] }] },
          ],
        }),
      ],
      'broken: access_control_policy.grant.grantee.uri = "http://acs.amazonaws.com/groups/global/AllUsers"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [of("aws_s3_bucket_acl", { acl: unknown })],
      "unknown: acl = (known after apply)",
    ],
  ],
  "s3-owner-enforced": [
    ["holds if the owner is enforced", [bucket(), ownership("BucketOwnerEnforced")], "holds"],
    [
      "is broken if ACLs are enabled",
      [bucket(), ownership("BucketOwnerPreferred")],
      'broken: rule.object_ownership = "BucketOwnerPreferred"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [bucket(), ownership(unknown)],
      "unknown: rule.object_ownership = (known after apply)",
    ],
  ],
  "s3-encrypted": [
    ["holds with a key", [bucket(), encryption({ sse_algorithm: "aws:kms", kms_master_key_id: key })], "holds"],
    ["holds with SSE-S3 for delivered logs", [bucket(), delivery, encryption({ sse_algorithm: "AES256" })], "holds"],
    [
      "holds with SSE-S3 for logs of a load balancer, with any policy",
      [bucket(), balancer, encryption({ sse_algorithm: "AES256" })],
      "holds",
    ],
    [
      "is broken by a key of S3",
      [bucket(), policy(deny({})), encryption({ sse_algorithm: "AES256" })],
      'broken: rule.apply_server_side_encryption_by_default.sse_algorithm = "AES256"',
    ],
    [
      "is broken without a key",
      [bucket(), encryption({ sse_algorithm: "aws:kms" })],
      "broken: rule.apply_server_side_encryption_by_default.kms_master_key_id = null",
    ],
    [
      "is broken if nothing is set",
      [bucket()],
      "broken: no aws_s3_bucket_server_side_encryption_configuration whose bucket names this resource",
    ],
    [
      "is unknown if the value is known only after the apply",
      [bucket(), encryption({ sse_algorithm: unknown, kms_master_key_id: key })],
      "unknown: rule.apply_server_side_encryption_by_default.sse_algorithm = (known after apply)",
    ],
  ],
  "s3-tls-only": [
    ["holds if plain HTTP is denied", withPolicy(deny({})), "holds"],
    ["is broken without a policy", [bucket()], "broken: no aws_s3_bucket_policy whose bucket names this resource"],
    ["is broken without a statement about TLS", withPolicy(allow({ Principal: { AWS: "1" } })), noTls],
    ["is broken if it covers only the bucket", withPolicy(deny({ Resource: arn })), noTls],
    ["is broken if it covers one action", withPolicy(deny({ Action: "s3:GetObject" })), noTls],
    ["is broken if it covers one caller", withPolicy(deny({ Principal: { AWS: "1" } })), noTls],
    [
      "is broken if the condition requires more",
      withPolicy(deny({ Condition: { ...http, StringEquals: { "aws:SourceAccount": "1" } } })),
      noTls,
    ],
    ["is broken if it denies TLS", withPolicy(deny({ Condition: { Bool: { "aws:SecureTransport": "true" } } })), noTls],
    [
      "is unknown if the policy is unknown",
      [bucket(), of("aws_s3_bucket_policy", { policy: unknown })],
      "unknown: policy = (known after apply)",
    ],
  ],
  "s3-versioned": [
    ["holds if versioning is enabled", [bucket(), versioning("Enabled")], "holds"],
    [
      "is broken if they are off",
      [bucket(), versioning("Suspended")],
      'broken: versioning_configuration.status = "Suspended"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [bucket(), versioning(unknown)],
      "unknown: versioning_configuration.status = (known after apply)",
    ],
  ],
  "s3-records-not-expired": [
    [
      "holds if it only aborts uploads",
      [bucket(), lifecycle({ abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }], expiration: [] })],
      "holds",
    ],
    [
      "holds if it only removes delete markers",
      [bucket(), lifecycle({ expiration: [{ days: 0, date: null, expired_object_delete_marker: true }] })],
      "holds",
    ],
    ["holds for a rule that is off", [bucket(), lifecycle({ status: "Disabled", expiration: [{ days: 1 }] })], "holds"],
    ["holds for logs", [bucket(), delivery, lifecycle({ expiration: [{ days: 30 }] })], "holds"],
    ["holds for saved plans", [bucket(), writtenOnce(), expiringPlans()], "holds"],
    [
      "holds if all uploads are denied",
      [bucket(), policy(deny({ Condition: null }), denyDeleting()), expiringPlans()],
      "holds",
    ],
    ...notPlans,
    ["holds for the runs of a canary", [bucket(), canary, expiringRuns], "holds"],
    ["is broken for the same prefix without a canary", [bucket(), expiringRuns], "broken: rule.expiration.days = 7"],
    ["is broken beside the runs of a canary", [bucket(), canary, expiringPlans()], "broken: rule.expiration.days = 7"],
    [
      "is broken under any other prefix",
      [bucket(), writtenOnce(), expiringPlans("plans")],
      "broken: rule.expiration.days = 7",
    ],
    [
      "is broken by the expiration of objects",
      [bucket(), lifecycle({ expiration: [{ days: 365 }] })],
      "broken: rule.expiration.days = 365",
    ],
    [
      "is broken by the expiration of versions",
      [bucket(), lifecycle({ noncurrent_version_expiration: { noncurrent_days: 30 } })],
      "broken: rule.noncurrent_version_expiration.noncurrent_days = 30",
    ],
    [
      "is unknown if the value is known only after the apply",
      [bucket(), lifecycle({ expiration: [{ days: unknown }] })],
      "unknown: rule.expiration.days = (known after apply)",
    ],
    ["is unknown if a rule is unknown", [bucket(), lifecycle(unknown)], "unknown: rule = (known after apply)"],
  ],
  "s3-lock-without-bypass": LOCK_CASES,
  "s3-destroy-prevented": [
    ["holds with prevent_destroy", [bucket({}, { prevent_destroy: true })], "holds"],
    ["holds for logs", [bucket(), delivery], "holds"],
    ["is broken without a lifecycle", [bucket()], "broken: lifecycle.prevent_destroy = null"],
  ],
  "s3-not-emptied-on-destroy": [
    ["holds with the default", [bucket()], "holds"],
    ["is broken if it is emptied", [bucket({ force_destroy: true })], "broken: force_destroy = true"],
    [
      "is unknown if the value is known only after the apply",
      [bucket({ force_destroy: unknown })],
      "unknown: force_destroy = (known after apply)",
    ],
  ],
  "s3-access-logged": [
    ["holds if requests are logged", [bucket(), of("aws_s3_bucket_logging", { target_bucket: "logs" })], "holds"],
    ["holds for logs", [bucket(), balancer], "holds"],
    ["is broken if they are not", [bucket()], "broken: no aws_s3_bucket_logging whose bucket names this resource"],
    [
      "is unknown if the target is unknown",
      [bucket(), of("aws_s3_bucket_logging", { target_bucket: unknown })],
      "unknown: target_bucket = (known after apply)",
    ],
  ],
});
