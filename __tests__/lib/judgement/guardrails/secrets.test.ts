import { gzipSync } from "node:zlib";
import type { RootContent, VariableConfiguration } from "../../../../lib/judgement/configuration";
import { SECRETS } from "../../../../lib/judgement/guardrails/secrets";
import { type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";
import { HARMLESS_CASES, LITERAL_CASES, SECRET_SOURCES, SENSITIVE_CASES } from "./secret-cases";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const reference = new Reference("module.call.random_password.this", "result");
const secretArn = new Reference("module.secrets.aws_secretsmanager_secret.this", "arn");
const accessKeyId = `${"AKIA"}${"IOSFODNN7EXAMPLE"}`;
const privateKey = `-----BEGIN ${"PRIVATE"} KEY-----`;
const version = (more: Values) => resourceOf("aws_secretsmanager_secret_version", more);
const parameter = (more: Values) => resourceOf("aws_ssm_parameter", more);
const machine = (more: Values) => resourceOf("aws_instance", more);
const template = (script: string) =>
  resourceOf("aws_launch_template", { user_data: Buffer.from(script).toString("base64") });
const runs = (variables: HclValue) => resourceOf("aws_lambda_function", { environment: [{ variables }] });
const variable = (more: Partial<VariableConfiguration>): Partial<RootContent> => ({
  variables: [{ module: "modules/rds", name: "password", default: null, sensitive: false, ...more }],
});
const source = (type: string): Partial<RootContent> => ({
  resources: [resourceOf(type, {}, { mode: "data", address: `module.call.data.${type}.this` })],
});

proveRows(SECRETS, {
  "no-passwords-in-state": [
    ["holds if RDS manages it", [resourceOf("aws_db_instance", { password: null })], "holds"],
    ["holds for a write-only password", [resourceOf("aws_rds_cluster", { master_password_wo_version: 1 })], "holds"],
    [
      "is broken by a password, which it does not show",
      [resourceOf("aws_db_instance", { password: "swordfish" })],
      "broken: password is set",
    ],
    [
      "is broken by a reference to one",
      [resourceOf("aws_rds_cluster", { master_password: reference })],
      "broken: master_password is set",
    ],
    [
      "is broken in a block",
      [resourceOf("aws_mq_broker", { user: [{ password: "swordfish" }] })],
      "broken: user.password is set",
    ],
    ...SENSITIVE_CASES.map(
      ([type, values, path]): Case => [
        `is broken by ${path} of ${type}`,
        [resourceOf(type, values)],
        `broken: ${path} is set`,
      ],
    ),
    ...LITERAL_CASES.map(
      ([type, values, got]): Case => [`is broken if ${got} of ${type}`, [resourceOf(type, values)], `broken: ${got}`],
    ),
    ...HARMLESS_CASES.map(
      ([type, values]): Case => [`holds for ${type} with ${Object.keys(values)}`, [resourceOf(type, values)], "holds"],
    ),
    [
      "is unknown if the password of a URL is known only after the apply",
      [
        resourceOf("aws_glue_connection", {
          connection_properties: { JDBC: new PartialText(["postgres://app:", unknown, "@db"]) },
        }),
      ],
      "unknown: connection_properties.JDBC holds a URL with a password that is not known",
    ],
  ],
  "no-secret-values-in-state": [
    ["holds for a write-only value", [version({ secret_string_wo_version: 1 })], "holds"],
    ["holds for text that is not a secret", [parameter({ type: "String", value: "blue" })], "holds"],
    [
      "holds for a parameter with a write-only value",
      [parameter({ type: "SecureString", value_wo_version: 1 })],
      "holds",
    ],
    ["is broken by a value", [version({ secret_string: "swordfish" })], "broken: secret_string is set"],
    ["is broken by bytes", [version({ secret_binary: reference })], "broken: secret_binary is set"],
    [
      "is broken by a secure parameter",
      [parameter({ type: "SecureString", value: "swordfish" })],
      "broken: value is set",
    ],
    ...["/shop/db/password", "/shop/api-key", "clientSecret"].map(
      (name): Case => [
        `is broken by a parameter of type String of the name ${name}`,
        [parameter({ name, type: "String", value: "swordfish" })],
        `broken: value of "${name}" is set`,
      ],
    ),
    [
      "is broken by a list of secrets",
      [parameter({ name: "keys", type: "StringList", insecure_value: `a,${accessKeyId}` })],
      "broken: insecure_value holds an AWS access key id",
    ],
    [
      "is broken by a document with a secret",
      [parameter({ name: "config", type: "String", value: '{"database":{"password":"swordfish"}}' })],
      "broken: value holds a value of password",
    ],
    ["holds for the ARN of a secret", [parameter({ name: "/db/password", type: "String", value: secretArn })], "holds"],
    [
      "is unknown if the kind of a parameter is unknown",
      [parameter({ type: unknown, value: "blue" })],
      "unknown: type = (known after apply)",
    ],
  ],
  "no-generated-secrets-in-state": [
    ["holds for a role", [resourceOf("aws_iam_role", {})]],
    ["holds for a random name", [resourceOf("random_pet", {})]],
    ["is broken by a key", [resourceOf("tls_private_key", {})], "broken: a resource of type tls_private_key"],
    ["is broken by a password", [resourceOf("random_password", {})], "broken: a resource of type random_password"],
  ],
  "no-secrets-read-into-state": [
    ["holds for a description of a secret", source("aws_secretsmanager_secret"), "holds"],
    ...["aws_secretsmanager_secrets", "aws_iam_policy_document", "aws_caller_identity"].map(
      (type): Case => [`holds for ${type}`, source(type), "holds"],
    ),
    [
      "holds for a parameter that AWS publishes",
      { resources: [resourceOf("aws_ssm_parameter", { name: "/aws/service/ami/x" }, { mode: "data" })] },
      "holds",
    ],
    [
      "holds for a parameter that is read without decryption",
      {
        resources: [resourceOf("aws_ssm_parameter", { name: "/shop", with_decryption: false }, { mode: "data" })],
      },
      "holds",
    ],
    ...SECRET_SOURCES.map(
      (type): Case => [`is broken by ${type}`, source(type), `broken: module.call.data.${type}.this`],
    ),
    [
      "is broken by a data source that reads it",
      source("aws_secretsmanager_secret_version"),
      "broken: module.call.data.aws_secretsmanager_secret_version.this",
    ],
  ],
  "no-secret-defaults": [
    ["holds for a sensitive variable without a default", variable({ sensitive: true }), "holds"],
    ["holds for a default that is not a secret", variable({ default: { size: ["small"] } }), "holds"],
    [
      "is broken by a default of a sensitive variable",
      variable({ sensitive: true, default: "" }),
      "broken: variable password of modules/rds is sensitive and has a default",
    ],
    [
      "is broken by a key in a default",
      variable({ default: { keys: [accessKeyId] } }),
      "broken: the default of variable password of modules/rds holds an AWS access key id",
    ],
  ],
  "no-secrets-in-user-data": [
    ["holds without a script", [machine({})], "holds"],
    [
      "holds if the instance reads the secret itself",
      [
        machine({
          user_data: 'export DB_PASSWORD="$(aws secretsmanager get-secret-value)"\nSECRET=arn:aws:secretsmanager:x',
        }),
      ],
      "holds",
    ],
    [
      "holds if an unknown part is not a secret",
      [machine({ user_data: new PartialText(["SECRET_ARN=", secretArn]) })],
      "holds",
    ],
    [
      "is broken by a password",
      [machine({ user_data: "#!/bin/sh\nexport DB_PASSWORD=swordfish\n" })],
      "broken: user_data sets DB_PASSWORD",
    ],
    [
      "is broken by a key",
      [machine({ user_data: `id ${accessKeyId}` })],
      "broken: user_data holds an AWS access key id",
    ],
    ["is broken by a key in Base64", [template(`cat <<E\n${privateKey}\nE`)], "broken: user_data holds a private key"],
    [
      "is broken by a password that a plan shows as a hash",
      [machine({ user_data: "#cloud-config\npassword: swordfish\n" })],
      "broken: user_data holds a value of password",
    ],
    [
      "is broken by a connection string in Base64",
      [machine({ user_data_base64: Buffer.from("run --db postgres://app:swordfish@db/app").toString("base64") })],
      "broken: user_data_base64 holds a URL with a password",
    ],
    [
      "is broken in a fleet",
      [resourceOf("aws_spot_fleet_request", { launch_specification: [{ user_data: "TOKEN=swordfish" }] })],
      "broken: launch_specification.user_data sets TOKEN",
    ],
    [
      "is unknown if a plan has only its hash",
      [machine({ user_data: "0123456789012345678901234567890123456789" })],
      "unknown: user_data is only known by its hash",
    ],
    [
      "is broken if it is compressed",
      [machine({ user_data_base64: gzipSync("password=swordfish").toString("base64") })],
      "broken: user_data_base64 holds a value of password",
    ],
    ["holds for an empty archive", [machine({ user_data_base64: gzipSync("echo").toString("base64") })], "holds"],
    [
      "is unknown if it unpacks to more than the longest document",
      [machine({ user_data_base64: gzipSync("echo ".repeat(20_000)).toString("base64") })],
      "unknown: user_data_base64 is compressed",
    ],
    [
      "is unknown if a part of it can be anything",
      [machine({ user_data: new PartialText(["echo ", unknown]) })],
      "unknown: a piece of user_data is not known",
    ],
    [
      "is unknown if the script is unknown",
      [machine({ user_data_base64: unknown })],
      "unknown: user_data_base64 is not known",
    ],
  ],
  "no-secrets-in-function-environment": [
    ["holds without an environment", [resourceOf("aws_lambda_function", { environment: [] })], "holds"],
    ["holds for a value that is not a secret", [runs({ STAGE: "dev", MAX_TOKENS: 100, DB_PASSWORD: "" })], "holds"],
    [
      "holds for the location of a secret",
      [
        runs({
          DB_SECRET: secretArn,
          API_KEY: "arn:aws:ssm:x",
          DB_PASSWORD: new PartialText([secretArn, ":password::"]),
        }),
      ],
      "holds",
    ],
    [
      "is broken by the name, without showing the value",
      [runs({ DB_PASSWORD: "swordfish" })],
      "broken: environment.variables.DB_PASSWORD is set",
    ],
    [
      "is broken by the value",
      [runs({ STAGE: accessKeyId })],
      "broken: environment.variables.STAGE holds an AWS access key id",
    ],
    [
      "is unknown if the value is known only after the apply",
      [runs({ DB_PASSWORD: reference })],
      "unknown: environment.variables.DB_PASSWORD = ${module.call.random_password.this.result}",
    ],
    ["is unknown if the environment is unknown", [runs(unknown)], "unknown: environment.variables is not known"],
  ],
});
