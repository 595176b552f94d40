/** The table of sensitive arguments, held against the provider's own schema. */
import { z } from "zod";
import { endsLikeSecretName } from "../../../../lib/judgement/guardrails/secret-patterns";
import { SENSITIVE_ARGUMENTS, SENSITIVE_SOURCES } from "../../../../lib/judgement/guardrails/sensitive-arguments";
import { providerSchema } from "../../../support/provider-schema";
import { describeWithTerraform } from "../../../support/terraform-needed";

const ATTRIBUTE = z.object({
  type: z.unknown(),
  optional: z.boolean().default(false),
  required: z.boolean().default(false),
  sensitive: z.boolean().default(false),
  write_only: z.boolean().default(false),
});

interface Block {
  readonly attributes: Readonly<Record<string, z.infer<typeof ATTRIBUTE>>>;
  readonly block_types: Readonly<Record<string, { readonly block: Block }>>;
}

const BLOCK: z.ZodType<Block> = z.object({
  attributes: z.record(z.string(), ATTRIBUTE).default({}),
  get block_types() {
    return z.record(z.string(), z.object({ block: BLOCK })).default({});
  },
});

const TYPES = z.record(z.string(), z.object({ block: BLOCK }));
const SCHEMAS = z.object({
  provider_schemas: z.record(z.string(), z.object({ resource_schemas: TYPES, data_source_schemas: TYPES })),
});

/** Marked as sensitive, and no secrets, or judged by a rule of their own. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  aws_appconfig_configuration_profile: ["validator.content"],
  aws_appconfig_hosted_configuration_version: ["content"],
  aws_cloudcontrolapi_resource: ["schema"],
  aws_directory_service_shared_directory: ["notes"],
  aws_dms_certificate: ["certificate_pem"],
  aws_elasticsearch_domain_saml_options: ["saml_options.master_user_name"],
  aws_glue_connection: ["athena_properties", "connection_properties"],
  aws_iot_authorizer: ["token_signing_public_keys"],
  aws_iot_ca_certificate: ["ca_certificate_pem", "verification_certificate_pem"],
  aws_iot_certificate: ["ca_pem", "certificate_pem"],
  aws_mwaa_environment: ["airflow_configuration_options"],
  aws_opensearch_domain_saml_options: ["saml_options.master_user_name"],
  aws_pinpoint_adm_channel: ["client_id"],
  aws_pinpoint_apns_channel: ["bundle_id", "certificate", "team_id", "token_key_id"],
  aws_pinpoint_apns_sandbox_channel: ["bundle_id", "certificate", "team_id", "token_key_id"],
  aws_pinpoint_apns_voip_channel: ["bundle_id", "certificate", "team_id", "token_key_id"],
  aws_pinpoint_apns_voip_sandbox_channel: ["bundle_id", "certificate", "team_id", "token_key_id"],
  aws_quicksight_data_source: ["credentials.credential_pair.username"],
  aws_redshiftserverless_namespace: ["admin_username"],
  aws_s3_object_copy: ["kms_encryption_context", "kms_key_id"],
  aws_secretsmanager_secret_version: ["secret_binary", "secret_string"],
  aws_sns_platform_application: ["platform_principal"],
  aws_ssm_maintenance_window_task: [
    "task_invocation_parameters.lambda_parameters.payload",
    "task_invocation_parameters.step_functions_parameters.input",
  ],
  aws_ssm_parameter: ["value"],
  aws_transfer_certificate: ["certificate", "certificate_chain"],
  aws_transfer_server: ["post_authentication_login_banner", "pre_authentication_login_banner"],
};

/** Named like secrets, and none: names, ARNs and files of them, units of time, and tokens that make requests idempotent. */
const NAMED_OTHERWISE: readonly string[] = [
  "aws_api_gateway_authorizer.authorizer_credentials",
  "aws_api_gateway_integration.credentials",
  "aws_appmesh_virtual_gateway.spec.backend_defaults.client_policy.tls.certificate.file.private_key",
  "aws_appmesh_virtual_gateway.spec.listener.tls.certificate.file.private_key",
  "aws_appmesh_virtual_node.spec.backend.virtual_service.client_policy.tls.certificate.file.private_key",
  "aws_appmesh_virtual_node.spec.backend_defaults.client_policy.tls.certificate.file.private_key",
  "aws_appmesh_virtual_node.spec.listener.tls.certificate.file.private_key",
  "aws_apprunner_service.source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_secrets",
  "aws_apprunner_service.source_configuration.image_repository.image_configuration.runtime_environment_secrets",
  "aws_codeartifact_domain.encryption_key",
  "aws_codebuild_project.encryption_key",
  "aws_codebuild_project.environment.registry_credential.credential",
  "aws_codebuild_report_group.export_config.s3_destination.encryption_key",
  "aws_cognito_managed_user_pool_client.token_validity_units.access_token",
  "aws_cognito_managed_user_pool_client.token_validity_units.id_token",
  "aws_cognito_user_pool_client.token_validity_units.access_token",
  "aws_cognito_user_pool_client.token_validity_units.id_token",
  "aws_customerprofiles_domain.default_encryption_key",
  "aws_dsql_cluster.kms_encryption_key",
  "aws_kendra_data_source.configuration.web_crawler_configuration.authentication_configuration.basic_authentication.credentials",
  "aws_kendra_data_source.configuration.web_crawler_configuration.proxy_configuration.credentials",
  "aws_workspaces_workspace.volume_encryption_key",
];

