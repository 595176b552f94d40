/** Mutants of what users reach first: sign-in, APIs, functions behind load balancers, and of the alarms and the chat of those on call. */
import { inFile, type Mutant, ofModule } from "./mutant";

const POOL = "resource.aws_cognito_user_pool.this";
const CLIENT = "resource.aws_cognito_user_pool_client.this";
const FUNCTION = "resource.aws_lambda_function.this";
const LOG = "resource.aws_cloudwatch_log_group";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

export const FRONT_DOOR_MUTANTS: readonly Mutant[] = [
  ...ofModule("cognito-user-pool", {
    "user-pool-mfa": [`${POOL}.mfa_configuration`, "OFF"],
    "user-pool-deletion-protected": [`${POOL}.deletion_protection`, "INACTIVE"],
    "user-pool-destroy-prevented": [`${POOL}.lifecycle`],
    "user-pool-client-without-secret": [`${CLIENT}.generate_secret`, true],
    "user-pool-client-code-flow": [`${CLIENT}.allowed_oauth_flows`, ["implicit"]],
  }),
  ...ofModule("cognito-user-pool", {
    "user-pool-mfa": [`${POOL}.software_token_mfa_configuration`],
    "user-pool-client-code-flow": [`${CLIENT}.explicit_auth_flows`, ["ALLOW_USER_PASSWORD_AUTH"]],
    "no-passwords-in-state": [
      "resource.aws_cognito_identity_provider.saml.provider_details",
      { client_id: "shop", client_secret: "swordfish" },
    ],
  }),
  ...ofModule("rest-api", {
    "rest-api-methods-authorized": [["locals", "health", "/export"], { get: { responses: {} } }],
    "rest-api-no-data-trace": ["resource.aws_api_gateway_method_settings.this.settings.data_trace_enabled", true],
    "rest-api-access-logged": ["resource.aws_api_gateway_stage.this.access_log_settings"],
    "rest-api-execute-endpoint-closed": ["resource.aws_api_gateway_rest_api.this.disable_execute_api_endpoint"],
    "api-domain-tls-policy": ["resource.aws_api_gateway_domain_name.this.security_policy", "TLS_1_0"],
    "logs-encrypted": [`${LOG}.access.kms_key_id`],
    "logs-retention": [`${LOG}.execution.retention_in_days`],
  }),
  ...inFile("<root>/main.tf.json", { "rest-api-alarmed": ["module.api.without_alarms"] }),
  ...ofModule("rest-api", {
    "rest-api-methods-authorized": [
      "locals.open_api.components.securitySchemes.cognito",
      { type: "apiKey", name: "x-api-key", in: "header" },
    ],
  }),
  ...ofModule("lambda-function", {
    "lambda-runtime-supported": [`${FUNCTION}.runtime`, "nodejs18.x"],
    "no-secrets-in-function-environment": [`${FUNCTION}.environment.variables`, { API_PASSWORD: "swordfish" }],
    "lambda-url-authorized": [
      "resource.aws_lambda_function_url",
      { open: { function_name: "${aws_lambda_function.this.function_name}", authorization_type: "NONE" } },
    ],
    "logs-encrypted": [`${LOG}.this.kms_key_id`],
    "logs-retention": [`${LOG}.this.retention_in_days`],
    "iam-actions-named": ["locals.permissions.Statement.0.Action", ["logs:*"]],
    "iam-resources-named": ["locals.permissions.Statement.0.Resource", "*"],
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
  }),
  ...ofModule("chat-notifications", {
    "chat-guardrail-policies": ["resource.aws_chatbot_slack_channel_configuration.this.guardrail_policy_arns"],
    "iam-actions-named": ["locals.permissions.Statement.0.Action", ["cloudwatch:*"]],
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment.extra",
      { role: "robot", policy_arn: ADMINISTRATOR },
    ],
  }),
  ...ofModule("chat-notifications", {
    "chat-guardrail-policies": [
      "resource.aws_chatbot_slack_channel_configuration.this.guardrail_policy_arns",
      [ADMINISTRATOR],
    ],
  }),
  ...ofModule("cloudwatch-alarms", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
  }),
  ...ofModule("cloudwatch-alarms", {
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.actions_enabled", false],
  }),
  ...ofModule("composite-alarms", {
    "alarm-acts": ["resource.aws_cloudwatch_composite_alarm.this.alarm_actions"],
  }),
  ...ofModule("shield-advanced", {
    "shield-cost-acknowledged": ["resource.aws_shield_protection.this.tags"],
  }),
  ...ofModule("api-gateway-account", {
    "trust-service-of-own-account": ["locals.trust.Statement.0.Condition"],
  }),
];
