/** S3 buckets: not public, encrypted, TLS only, and protected against the loss of objects. */

import { CANARY_RUNS } from "../../aws/canary-runs";
import type { HclValue } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { concernsService } from "./actions";
import { accompanied, all, allows, equals, given, keptFromDestruction } from "./attributes";
import { refusesPlainHttp } from "./denials";
import { keepsRecords, SAVED_PLANS } from "./expiry";
import type { ResourceGuardrail } from "./guardrail";
import { locksForGood } from "./locks";
import { exceptForLogs, receivesLogs } from "./log-buckets";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";

const BLOCKS_THE_PUBLIC = all(
  equals("block_public_acls", true),
  equals("block_public_policy", true),
  equals("ignore_public_acls", true),
  equals("restrict_public_buckets", true),
);

const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";

/**
 * Load balancers deliver their logs only to buckets that are encrypted with keys of S3 (SSE-S3).
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const ENCRYPTED = equals(ALGORITHM, "aws:kms", "aws:kms:dsse", "AES256");

const ENCRYPTED_WITH_KEY = all(
  equals(ALGORITHM, "aws:kms", "aws:kms:dsse"),
  keyOfAccount("rule.apply_server_side_encryption_by_default.kms_master_key_id"),
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const PUBLIC_ACLS: readonly HclValue[] = ["public-read", "public-read-write", "authenticated-read"];
const PUBLIC_GROUP = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const BUCKETS = [
  {
    id: "s3-public-access-blocked",
    title: "A bucket has all four public access block settings enabled",
    why: "A policy or an ACL that is added later can make the bucket public.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)", "25(2)"],
      cis: ["2.1.4"],
      fsbp: ["S3.8"],
    },
    allowed: "an aws_s3_bucket_public_access_block with all four arguments true",
    types: ["aws_s3_bucket"],
    judge: accompanied("aws_s3_bucket_public_access_block", "bucket", BLOCKS_THE_PUBLIC),
  },
  {
    id: "s3-account-public-access-blocked",
    title: "The account has all four S3 public access block settings enabled",
    why: "The account's settings also cover buckets that have none of their own; a setting that is off covers none.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)", "25(2)"],
      cis: ["2.1.4"],
      fsbp: ["S3.1"],
    },
    allowed: "all four arguments true",
    types: ["aws_s3_account_public_access_block"],
    judge: BLOCKS_THE_PUBLIC,
  },
  {
    id: "s3-policy-not-public",
    title: "No bucket policy allows access to everybody",
    why: "Anybody who knows the bucket's name reads or writes its objects.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)", "25(2)"],
      fsbp: ["S3.2", "S3.3"],
    },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_s3_bucket_policy"],
    judge: closedToThePublic("policy"),
  },
  {
    id: "s3-acl-not-public",
    title: "No ACL makes a bucket or an object public",
    why: "Anybody who knows the name reads or writes the object, regardless of every policy.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)", "25(2)"],
      fsbp: ["S3.2", "S3.3"],
    },
    allowed: "an acl that is not public, and no grantee that stands for everybody",
    types: ["aws_s3_bucket", "aws_s3_bucket_acl", "aws_s3_object"],
    judge: all(
      allows("acl", (value) => !PUBLIC_ACLS.includes(value)),
      allows("access_control_policy.grant.grantee.uri", (value) => !PUBLIC_GROUP.test(String(value))),
    ),
  },
  {
    id: "s3-owner-enforced",
    title: "A bucket has ACLs disabled: its policy alone controls access",
    why: "With ACLs, the writer of an object can own it and share it, and no policy shows this.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["S3.12"] },
    allowed: "an aws_s3_bucket_ownership_controls with object_ownership = BucketOwnerEnforced",
    types: ["aws_s3_bucket"],
    judge: accompanied(
      "aws_s3_bucket_ownership_controls",
      "bucket",
      equals("rule.object_ownership", "BucketOwnerEnforced"),
    ),
  },
  {
    id: "s3-encrypted",
    title: "A bucket is encrypted with a customer managed KMS key; a bucket for access logs may use SSE-S3",
    why: "Without a customer managed key, the bucket's policies alone control who reads an object, and the account cannot audit who decrypted it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `an aws_s3_bucket_server_side_encryption_configuration with aws:kms, and kms_master_key_id with ${KEY_OF_ACCOUNT}; AES256 where logs are delivered`,
    types: ["aws_s3_bucket"],
    judge: (bucket, root) =>
      accompanied(
        "aws_s3_bucket_server_side_encryption_configuration",
        "bucket",
        receivesLogs(bucket, root) ? ENCRYPTED : ENCRYPTED_WITH_KEY,
      )(bucket, root),
  },
  {
    id: "s3-tls-only",
    title: "A bucket refuses requests without TLS",
    why: "A client without TLS sends objects, and the signature that gives access to them, in clear text.",
    severity: "high",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.7"],
      gdpr: ["32(1)(a)"],
      cis: ["2.1.1"],
      fsbp: ["S3.5"],
    },
    allowed:
      "an aws_s3_bucket_policy that denies s3:* to * on the bucket and its objects where aws:SecureTransport is false",
    types: ["aws_s3_bucket"],
    judge: accompanied(
      "aws_s3_bucket_policy",
      "bucket",
      refusesPlainHttp("policy", {
        actions: (statement) => concernsService(statement, "s3", "bucket", "object"),
        parts: ["own", "within"],
      }),
    ),
  },
  {
    id: "s3-versioned",
    title: "A bucket has versioning enabled",
    why: "Objects that are overwritten or deleted by mistake, or encrypted by ransomware, are lost.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"],
      soc2: ["A1.2", "PI1.5"],
      gdpr: ["32(1)(b)", "32(1)(c)"],
    },
    allowed: "an aws_s3_bucket_versioning with status = Enabled",
    types: ["aws_s3_bucket"],
    judge: accompanied("aws_s3_bucket_versioning", "bucket", equals("versioning_configuration.status", "Enabled")),
  },
  {
    id: "s3-records-not-expired",
    title:
      "No lifecycle rule deletes objects or their versions, except for access logs, saved plans and runs of canaries",
    why: "Records are deleted silently once they reach the age in the rule, and no version is left to restore.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"], soc2: ["A1.2", "C1.1"], gdpr: ["32(1)(b)"] },
    allowed: `no expiration by days or date and no noncurrent_version_expiration, except under the prefix ${SAVED_PLANS} of a bucket whose policy denies everybody to overwrite and to delete, and under the prefix ${CANARY_RUNS}/ of a bucket that a canary writes to`,
    types: ["aws_s3_bucket_lifecycle_configuration"],
    judge: keepsRecords,
  },
  {
    id: "s3-lock-without-bypass",
    title: "A bucket with Object Lock locks each object, and nobody can bypass the lock",
    why: "An attacker, or an administrator by mistake, deletes the records that the lock should keep.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC7.3", "C1.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "a default retention in mode COMPLIANCE, or in mode GOVERNANCE with an aws_s3_bucket_policy that denies s3:BypassGovernanceRetention on all objects to *",
    types: ["aws_s3_bucket_object_lock_configuration"],
    judge: locksForGood,
  },
  {
    id: "s3-destroy-prevented",
    title:
      "Terraform refuses to destroy or replace a bucket whose block is in the configuration, except for buckets of access logs",
    why: "A change that forces a replacement destroys the bucket during an ordinary apply. Terraform does not refuse if the block was renamed or removed: then S3 refuses to delete a bucket with objects, and the gate requires an approval.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_s3_bucket"],
    judge: exceptForLogs(keptFromDestruction),
  },
  {
    id: "s3-not-emptied-on-destroy",
    title: "A bucket that contains objects cannot be destroyed",
    why: "Terraform deletes every object and every version before it destroys the bucket.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "force_destroy = false, which is the default",
    types: ["aws_s3_bucket"],
    judge: equals("force_destroy", false, null),
  },
  {
    id: "s3-access-logged",
    title: "Requests to a bucket are logged, except for buckets of access logs",
    why: "Nobody can find out later who read which record.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["S3.9"] },
    allowed: "an aws_s3_bucket_logging with a target_bucket",
    types: ["aws_s3_bucket"],
    judge: exceptForLogs(accompanied("aws_s3_bucket_logging", "bucket", given("target_bucket"))),
  },
] as const satisfies readonly ResourceGuardrail[];
