/** Buckets: closed to the public, encrypted, TLS only, and nothing in them is lost. */

import type { Value } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { concernsService } from "./actions";
import { accompanied, all, allows, equals, given, keptFromDestruction } from "./attributes";
import { refusesPlainHttp } from "./denials";
import { keepsRecords, SAVED_PLANS } from "./expiry";
import type { ResourceGuardrail } from "./guardrail";
import { exceptForLogs, receivesLogs } from "./log-buckets";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";

const BLOCKS_THE_PUBLIC = all(
  equals("block_public_acls", true),
  equals("block_public_policy", true),
  equals("ignore_public_acls", true),
  equals("restrict_public_buckets", true),
);

const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";

/** Load balancers deliver their logs to buckets with keys of S3 only. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const ENCRYPTED = equals(ALGORITHM, "aws:kms", "aws:kms:dsse", "AES256");

const ENCRYPTED_WITH_KEY = all(
  equals(ALGORITHM, "aws:kms", "aws:kms:dsse"),
  keyOfAccount("rule.apply_server_side_encryption_by_default.kms_master_key_id"),
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const PUBLIC_ACLS: readonly Value[] = ["public-read", "public-read-write", "authenticated-read"];
const PUBLIC_GROUP = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const BUCKETS = [
  {
    id: "s3-public-access-blocked",
    title: "A bucket blocks public access in all four ways",
    why: "A policy or an ACL written later, by whomever, can open the bucket to everybody.",
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
    title: "The account blocks public access to its buckets in all four ways",
    why: "The block of the account covers buckets that nobody remembers; with a gap it does not.",
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
    title: "No bucket policy lets everybody in",
    why: "Whoever knows the bucket's name reads or writes its objects.",
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
    title: "No ACL opens a bucket or an object",
    why: "Whoever knows the name reads or writes it, past every policy.",
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
    title: "A bucket has no ACLs: its policy alone says who may do what",
    why: "Who writes an object could otherwise own it and hand it on, and no policy would show it.",
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
    title: "A bucket is encrypted with a key of the account; one for access logs may use a key of S3",
    why: "Without its own key, who may read an object is decided by the bucket's policies alone, and no log tells who did.",
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
    why: "A client that forgets TLS sends objects, and the signature that gives access to them, in the clear.",
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
    title: "A bucket keeps the versions of its objects",
    why: "What is overwritten or deleted by mistake, or encrypted by an extortionist, is lost.",
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
    title: "No lifecycle rule deletes objects or their versions, but for those of access logs and saved plans",
    why: "Records are deleted silently once they are old enough, and no version is left to restore.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"], soc2: ["A1.2", "C1.1"], gdpr: ["32(1)(b)"] },
    allowed: `neither expiration by days or date nor noncurrent_version_expiration, but under the prefix ${SAVED_PLANS} of a bucket whose policy denies everybody to overwrite and to delete`,
    types: ["aws_s3_bucket_lifecycle_configuration"],
    judge: keepsRecords,
  },
  {
    id: "s3-destroy-prevented",
    title:
      "Terraform refuses to destroy or replace a bucket whose block is in the configuration, but for those of access logs",
    why: "An argument that forces a replacement destroys the bucket within an ordinary apply. For a block that was renamed or removed, Terraform does not refuse: there, S3 refuses to delete a bucket with objects, and the gate asks for an approval.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_s3_bucket"],
    judge: exceptForLogs(keptFromDestruction),
  },
  {
    id: "s3-not-emptied-on-destroy",
    title: "A bucket with objects in it cannot be destroyed",
    why: "Terraform deletes every object and every version before it destroys the bucket.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(i)", "164.312(c)(1)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "force_destroy = false, which is the default",
    types: ["aws_s3_bucket"],
    judge: equals("force_destroy", false, null),
  },
  {
    id: "s3-access-logged",
    title: "Requests to a bucket are logged, but for those to access logs themselves",
    why: "Nobody can tell later who read which record.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["S3.9"] },
    allowed: "an aws_s3_bucket_logging with a target_bucket",
    types: ["aws_s3_bucket"],
    judge: exceptForLogs(accompanied("aws_s3_bucket_logging", "bucket", given("target_bucket"))),
  },
] as const satisfies readonly ResourceGuardrail[];
