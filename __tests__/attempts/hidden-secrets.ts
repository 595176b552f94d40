/** Secrets in formats of their issuers, in commands, and in encodings. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { SynthRow } from "./attempt";

/** Composed here, so that no scanner reports this file as a leak. */
const of = (length: number): string => "A1b2".repeat(length / 4);
const hex = (length: number): string => "0a1b2c3d".repeat(length / 8);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const PASSWORD = "hunter2hunter2";
const PEM = ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"].join("");

/** Values of a variable whose name does not indicate a secret. */
const VALUES: readonly (readonly [what: string, value: string])[] = [
  ["a password with percent encoding", `password%3D${PASSWORD}`],
  ["a URL with percent encoding", `postgres%3A%2F%2Fapp%3A${PASSWORD}%40db%2Fapp`],
  ["a private key in hexadecimal digits", Buffer.from(PEM).toString("hex")],
  ["a private key of age", `AGE-SECRET-${"KEY-1"}${"QL3Z7HJY54PW3HYWW5AY"}`],
  ["a private key as JSON", JSON.stringify({ kty: "EC", crv: "P-256", d: of(44) })],
  ["the password of a registry", JSON.stringify({ auths: { "r.example": { auth: base64(`app:${PASSWORD}`) } } })],
  ["the hash of a password", `admin:$2y$${"05"}$${of(52)}`],
  ["a webhook of Discord", `https://discord.com/api/webhooks/123456789012345678/${of(68)}`],
  [
    "a webhook of Teams",
    `https://x.webhook.office.com/webhookb2/0a1b2c3d-0a1b-2c3d-0a1b-2c3d0a1b2c3d@0a1b2c3d-0a1b-2c3d-0a1b-2c3d0a1b2c3d/IncomingWebhook/${hex(32)}/0a`,
  ],
  ["a token of a bot of Telegram", `123456789:AA${of(32)}x`],
  ["a token of Terraform", `abcdefghijklmn.${"atlasv1"}.${of(64)}`],
  ["a key of Bedrock", `${"ABSK"}${of(64)}`],
  ["a client's secret of Azure", `abc8Q~${of(32)}xyz`],
  ["a token of DigitalOcean", `${"dop_v1"}_${hex(64)}`],
  ["a key of New Relic", `${"NRAK"}-${of(28).toUpperCase()}`],
  ["a key of Mailgun", `${"key-"}${hex(32)}`],
  ["a token of PyPI", `${"pypi-AgE"}${of(60)}`],
  ["a secret access key of AWS", createHash("sha256").update("a").digest().subarray(0, 30).toString("base64")],
  ["a header with a token", `Bearer ${of(40)}`],
  ["a header with a password", `Basic ${base64(`app:${PASSWORD}`)}`],
  ["a connection of Oracle", `scott/${PASSWORD}@//db.example:1521/app`],
  ["a key within an attribute", `<add key="DbPassword" value="${PASSWORD}"/>`],
  ["a property in code", `var client = { password: '${PASSWORD}' };`],
  ["a constant in code", `let apiToken: string = "${PASSWORD}";`],
];

/** Names of variables whose values are secrets. */
const NAMES = ["JWT_KEY", "SESSION_KEY", "HMAC_KEY", "JWT_SIGNING_SALT", "PAGERDUTY_ROUTING_KEY"];

const SCRIPTS: readonly (readonly [what: string, script: string])[] = [
  ["of a user", `echo 'ec2-user:${PASSWORD}' | sudo chpasswd\n`],
  ["of a user from a text", `chpasswd <<< "root:${PASSWORD}"\n`],
  ["of a user of cloud-init", `#cloud-config\nchpasswd:\n  list: |\n    root:${PASSWORD}\n`],
  ["from standard input", `echo ${PASSWORD} | passwd --stdin root\n`],
  ["of a registry", `docker login -u app -p ${PASSWORD} r.example\n`],
  ["of a registry from a text", `docker login -u app --password-stdin r.example <<< ${PASSWORD}\n`],
  ["of a registry from a pipe", `echo "${PASSWORD}" | docker login -u app --password-stdin r.example\n`],
  ["of a user of Windows", `<powershell>net user Administrator ${PASSWORD}</powershell>`],
  ["as a secure string", `<powershell>$p = ConvertTo-SecureString "${PASSWORD}" -AsPlainText -Force</powershell>`],
  ["in .netrc", `echo "machine r.example login app password ${PASSWORD}" > ~/.netrc\n`],
  ["in .pgpass", `echo "db:5432:*:app:${PASSWORD}" > ~/.pgpass\n`],
  ["of a role of PostgreSQL", `psql -c "ALTER USER app WITH PASSWORD '${PASSWORD}'"\n`],
  ["of a user of MySQL", `mysql -e "CREATE USER app IDENTIFIED BY '${PASSWORD}'"\n`],
  ["in a header of curl", `curl -H 'X-Api-Key: ${PASSWORD}' https://api.example\n`],
  ["in gzip", gzipSync(`export DB_PASSWORD=${PASSWORD}\n`).toString("base64")],
  [
    "in a file in gzip",
    `#cloud-config\nwrite_files:\n  - encoding: gz+b64\n    content: ${gzipSync(`password=${PASSWORD}`).toString("base64")}\n`,
  ],
];

const ARGUMENTS: readonly (readonly [what: string, type: string, values: SynthRow[4]])[] = [
  [
    "the header that an origin checks",
    "aws_cloudfront_distribution",
    { origin: [{ custom_header: [{ name: "X-Origin-Verify", value: PASSWORD }] }] },
  ],
  [
    "a header of an origin",
    "aws_cloudfront_distribution",
    { origin: [{ custom_header: [{ name: "Authorization", value: `Bearer ${PASSWORD}` }] }] },
  ],
  [
    "a header of an event's target",
    "aws_cloudwatch_event_target",
    { http_target: [{ header_parameters: { Authorization: `Bearer ${PASSWORD}` } }] },
  ],
  [
    "a header of an integration",
    "aws_api_gateway_integration",
    { request_parameters: { "integration.request.header.Authorization": `'Basic ${base64(`app:${PASSWORD}`)}'` } },
  ],
  ["the data of a secret", "kubernetes_manifest", { manifest: { kind: "Secret", data: { a: base64("x") } } }],
  ["a command of a document", "aws_ssm_document", { content: `{"runCommand":["echo root:${PASSWORD} | chpasswd"]}` }],
];

export const HIDDEN_SECRETS: readonly SynthRow[] = [
  ...VALUES.map(([what, value]): SynthRow => {
    const variables = { environment: [{ variables: { X: value } }] };
    return ["CKV_SECRET_6", what, "no-secrets-in-function-environment", "aws_lambda_function", variables];
  }),
  ...NAMES.map((name): SynthRow => {
    const variables = { environment: [{ variables: { [name]: PASSWORD } }] };
    return ["CKV_AWS_45", `a value of ${name}`, "no-secrets-in-function-environment", "aws_lambda_function", variables];
  }),
  ...SCRIPTS.map(([what, script]): SynthRow => {
    return ["CKV_AWS_46", `a password ${what}`, "no-secrets-in-user-data", "aws_instance", { user_data: script }];
  }),
  ...ARGUMENTS.map(([what, type, values]): SynthRow => ["CKV_SECRET_4", what, "no-passwords-in-state", type, values]),
];
