/** Places of secrets, and values that only look like secrets. */
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";

type Values = { readonly [argument: string]: HclValue };

const reference = new Reference("module.call.random_password.this", "result");
const secretArn = new Reference("module.secrets.aws_secretsmanager_secret.this", "arn");

/** Each with a value that is a secret only because of its place. */
export const SENSITIVE_CASES: readonly (readonly [string, Values, string])[] = [
  ["aws_directory_service_directory", { password: "swordfish" }, "password"],
  ["aws_dms_endpoint", { kafka_settings: [{ sasl_password: "swordfish" }] }, "kafka_settings.sasl_password"],
  ["aws_elasticache_replication_group", { auth_token: "swordfish" }, "auth_token"],
  ["aws_redshift_cluster", { master_password: new Unknown([reference]) }, "master_password"],
  [
    "aws_lb_listener",
    { default_action: [{ authenticate_oidc: [{ client_secret: "x" }] }] },
    "default_action.authenticate_oidc.client_secret",
  ],
  ["aws_acm_certificate", { private_key: "x" }, "private_key"],
  ["aws_cognito_user", { temporary_password: "x" }, "temporary_password"],
  ["kubernetes_secret", { data: { user: "x" } }, "data"],
  ["kubernetes_manifest", { manifest: { kind: "Secret", stringData: { user: "x" } } }, "manifest.stringData"],
  ["helm_release", { set_sensitive: [{ name: "x", value: "y" }] }, "set_sensitive"],
];

const dsn = (user: string) => `postgres://${user}:swordfish@db.example:5432/app`;

/** Each with a literal, and the expected message. */
export const LITERAL_CASES: readonly (readonly [string, Values, string])[] = [
  ["aws_kms_custom_key_store", { key_store_password: "swordfish" }, "key_store_password holds a literal value"],
  [
    "aws_kinesis_firehose_delivery_stream",
    { splunk_configuration: [{ hec_token: "swordfish" }] },
    "splunk_configuration.0.hec_token holds a literal value",
  ],
  [
    "aws_codebuild_project",
    { environment: [{ environment_variable: [{ name: "DB_PASSWORD", value: "swordfish" }] }] },
    "environment.0.environment_variable.0.DB_PASSWORD holds a literal value",
  ],
  [
    "aws_apprunner_service",
    { image_configuration: [{ runtime_environment_variables: { API_KEY: "swordfish" } }] },
    "image_configuration.0.runtime_environment_variables.API_KEY holds a literal value",
  ],
  [
    "aws_glue_connection",
    { connection_properties: { PASSWORD: "swordfish" } },
    "connection_properties.PASSWORD holds a literal value",
  ],
  [
    "aws_glue_job",
    { default_arguments: { "--db-password": "swordfish" } },
    "default_arguments.--db-password holds a literal value",
  ],
  [
    "aws_batch_job_definition",
    { container_properties: JSON.stringify({ command: ["run", "--token", "swordfish"] }) },
    "container_properties.command.2 holds a value of --token",
  ],
  ["aws_cloudformation_stack", { parameters: { Url: dsn("app") } }, "parameters.Url holds a URL with a password"],
  [
    "aws_elastic_beanstalk_environment",
    { setting: [{ name: "DB_PASSWORD", value: "swordfish" }] },
    "setting.0.DB_PASSWORD holds a literal value",
  ],
  [
    "aws_sfn_state_machine",
    { definition: new EncodedJson({ Url: "https://x.example/?api_key=swordfish", Arn: reference }) },
    "definition.Url holds a value of api_key",
  ],
  ["aws_instance", { tags: { Note: "redis://:swordfish@cache" } }, "tags.Note holds a URL with a password"],
  ["helm_release", { values: ["db:\n  password: swordfish\n"] }, "values.0 holds a value of password"],
  ["helm_release", { values: ['{"db":{"secretKey":"swordfish"}}'] }, "values.0 holds a value of secretKey"],
  [
    "helm_release",
    { values: ['{"existingSecret":"a","db":{"password":"swordfish","password":""}}'] },
    "values.0 holds a value of password",
  ],
  [
    "helm_release",
    { values: ['{"db":{"existingSecret":"postgres://app:swordfish@db.example:5432/app"}}'] },
    "values.0.db.existingSecret holds a URL with a password",
  ],
  [
    "kubernetes_deployment",
    { spec: [{ container: [{ env: [{ name: "DB_PASSWORD", value: "swordfish" }] }] }] },
    "spec.0.container.0.env.0.DB_PASSWORD holds a literal value",
  ],
  [
    "kubernetes_config_map",
    { data: { "app.ini": "[db]\npassword = swordfish\n" } },
    "data.app.ini holds a value of password",
  ],
];

