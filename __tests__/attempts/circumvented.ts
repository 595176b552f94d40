/** Policies that cover more than they seem to, keys that are none, and secrets under other names. */
import { allow, FOREIGN, OWN, policy, type SynthRow } from "./attempt";

const secrets = (end: string) => `arn:aws:secretsmanager:us-east-1:${OWN}:secret:${end}`;
const READ = { Action: "secretsmanager:GetSecretValue", Resource: "*" };

const RIGHTS: readonly (readonly [what: string, statement: object])[] = [
  ["read every secret of the own account", { ...READ, Condition: { StringEquals: { "aws:ResourceAccount": OWN } } }],
  ["read every secret of an organization", { ...READ, Condition: { StringEquals: { "aws:ResourceOrgID": "o-abc" } } }],
  ["read every secret by its ending", { ...READ, Resource: secrets("*-??????") }],
  ["read every secret by its hyphen", { ...READ, Resource: secrets("*-*") }],
  ["assume a role of any account", { Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/admin" }],
];

export const RIGHTS_OF_ACCOUNTS: readonly SynthRow[] = RIGHTS.map(([what, statement]) => [
  "CKV_AWS_288",
  what,
  "iam-resources-named",
  "aws_iam_policy",
  { policy: policy(allow(statement)) },
]);

export const NO_KEYS: readonly SynthRow[] = [
  ["types", "a cluster with any key", "rds-encrypted", "aws_rds_cluster", keyOf("key/*")],
  ["types", "a cluster with any alias", "rds-encrypted", "aws_rds_cluster", keyOf("alias/?*")],
  [
    "types",
    "screenshots of a canary with a foreign key",
    "canary-artifacts-encrypted",
    "aws_synthetics_canary",
    {
      artifact_config: [
        { s3_encryption: [{ encryption_mode: "SSE_KMS", kms_key_arn: `arn:aws:kms:us-east-1:${FOREIGN}:key/k` }] },
      ],
    },
  ],
];

function keyOf(resource: string): SynthRow[4] {
  return { storage_encrypted: true, kms_key_id: `arn:aws:kms:us-east-1:${OWN}:${resource}` };
}

const PASSWORD = "hunter2hunter2";
const any = (length: number): string => "A1b2".repeat(length / 4);
const hex = (length: number): string => "0a1b2c3d".repeat(length / 8);

/** Composed here, so that no scanner reports this file as a leak. */
const TOKENS: readonly (readonly [issuer: string, token: string])[] = [
  ["Airtable", `pat${any(12)}a1.${hex(64)}`],
  ["Atlassian", `${"ATATT3"}${any(184)}`],
  ["Buildkite", `${"bkua"}_${hex(40)}`],
  ["Doppler", `${"dp.pt"}.${any(44)}`],
  ["Mailchimp", `${hex(32)}-us12`],
  ["PlanetScale", `${"pscale_tkn"}_${any(44)}`],
  ["Postman", `${"PMAK"}-${hex(24)}-${hex(32)}0a`],
  ["Pulumi", `${"pul"}-${hex(40)}`],
  ["RubyGems", `${"rubygems"}_${hex(48)}`],
  ["Sentry", `${"sntrys"}_${any(100)}`],
  ["Supabase", `${"sbp"}_${hex(40)}`],
  ["Tailscale", `${"tskey"}-auth-${any(16)}-${any(32)}`],
  ["Twilio", `${"SK"}${hex(32)}`],
];

const ARGUMENTS: readonly (readonly [what: string, type: string, values: SynthRow[4]])[] = [
  [
    "a parameter of a correction",
    "aws_config_remediation_configuration",
    { parameter: [{ name: "Password", static_value: PASSWORD }] },
  ],
  [
    "a list of a correction's parameter",
    "aws_config_remediation_configuration",
    { parameter: [{ name: "ApiToken", static_values: [PASSWORD] }] },
  ],
  [
    "a parameter of a delivery stream",
    "aws_kinesis_firehose_delivery_stream",
    { extended_s3_configuration: [{ parameters: [{ parameter_name: "Password", parameter_value: PASSWORD }] }] },
  ],
  [
    "the default of a document's parameter",
    "aws_ssm_document",
    { content: JSON.stringify({ parameters: { Password: { type: "String", default: PASSWORD } } }) },
  ],
  ["a password in a table", "aws_dynamodb_table_item", { item: JSON.stringify({ password: { S: PASSWORD } }) }],
  [
    "the header that a load balancer checks",
    "aws_lb_listener_rule",
    { condition: [{ http_header: [{ http_header_name: "X-Origin-Verify", values: [PASSWORD] }] }] },
  ],
  [
    "the header that a firewall checks",
    "aws_wafv2_web_acl",
    {
      rule: [
        {
          statement: [
            {
              byte_match_statement: [
                { field_to_match: [{ single_header: [{ name: "x-origin-verify" }] }], search_string: PASSWORD },
              ],
            },
          ],
        },
      ],
    },
  ],
];

export const SECRETS_BY_OTHER_NAMES: readonly SynthRow[] = [
  ...[...TOKENS, ["hexadecimal digits", Buffer.from(`password=${PASSWORD}`).toString("hex")] as const].map(
    ([issuer, token]): SynthRow => [
      "CKV_SECRET_6",
      `a token of ${issuer}`,
      "no-secrets-in-function-environment",
      "aws_lambda_function",
      { environment: [{ variables: { X: token } }] },
    ],
  ),
  ...ARGUMENTS.map(([what, type, values]): SynthRow => ["CKV_SECRET_4", what, "no-passwords-in-state", type, values]),
];
