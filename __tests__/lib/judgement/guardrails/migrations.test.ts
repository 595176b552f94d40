import type { RootContent } from "../../../../lib/judgement/configuration";
import { MIGRATIONS } from "../../../../lib/judgement/guardrails/migrations";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows, TODAY } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const key = new Reference("module.key.aws_kms_key.this", "arn");
const role = new Reference("module.rehearsal.aws_iam_role.secrets", "arn");
const unknown = new Unknown();

const instance = (values: Values) => [resourceOf("aws_dms_replication_instance", values)];
const endpoint = (values: Values, engine: HclValue = "mysql") => [
  resourceOf("aws_dms_endpoint", { engine_name: engine, ...values }),
];
const task = (settings: HclValue) => [resourceOf("aws_dms_replication_task", { replication_task_settings: settings })];
const serverless = (settings: HclValue) => [
  resourceOf("aws_dms_replication_config", { replication_settings: settings }),
];

const step = (day: string, more: Values = {}) => ({ document: "docs/migration.md", day, approver: "owner", ...more });
/** Judged on 2026-11-22. */
const PASSED = {
  schema_review: step("2026-10-01"),
  rollback_criteria: step("2026-10-20"),
  cutover_design: step("2026-10-10"),
  rehearsal: step("2026-11-10"),
  ends: "2027-01-31",
};
const rootWith = (migration: HclValue): Partial<RootContent> => ({ resources: instance({}), migration });
const production = (passed: HclValue) => rootWith({ production: true, passed });

const SECRETS = {
  secrets_manager_arn: "arn:aws:secretsmanager:eu-central-1:1:secret:a",
  secrets_manager_access_role_arn: role,
};
const VERIFIED = {
  ssl_mode: "verify-full",
  certificate_arn: new Reference("module.a.aws_dms_certificate.this", "arn"),
};

test("the record is judged on a day after its rehearsal", () => expect(TODAY).toBe("2026-11-22"));

