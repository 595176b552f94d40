import { STORAGE } from "../../../../lib/judgement/guardrails/storage";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const key = new Reference("module.key.aws_kms_key.this", "arn");
const disk = (encrypted: HclValue) => resourceOf("aws_ebs_volume", { encrypted });
const byDefault = (values: Values) => resourceOf("aws_ebs_encryption_by_default", values);
const files = (values: Values) => resourceOf("aws_efs_file_system", { id: "fs-1", ...values });
const filesPolicy = (policy: HclValue) => resourceOf("aws_efs_file_system_policy", { file_system_id: "fs-1", policy });
const images = (values: Values) => resourceOf("aws_ecr_repository", values);
const imagesPolicy = (policy: HclValue) => resourceOf("aws_ecr_repository_policy", { policy });
const statement = (more: { readonly [name: string]: unknown }) => JSON.stringify({ Statement: more });
const plainHttp = { Effect: "Deny", Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": false } } };

proveRows(STORAGE, {
  "ebs-encrypted": [
    ["holds if it is", [disk(true)], "holds"],
    ["is broken with the default", [disk(null)], "broken: encrypted = null"],
    [
      "is unknown if the value is known only after the apply",
      [disk(unknown)],
      "unknown: encrypted = (known after apply)",
    ],
  ],
  "ebs-encrypted-by-default": [
    ["holds with the default", [byDefault({})], "holds"],
    ["is broken if it is off", [byDefault({ enabled: false })], "broken: enabled = false"],
    [
      "is unknown if the value is known only after the apply",
      [byDefault({ enabled: unknown })],
      "unknown: enabled = (known after apply)",
    ],
  ],
  "efs-encrypted": [
    ["holds with a key", [files({ encrypted: true, kms_key_id: key })], "holds"],
    ["is broken with the default", [files({})], "broken: encrypted = null"],
    [
      "is unknown if the value is known only after the apply",
      [files({ encrypted: unknown, kms_key_id: key })],
      "unknown: encrypted = (known after apply)",
    ],
  ],
  "efs-tls-only": [
    ["holds if plain mounts are denied", [files({}), filesPolicy(statement({ ...plainHttp, Action: "*" }))], "holds"],
    [
      "is broken without a policy",
      [files({})],
      "broken: no aws_efs_file_system_policy whose file_system_id names this resource",
    ],
    [
      "is broken if one action is denied",
      [files({}), filesPolicy(statement({ ...plainHttp, Action: "elasticfilesystem:ClientWrite" }))],
      "broken: policy has no statement that denies all requests without TLS",
    ],
    ["is unknown if the policy is unknown", [files({}), filesPolicy(unknown)], "unknown: policy = (known after apply)"],
  ],
  "ecr-tags-immutable": [
    ["holds if tags stay", [images({ image_tag_mutability: "IMMUTABLE" })], "holds"],
    ["is broken with the default", [images({})], "broken: image_tag_mutability = null"],
    [
      "is unknown if the value is known only after the apply",
      [images({ image_tag_mutability: unknown })],
      "unknown: image_tag_mutability = (known after apply)",
    ],
  ],
  "ecr-scanned": [
    ["holds if each push is scanned", [images({ image_scanning_configuration: [{ scan_on_push: true }] })], "holds"],
    [
      "is broken with the default",
      [images({ image_scanning_configuration: [] })],
      "broken: image_scanning_configuration.scan_on_push = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [images({ image_scanning_configuration: { scan_on_push: unknown } })],
      "unknown: image_scanning_configuration.scan_on_push = (known after apply)",
    ],
  ],
  "ecr-encrypted": [
    ["holds with a key", [images({ encryption_configuration: [{ encryption_type: "KMS", kms_key: key }] })], "holds"],
    [
      "is broken by a key of S3",
      [images({ encryption_configuration: [{ encryption_type: "AES256", kms_key: key }] })],
      'broken: encryption_configuration.encryption_type = "AES256"',
    ],
    [
      "is broken without a key",
      [images({ encryption_configuration: { encryption_type: "KMS" } })],
      "broken: encryption_configuration.kms_key = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [images({ encryption_configuration: [{ encryption_type: unknown, kms_key: key }] })],
      "unknown: encryption_configuration.encryption_type = (known after apply)",
    ],
  ],
  "ecr-not-emptied-on-destroy": [
    ["holds with the default", [images({})], "holds"],
    ["is broken if it is emptied", [images({ force_delete: true })], "broken: force_delete = true"],
    [
      "is unknown if the value is known only after the apply",
      [images({ force_delete: unknown })],
      "unknown: force_delete = (known after apply)",
    ],
  ],
  "ecr-not-public": [
    [
      "holds for an account",
      [imagesPolicy(statement({ Effect: "Allow", Principal: { AWS: "111111111111" } }))],
      "holds",
    ],
    [
      "is broken if it allows everybody",
      [imagesPolicy(statement({ Effect: "Allow", Principal: "*" }))],
      'broken: policy, statement 1: {"Principal": "*"}',
    ],
    ["is unknown if the policy is unknown", [imagesPolicy(unknown)], "unknown: policy = (known after apply)"],
  ],
});
