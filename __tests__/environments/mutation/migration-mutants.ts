/** Mutants of the migration of a database. */
import { inFile, type Mutant, ofModule, refused } from "./mutant";
import { ROLES } from "./role-mutants";

const MODULE = "dms-rehearsal";
const INSTANCE = "resource.aws_dms_replication_instance.this";
const TASK = "resource.aws_dms_replication_task.this";
const ENDPOINT = "resource.aws_dms_endpoint.target";

/** A queue beside the migration, as another module has it. */
const QUEUE = {
  source: "../../../../modules/sqs",
  account_id: "888888888888",
  kms_key_arn: "arn:aws:kms:ap-south-1:888888888888:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  name: "extra",
  receiver_role_names: ["receiver"],
  sender_role_names: ["sender"],
  worker_timeout_seconds: 30,
};

export const MIGRATION_MUTANTS: readonly Mutant[] = [
  ...inFile("<root>/main.tf.json", { "dms-own-root": ["module.extra", QUEUE] }).map((mutant) => ({
    ...mutant,
    beside: ["locals", "migration"],
  })),
  ...inFile("<root>/main.tf.json", { "dms-rehearsed": ["locals.migration.production", true] }),
  ...ofModule(MODULE, {
    ...ROLES,
    "dms-not-public": [`${INSTANCE}.publicly_accessible`, true],
    "dms-encrypted": [`${INSTANCE}.kms_key_arn`],
    "dms-tls-verified": [`${ENDPOINT}.ssl_mode`, "require"],
    "dms-validated": [`${TASK}.replication_task_settings`, JSON.stringify({ Logging: { EnableLogging: true } })],
    "dms-started-by-people": [`${TASK}.start_replication_task`, true],
    "iam-actions-named": ["locals.secrets_policy.Statement.0.Action", "secretsmanager:*"],
    "iam-resources-named": ["locals.secrets_policy.Statement.0.Resource", "*"],
    "iam-pass-role-narrow": ["locals.assessment_policy.Statement.1.Action", "iam:PassRole"],
    "policy-elements-filled": ["locals.assessment_policy.Statement.2.Resource", []],
    "policy-size": [
      "locals.assessment_policy.Statement.0.Resource",
      Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::wardmitra-${i}`),
    ],
    "no-passwords-in-state": [`${INSTANCE}.tags`, { Store: "redis://:swordfish@cache:6379" }],
    "no-secrets-read-into-state": [
      "data.aws_secretsmanager_secret_version",
      { this: { secret_id: "${aws_dms_replication_instance.this.replication_instance_arn}" } },
    ],
    "service-not-ended": ["resource.aws_qldb_ledger", { extra: { permissions_mode: "STANDARD" } }],
    "service-open-to-new-customers": [
      "resource.aws_cloud9_environment_ec2",
      { extra: { name: "extra", instance_type: "t3.micro", image_id: "amazonlinux-2023-x86_64" } },
    ],
  }),
  ...ofModule(MODULE, {
    "dms-logged": [
      `${TASK}.replication_task_settings`,
      JSON.stringify({ ValidationSettings: { EnableValidation: true } }),
    ],
    "tags-not-overridden": [`${INSTANCE}.tags`, { Env: "other" }],
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment",
      { extra: { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
  }),
  // The provider accepts an endpoint with a secret or with a user, and not with both.
  ...ofModule(MODULE, { "dms-credentials-in-secrets": [`${ENDPOINT}.username`, "admin"] }).map(refused),
  // Version 5 of the provider, which plans the mutants, knows no region of a resource.
  ...ofModule(MODULE, { "resource-in-provider-region": [`${INSTANCE}.region`, "us-west-2"] }).map(refused),
  ...ofModule(MODULE, { "no-secret-defaults": ["variable.allocated_storage_gib.sensitive", true] }, "variables"),
  ...ofModule(MODULE, { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] }, "versions"),
];
