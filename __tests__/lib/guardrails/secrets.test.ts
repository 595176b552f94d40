import type { RootContent, VariableConfiguration } from "../../../lib/configuration";
import { SECRETS } from "../../../lib/guardrails/secrets";
import { PartialText, Reference, Unknown, type Value } from "../../../lib/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: Value };

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
const runs = (variables: Value) => resourceOf("aws_lambda_function", { environment: [{ variables }] });
const variable = (more: Partial<VariableConfiguration>): Partial<RootContent> => ({
  variables: [{ module: "modules/rds", name: "password", default: null, sensitive: false, ...more }],
});
const source = (type: string): Partial<RootContent> => ({
  resources: [resourceOf(type, {}, { mode: "data", address: `module.call.data.${type}.this` })],
});

proveRows(SECRETS, {
  "no-passwords-in-state": [
    ["holds where RDS manages it", [resourceOf("aws_db_instance", { password: null })], "holds"],
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
  ],
  "no-secret-values-in-state": [
    ["holds for a write-only value", [version({ secret_string_wo_version: 1 })], "holds"],
    ["holds for text that is no secret", [parameter({ type: "String", value: "blue" })], "holds"],
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
    [
      "is undecided where the kind of a parameter is not known",
      [parameter({ type: unknown, value: "blue" })],
      "unknown: type = (known after apply)",
    ],
  ],
  "no-generated-secrets-in-state": [
    ["holds for a role", [resourceOf("aws_iam_role", {})]],
    ["holds for a name that is drawn", [resourceOf("random_pet", {})]],
    ["is broken by a key", [resourceOf("tls_private_key", {})], "broken: a resource of type tls_private_key"],
    ["is broken by a password", [resourceOf("random_password", {})], "broken: a resource of type random_password"],
  ],
  "no-secrets-read-into-state": [
    ["holds for what describes a secret", source("aws_secretsmanager_secret"), "holds"],
    [
      "is broken by what reads it",
      source("aws_secretsmanager_secret_version"),
      "broken: module.call.data.aws_secretsmanager_secret_version.this",
    ],
  ],
  "no-secret-defaults": [
    ["holds for a sensitive variable without a default", variable({ sensitive: true }), "holds"],
    ["holds for a default that is no secret", variable({ default: { size: ["small"] } }), "holds"],
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
      "holds where the machine reads the secret itself",
      [
        machine({
          user_data: 'export DB_PASSWORD="$(aws secretsmanager get-secret-value)"\nSECRET=arn:aws:secretsmanager:x',
        }),
      ],
      "holds",
    ],
    [
      "holds where only the apply tells a piece that is no secret",
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
      "is undecided where the script is not known",
      [machine({ user_data_base64: unknown })],
      "unknown: user_data_base64 is not known",
    ],
  ],
  "no-secrets-in-function-environment": [
    ["holds without an environment", [resourceOf("aws_lambda_function", { environment: [] })], "holds"],
    ["holds for what is no secret", [runs({ STAGE: "dev", MAX_TOKENS: 100, DB_PASSWORD: "" })], "holds"],
    [
      "holds for where a secret is",
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
      "is undecided where only the apply tells",
      [runs({ DB_PASSWORD: reference })],
      "unknown: environment.variables.DB_PASSWORD = ${module.call.random_password.this.result}",
    ],
    ["is undecided where the environment is not known", [runs(unknown)], "unknown: environment.variables is not known"],
  ],
});