describeWithTerraform("sensitive arguments", () => {
  let resources: ReadonlyMap<string, Block>;
  let sources: ReadonlyMap<string, Block>;

  beforeAll(async () => {
    const { provider_schemas: schemas } = SCHEMAS.parse(JSON.parse(await providerSchema()));
    const blocks = (kind: "resource_schemas" | "data_source_schemas") =>
      new Map(
        Object.values(schemas).flatMap((one) => Object.entries(one[kind]).map(([type, { block }]) => [type, block])),
      );
    resources = blocks("resource_schemas");
    sources = blocks("data_source_schemas");
  }, 60_000);

  test("each sensitive argument of the provider's schema is in the table, or is listed as no secret", () => {
    const inSchema = Object.fromEntries(
      [...resources].flatMap(([type, block]) => {
        const paths = attributesOf(block)
          .filter(({ sensitive, isArgument, isWriteOnly }) => sensitive && isArgument && !isWriteOnly)
          .map(({ path }) => path);
        return paths.length > 0 ? [[type, paths.sort()]] : [];
      }),
    );
    const types = [...new Set([...Object.keys(SENSITIVE_ARGUMENTS), ...Object.keys(OTHERWISE)])];
    const table = types.map((type): [string, string[]] => [
      type,
      [...(SENSITIVE_ARGUMENTS[type] ?? []), ...(OTHERWISE[type] ?? [])].sort(),
    ]);
    expect(Object.fromEntries(table)).toEqual(inSchema);
  });

  test("each data source with a sensitive attribute is in the list", () => {
    const inSchema = [...sources].filter(([, block]) => attributesOf(block).some(({ sensitive }) => sensitive));
    expect(inSchema.map(([type]) => type).sort()).toEqual([...SENSITIVE_SOURCES].sort());
  });

  test("each argument with the name of a secret holds one, or is listed as one that does not", () => {
    const named = [...resources].flatMap(([type, block]) =>
      attributesOf(block)
        .filter(({ path, isArgument, sensitive, isText }) => {
          const name = path.split(".").at(-1) ?? "";
          return isArgument && !sensitive && isText && endsLikeSecretName(name);
        })
        .map(({ path }) => `${type}.${path}`),
    );
    expect(named.filter((path) => !TAKES_SECRET.test(path)).sort()).toEqual([...NAMED_OTHERWISE].sort());
  });
});

/** A literal in one of these is a finding, although the schema does not mark it. */
const TAKES_SECRET =
  /api_key|api_secret_key|api_token|refresh_token|jwt_token|client_secret|password|raw_secret_access_key|hec_token|sas_configuration\.token|hls_akamai_settings\.token|grafana_token|object_storage\.access_key/;

function attributesOf(block: Block, place: readonly string[] = []) {
  const own = Object.entries(block.attributes).map(([name, { type, optional, required, sensitive, write_only }]) => ({
    path: [...place, name].join("."),
    isArgument: optional || required,
    isWriteOnly: write_only,
    isText: JSON.stringify(type)?.includes("string") ?? false,
    sensitive,
  }));
  const nested = Object.entries(block.block_types).flatMap(([name, inner]): typeof own =>
    attributesOf(inner.block, [...place, name]),
  );
  return [...own, ...nested];
}