/** Each with a value that only looks like a secret. */
export const HARMLESS_CASES: readonly (readonly [string, Values])[] = [
  ["aws_db_proxy", { auth: [{ secret_arn: secretArn, client_password_auth_type: "POSTGRES_SCRAM_SHA_256" }] }],
  ["aws_db_parameter_group", { parameter: [{ name: "password_encryption", value: "scram-sha-256" }] }],
  [
    "aws_codebuild_project",
    { environment: [{ environment_variable: [{ name: "DB_PASSWORD", value: "/shop", type: "PARAMETER_STORE" }] }] },
  ],
  ["aws_efs_file_system", { creation_token: "shared-files" }],
  ["helm_release", { values: [JSON.stringify({ grafana: { admin: { existingSecret: "grafana-admin" } } })] }],
  ["helm_release", { values: [String.raw`{"existingSecret":"grafana-admin","rule":"up \u003e 1"}`] }],
  ["helm_release", { values: [JSON.stringify({ data: [{ secretKey: "shop_password", remoteRef: { key: "a" } }] })] }],
  ["aws_api_gateway_integration", { credentials: "arn:aws:iam::111111111111:role/api" }],
  [
    "aws_apprunner_service",
    { image_configuration: [{ runtime_environment_secrets: { DB_PASSWORD: "shop-password" } }] },
  ],
  ["aws_cognito_user_pool_client", { token_validity_units: [{ access_token: "minutes" }] }],
  ["aws_instance", { metadata_options: [{ http_tokens: "required" }] }],
  [
    "aws_iam_policy",
    {
      policy: JSON.stringify({
        Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:owner/name:ref" } },
      }),
    },
  ],
  ["aws_kms_custom_key_store", { key_store_password: null }],
];

/** Data sources that read a secret. */
export const SECRET_SOURCES = [
  "aws_ssm_parameter",
  "aws_ssm_parameters_by_path",
  "aws_kms_secrets",
  "aws_ecr_authorization_token",
  "aws_ecrpublic_authorization_token",
  "aws_eks_cluster_auth",
  "aws_secretsmanager_random_password",
  "aws_redshift_cluster_credentials",
  "aws_api_gateway_api_key",
  "kubernetes_secret",
  "kubernetes_secret_v1",
  "vault_generic_secret",
  "vault_kv_secret_v2",
  "sops_file",
];

/** Places where programs take secrets, other than the environment, with the expected message. */
export const SECRETS_IN_CONTAINERS: readonly (readonly [string, Values])[] = [
  ["command.1 holds a URL with a password", { command: ["run", "postgres://app:swordfish@db/app"] }],
  ["command.1 holds a value of --password", { command: ["--password", "swordfish"] }],
  ["command.0 holds a value of password", { command: ["sh -c 'run --password swordfish'"] }],
  ["entryPoint.0 holds a value of api_key", { entryPoint: ["curl https://x.example?api_key=swordfish"] }],
  ["dockerLabels.db-password holds a literal value", { dockerLabels: { "db-password": "swordfish" } }],
  ["dockerLabels.url holds a JDBC URL with a password", { dockerLabels: { url: "jdbc:oracle:thin:app/swordfish@db" } }],
  [
    "healthCheck.command.1 holds a command with a password",
    { healthCheck: { command: ["CMD-SHELL", "curl -u app:swordfish http://localhost"] } },
  ],
  [
    "logConfiguration.options.splunk-token holds a literal value",
    { logConfiguration: { options: { "splunk-token": "swordfish" } } },
  ],
  ["systemControls.0.value holds an AWS access key id", { systemControls: [{ value: `AKIA${"A".repeat(16)}` }] }],
];
