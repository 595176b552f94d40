/** Buckets and the resources that belong to them, for the rows about buckets. */
import type { ResourceInstance } from "../../../../lib/judgement/configuration";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import type { Case } from "./rows";

export type Values = { readonly [argument: string]: HclValue };

export const unknown = new Unknown();
export const key = new Reference("module.key.aws_kms_key.this", "arn");
export const arn = new Reference("module.call.aws_s3_bucket.this", "arn");
const objects = new PartialText([arn, "/*"]);
export const bucket = (values: Values = {}, lifecycle: Values = {}) =>
  resourceOf("aws_s3_bucket", values, { lifecycle });
export const of = (type: string, values: Values) =>
  resourceOf(type, { bucket: new Reference("module.call.aws_s3_bucket.this", "id"), ...values });

const blocked = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
export const block = (values: Values) => of("aws_s3_bucket_public_access_block", { ...blocked, ...values });
export const account = (values: Values) => resourceOf("aws_s3_account_public_access_block", { ...blocked, ...values });
export const policy = (...Statement: readonly HclValue[]) =>
  of("aws_s3_bucket_policy", { policy: new EncodedJson({ Version: "2012-10-17", Statement }) });
export const allow = (more: Values) => ({
  Sid: "Read",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: objects,
  ...more,
});
export const http = { Bool: { "aws:SecureTransport": "false" } };
export const deny = (more: Values) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, objects],
  Condition: http,
  ...more,
});
export const ownership = (object_ownership: HclValue) =>
  of("aws_s3_bucket_ownership_controls", { rule: { object_ownership } });
export const encryption = (values: Values) =>
  of("aws_s3_bucket_server_side_encryption_configuration", {
    rule: [{ apply_server_side_encryption_by_default: [values] }],
  });
export const versioning = (status: HclValue) =>
  of("aws_s3_bucket_versioning", { versioning_configuration: { status } });
export const lifecycle = (...rule: readonly HclValue[]) => of("aws_s3_bucket_lifecycle_configuration", { rule });
export const delivery = policy(allow({ Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } }));
export const balancer = resourceOf("aws_lb", {
  access_logs: [{ bucket: new Reference("module.call.aws_s3_bucket.this", "bucket") }],
});
export const expiringPlans = (prefix = "plans/") => lifecycle({ filter: [{ prefix }], expiration: [{ days: 7 }] });
export const expiringRuns = expiringPlans("canary-runs/");
export const canary = resourceOf("aws_synthetics_canary", {
  artifact_s3_location: new PartialText([
    "s3://",
    new Reference("module.call.aws_s3_bucket.this", "bucket"),
    "/canary-runs",
  ]),
});
const anew = { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } };
const denyOverwriting = (more: Values = {}) =>
  deny({ Action: "s3:PutObject", Resource: objects, Condition: anew, ...more });
export const denyDeleting = (more: Values = {}) =>
  deny({ Action: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"], Condition: null, ...more });
export const writtenOnce = () => policy(denyOverwriting(), denyDeleting());
export const lock = (retention: Values) =>
  of("aws_s3_bucket_object_lock_configuration", { rule: [{ default_retention: [retention] }] });
export const denyUnlocking = (more: Values = {}) =>
  deny({ Action: "s3:BypassGovernanceRetention", Resource: objects, Condition: null, ...more });
export const notPlans = Object.entries<ResourceInstance[]>({
  "is broken for a folder of records that has the same name": [bucket(), policy(deny({}))],
  "is broken if an object may be overwritten": [bucket(), policy(denyDeleting())],
  "is broken if an object may be deleted": [bucket(), policy(denyOverwriting())],
  "is broken if a version may be deleted": [
    bucket(),
    policy(denyOverwriting(), denyDeleting({ Action: "s3:DeleteObject" })),
  ],
  "is broken if somebody may delete": [bucket(), policy(denyOverwriting(), denyDeleting({ Principal: { AWS: "1" } }))],
  "is broken if a condition permits deletion": [bucket(), policy(denyOverwriting(), denyDeleting({ Condition: http }))],
  "is broken if overwriting is denied under one more condition": [
    bucket(),
    policy(denyOverwriting({ Condition: { ...anew, ...http } }), denyDeleting()),
  ],
  "is broken if overwriting is denied in one folder": [
    bucket(),
    policy(denyOverwriting({ Resource: new PartialText([arn, "/applied/*"]) }), denyDeleting()),
  ],
  "is broken if the policy belongs to another bucket": [
    bucket(),
    { ...writtenOnce(), values: { ...writtenOnce().values, bucket: "other" } },
  ],
  "is broken if the policy is not known": [bucket(), of("aws_s3_bucket_policy", { policy: unknown })],
}).map(
  ([sentence, resources]): Case => [sentence, [...resources, expiringPlans()], "broken: rule.expiration.days = 7"],
);
