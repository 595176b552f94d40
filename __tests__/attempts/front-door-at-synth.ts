/** Open APIs, sign-in without protection, and chats with every permission, in modules. */
import type { SynthRow } from "./attempt";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const API_KEY = { type: "apiKey", name: "x-api-key", in: "header" };
const openApi = (operation: object, scheme: object = API_KEY): string =>
  JSON.stringify({ paths: { "/orders": { post: operation } }, components: { securitySchemes: { key: scheme } } });

export const FRONT_DOOR_AT_SYNTH: readonly SynthRow[] = [
  [
    "CKV_AWS_59",
    "an operation without authorizer in a document",
    "rest-api-methods-authorized",
    "aws_api_gateway_rest_api",
    { body: openApi({}) },
  ],
  [
    "apigateway_restapi_authorizers_enabled",
    "an operation with a key that every client shares",
    "rest-api-methods-authorized",
    "aws_api_gateway_rest_api",
    { body: openApi({ security: [{ key: [] }] }) },
  ],
  [
    "apigateway_restapi_authorizers_enabled",
    "an operation whose authorizer is optional",
    "rest-api-methods-authorized",
    "aws_api_gateway_rest_api",
    { body: openApi({ security: [{ key: [] }, {}] }, { "x-amazon-apigateway-authtype": "awsSigv4" }) },
  ],
  [
    "CKV_AWS_59",
    "an open method as a resource",
    "rest-api-methods-authorized",
    "aws_api_gateway_method",
    { http_method: "ANY", authorization: "NONE" },
  ],
  [
    "AVD-AWS-0001",
    "a stage without a log",
    "rest-api-access-logged",
    "aws_api_gateway_stage",
    { access_log_settings: [] },
  ],
  [
    "CKV_AWS_276",
    "a log of bodies",
    "rest-api-no-data-trace",
    "aws_api_gateway_method_settings",
    { settings: [{ data_trace_enabled: true }] },
  ],
  [
    "CKV_AWS_206",
    "a domain with TLS 1.0",
    "api-domain-tls-policy",
    "aws_api_gateway_domain_name",
    { security_policy: "TLS_1_0" },
  ],
  [
    "CKV_AWS_258",
    "the URL of a function for everybody",
    "lambda-url-authorized",
    "aws_lambda_function_url",
    { authorization_type: "NONE" },
  ],
  [
    "cognito_user_pool_mfa_enabled",
    "codes by SMS as the only second factor",
    "user-pool-mfa",
    "aws_cognito_user_pool",
    { mfa_configuration: "ON", sms_configuration: [{ sns_caller_arn: "arn:aws:iam::333333333333:role/sms" }] },
  ],
  [
    "cognito_user_pool_deletion_protection_enabled",
    "a user pool that one call deletes",
    "user-pool-deletion-protected",
    "aws_cognito_user_pool",
    {},
  ],
  [
    "types",
    "a user pool that another name replaces",
    "user-pool-destroy-prevented",
    "aws_cognito_user_pool",
    { deletion_protection: "ACTIVE" },
  ],
  [
    "types",
    "a client with its secret in the state",
    "user-pool-client-without-secret",
    "aws_cognito_user_pool_client",
    { generate_secret: true },
  ],
  [
    "types",
    "tokens in the URL beside codes",
    "user-pool-client-code-flow",
    "aws_cognito_user_pool_client",
    { allowed_oauth_flows: ["code", "implicit"] },
  ],
  [
    "types",
    "passwords that pass through the application",
    "user-pool-client-code-flow",
    "aws_cognito_user_pool_client",
    { allowed_oauth_flows: ["code"], explicit_auth_flows: ["ADMIN_NO_SRP_AUTH"] },
  ],
  [
    "types",
    "a chat whose guardrail is every permission",
    "chat-guardrail-policies",
    "aws_chatbot_teams_channel_configuration",
    { guardrail_policy_arns: [ADMINISTRATOR] },
  ],
  [
    "CKV_AWS_319",
    "an alarm whose actions are switched off",
    "alarm-acts",
    "aws_cloudwatch_metric_alarm",
    { alarm_actions: ["arn:aws:sns:us-east-1:111122223333:alerts"], actions_enabled: false },
  ],
  [
    "CKV_AWS_319",
    "a composite alarm that tells nobody",
    "alarm-acts",
    "aws_cloudwatch_composite_alarm",
    { alarm_rule: 'ALARM("shop")', alarm_actions: [] },
  ],
  [
    "CloudWatch.15",
    "a stage without alarms, with an empty reason",
    "rest-api-alarmed",
    "aws_api_gateway_stage",
    { rest_api_id: "a1b2c3", tags: { WithoutAlarms: "" } },
  ],
  [
    "ACM.1",
    "a certificate that people have to renew by mail",
    "certificate-renewed",
    "aws_acm_certificate",
    { domain_name: "shop.example", validation_method: "EMAIL" },
  ],
  [
    "types",
    "a budget whose notification nobody gets",
    "costs-notified",
    "aws_budgets_budget",
    { name: "monthly", notification: [{ threshold: 80, subscriber_email_addresses: [] }] },
  ],
  [
    "shield_advanced_protection_in_internet_facing_load_balancers",
    "a protection whose cost nobody knows",
    "shield-cost-acknowledged",
    "aws_shield_protection",
    { tags: {} },
  ],
];