proveRows(MIGRATIONS, {
  "dms-rehearsed": [
    ["holds outside of production", rootWith({ production: false, passed: null }), "holds"],
    ["holds in production with a record", production(PASSED), "holds"],
    [
      "holds on the day of the rehearsal's criteria",
      production({ ...PASSED, rollback_criteria: step("2026-11-10") }),
      "holds",
    ],
    ["is broken in a root that declares no migration", rootWith(null), "broken: a root without a migration"],
    ["is broken in production without a record", production(null), "broken: migration.passed = null"],
    [
      "is broken if the root does not tell whether it is production",
      rootWith({ passed: null }),
      "broken: migration.passed = null",
    ],
    [
      "is broken if nobody approved the rehearsal",
      production({ ...PASSED, rehearsal: step("2026-11-10", { approver: " " }) }),
      'broken: migration.passed.rehearsal.approver = " "',
    ],
    [
      "is broken without a report of the rehearsal",
      production({ ...PASSED, rehearsal: { day: "2026-11-10", approver: "owner" } }),
      "broken: migration.passed.rehearsal.document = null",
    ],
    [
      "is broken without rollback criteria",
      production({ ...PASSED, rollback_criteria: null }),
      "broken: migration.passed.rollbackCriteria.document = null",
    ],
    [
      "is broken for a day that is not in the calendar",
      production({ ...PASSED, cutover_design: step("2026-11-31") }),
      'broken: migration.passed.cutoverDesign.day = "2026-11-31", which is no day',
    ],
    [
      "is broken for a rehearsal that has not been yet",
      production({ ...PASSED, rehearsal: step("2026-11-23") }),
      'broken: migration.passed.rehearsal.day = "2026-11-23", which is after 2026-11-22',
    ],
    [
      "is broken if the schema was reviewed after the cutover was designed",
      production({ ...PASSED, cutover_design: step("2026-10-01") }),
      'broken: migration.passed.schemaReview.day = "2026-10-01", which is not before migration.passed.cutoverDesign.day = "2026-10-01"',
    ],
    [
      "is broken if the schema was reviewed after the rehearsal",
      production({ ...PASSED, schema_review: step("2026-11-12"), cutover_design: step("2026-11-15") }),
      'broken: migration.passed.schemaReview.day = "2026-11-12", which is not before migration.passed.rehearsal.day = "2026-11-10"',
    ],
    [
      "is broken if the way back was decided after the rehearsal",
      production({ ...PASSED, rollback_criteria: step("2026-11-11") }),
      'broken: migration.passed.rollbackCriteria.day = "2026-11-11", which is after migration.passed.rehearsal.day = "2026-11-10"',
    ],
    [
      "is broken after its end",
      production({ ...PASSED, ends: "2026-11-21" }),
      'broken: migration.passed.ends = "2026-11-21", which is over',
    ],
    [
      "is broken without an end",
      production({ ...PASSED, ends: null }),
      "broken: migration.passed.ends = null, which is no day",
    ],
    [
      "is broken for an end long after the rehearsal",
      production({ ...PASSED, ends: "2027-02-09" }),
      'broken: migration.passed.ends = "2027-02-09", more than 90 days after the rehearsal',
    ],
  ],
  "dms-own-root": [
    [
      "holds with roles, logs and security groups",
      [
        ...instance({}),
        resourceOf("aws_iam_role", {}, { call: "roles" }),
        resourceOf("aws_cloudwatch_log_group", {}, { call: "log" }),
        resourceOf("aws_vpc_security_group_egress_rule", {}, { call: "groups" }),
      ],
      "holds",
    ],
    ["holds with other parts of its own module", [...instance({}), resourceOf("aws_sns_topic", {})], "holds"],
    [
      "is broken beside a database",
      [...instance({}), resourceOf("aws_db_instance", {}, { call: "database" })],
      "broken: a root that contains module.database.aws_db_instance.this",
    ],
  ],
  "dms-not-public": [
    ["holds if it has none", instance({ publicly_accessible: false }), "holds"],
    ["is broken if it has one", instance({ publicly_accessible: true }), "broken: publicly_accessible = true"],
    ["is broken by AWS's default", instance({}), "broken: publicly_accessible = null"],
    [
      "is unknown if it is unknown",
      instance({ publicly_accessible: unknown }),
      "unknown: publicly_accessible = (known after apply)",
    ],
  ],
  "dms-encrypted": [
    [
      "holds with keys",
      [
        ...endpoint({ kms_key_arn: key }),
        resourceOf("aws_dms_replication_config", { compute_config: [{ kms_key_id: key }] }),
        ...instance({ kms_key_arn: key }),
        resourceOf("aws_dms_s3_endpoint", { kms_key_arn: key }),
      ],
      "holds",
      "holds",
      "holds",
      "holds",
    ],
    ["is broken with a key of AWS", instance({}), "broken: kms_key_arn = null"],
    [
      "is broken for a serverless replication with a key of AWS",
      [resourceOf("aws_dms_replication_config", { compute_config: [{}] })],
      "broken: compute_config.kms_key_id = null",
    ],
  ],
  "dms-tls-verified": [
    ["holds with a certificate", endpoint(VERIFIED), "holds"],
    [
      "holds for Oracle, whose name DMS does not verify",
      endpoint({ ...VERIFIED, ssl_mode: "verify-ca" }, "oracle"),
      "holds",
    ],
    ["holds for an API of AWS", endpoint({}, "s3"), "holds"],
    ["is broken by the default", endpoint({}), "broken: ssl_mode = null"],
    ["is broken without verification", endpoint({ ssl_mode: "require" }, "postgres"), 'broken: ssl_mode = "require"'],
    ["is broken without the name", endpoint({ ...VERIFIED, ssl_mode: "verify-ca" }), 'broken: ssl_mode = "verify-ca"'],
    ["is broken without a certificate", endpoint({ ssl_mode: "verify-full" }), "broken: certificate_arn = null"],
    [
      "is unknown if the mode is unknown",
      endpoint({ ...VERIFIED, ssl_mode: unknown }),
      "unknown: ssl_mode = (known after apply)",
    ],
  ],
  "dms-credentials-in-secrets": [
    ["holds with a secret", endpoint(SECRETS), "holds"],
    ["holds for an API of AWS", endpoint({}, "kinesis"), "holds"],
    [
      "is broken without a secret",
      endpoint({ server_name: "db", username: "u" }),
      "broken: secrets_manager_arn = null",
    ],
    [
      "is broken without a role",
      endpoint({ ...SECRETS, secrets_manager_access_role_arn: null }),
      "broken: secrets_manager_access_role_arn = null",
    ],
    ["is broken with a user beside it", endpoint({ ...SECRETS, username: "admin" }), 'broken: username = "admin"'],
    [
      "is broken with a password among the attributes, without showing it",
      endpoint({ ...SECRETS, extra_connection_attributes: "asm_user=a;Password=swordfish" }),
      "broken: extra_connection_attributes with a password",
    ],
  ],
  "dms-validated": [
    ["holds if it does", task('{"ValidationSettings":{"EnableValidation":true}}'), "holds"],
    ["holds without servers", serverless('{"ValidationSettings":{"EnableValidation":true}}'), "holds"],
    [
      "is broken by the default",
      task(null),
      "broken: replication_task_settings: ValidationSettings.EnableValidation = null",
    ],
    [
      "is broken if it does not",
      task('{"ValidationSettings":{"EnableValidation":false}}'),
      "broken: replication_task_settings: ValidationSettings.EnableValidation = false",
    ],
    ["is unknown if the settings are", task(unknown), "unknown: replication_task_settings = (known after apply)"],
  ],
  "dms-logged": [
    ["holds if it does", task('{"Logging":{"EnableLogging":true}}'), "holds"],
    ["is broken by the default", serverless(null), "broken: replication_settings: Logging.EnableLogging = null"],
    [
      "is broken if other settings are given",
      task('{"Logging":{}}'),
      "broken: replication_task_settings: Logging.EnableLogging = null",
    ],
  ],
  "dms-started-by-people": [
    ["holds by default", [...task(null), ...serverless(null)], "holds", "holds"],
    [
      "is broken if an apply starts it",
      [resourceOf("aws_dms_replication_task", { start_replication_task: true })],
      "broken: start_replication_task = true",
    ],
    [
      "is broken if an apply starts it without servers",
      [resourceOf("aws_dms_replication_config", { start_replication: true })],
      "broken: start_replication = true",
    ],
  ],
});
