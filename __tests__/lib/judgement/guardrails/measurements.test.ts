import { MEASUREMENTS } from "../../../../lib/judgement/guardrails/measurements";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const UNKNOWN = new Unknown();

const pool = (values: Values) => resourceOf("aws_cognito_identity_pool", values);
const monitor = resourceOf("aws_rum_app_monitor", {
  app_monitor_configuration: [{ identity_pool_id: new Reference("module.call.aws_cognito_identity_pool.this", "id") }],
});

const canary = (values: Values) => resourceOf("aws_synthetics_canary", values);
const artifacts = (values: Values) => [canary({ artifact_config: [{ s3_encryption: [values] }] })];
const KEY = new Reference("module.key.aws_kms_key.this", "arn");
const runsAs = canary({ execution_role_arn: new Reference("module.call.aws_iam_role.this", "arn") });

proveRows(MEASUREMENTS, {
  "identity-pool-guests-measured": [
    ["holds without guests", [pool({ allow_unauthenticated_identities: false })], "holds"],
    ["holds for the pool of a monitor", [pool({ allow_unauthenticated_identities: true }), monitor], "holds"],
    [
      "is broken by guests of another pool",
      [pool({ allow_unauthenticated_identities: true })],
      "broken: no aws_rum_app_monitor whose app_monitor_configuration.identity_pool_id names this resource",
    ],
    [
      "is unknown if the argument is",
      [pool({ allow_unauthenticated_identities: UNKNOWN })],
      "unknown: allow_unauthenticated_identities = (known after apply)",
    ],
  ],
  "identity-pool-enhanced-flow": [
    ["holds with the default", [pool({})], "holds"],
    ["is broken by the classic flow", [pool({ allow_classic_flow: true })], "broken: allow_classic_flow = true"],
  ],
  "canary-artifacts-encrypted": [
    ["holds with a key", artifacts({ encryption_mode: "SSE_KMS", kms_key_arn: KEY }), "holds"],
    [
      "is broken by a key of S3",
      artifacts({ encryption_mode: "SSE_S3" }),
      'broken: artifact_config.s3_encryption.encryption_mode = "SSE_S3"',
    ],
    [
      "is broken without a key of the account",
      artifacts({ encryption_mode: "SSE_KMS" }),
      "broken: artifact_config.s3_encryption.kms_key_arn = null",
    ],
  ],
  "canary-role-bounded": [
    [
      "holds with a boundary",
      [runsAs, resourceOf("aws_iam_role", { permissions_boundary: "arn:aws:iam::111122223333:policy/workloads" })],
      "holds",
    ],
    ["is broken without one", [runsAs, resourceOf("aws_iam_role", {})], "broken: permissions_boundary = null"],
    [
      "is broken by a boundary that bounds nothing",
      [runsAs, resourceOf("aws_iam_role", { permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" })],
      'broken: permissions_boundary = "arn:aws:iam::aws:policy/AdministratorAccess"',
    ],
    [
      "is broken by a role of another root",
      [canary({ execution_role_arn: "arn:aws:iam::111122223333:role/any" })],
      'broken: execution_role_arn = "arn:aws:iam::111122223333:role/any"',
    ],
    [
      "is unknown if the role is",
      [canary({ execution_role_arn: UNKNOWN })],
      "unknown: execution_role_arn = (known after apply)",
    ],
  ],
});
