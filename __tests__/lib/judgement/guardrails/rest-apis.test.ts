import { REST_APIS } from "../../../../lib/judgement/guardrails/rest-apis";
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const api = (values: Values) => resourceOf("aws_api_gateway_rest_api", values);
const pool = new Reference("module.pool.aws_cognito_user_pool.this", "arn");
const cognito = { type: "apiKey", "x-amazon-apigateway-authorizer": { providerARNs: [pool] } };
const SCHEMES = {
  cognito,
  iam: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" },
  key: { type: "apiKey", name: "x-api-key" },
};
const document = (paths: HclValue, more: Values = {}) =>
  api({ body: new EncodedJson({ paths, components: { securitySchemes: SCHEMES }, ...more }) });
const orders = (method: string, ...security: readonly HclValue[]) =>
  document({ "/orders": { [method]: { security } } });
const method = (values: Values) => resourceOf("aws_api_gateway_method", values);
const mapping = resourceOf("aws_api_gateway_base_path_mapping", {
  api_id: new Reference("module.call.aws_api_gateway_rest_api.this", "id"),
});

proveRows(REST_APIS, {
  "rest-api-methods-authorized": [
    ["holds with an authorizer", [orders("post", { cognito: ["openid"] })], "holds"],
    ["holds with signed requests", [orders("post", { iam: [] })], "holds"],
    ["holds for preflight and health requests", [document({ "/a": { options: {} }, "/health": { get: {} } })], "holds"],
    [
      "holds by the default of the document",
      [document({ "/a": { get: {} } }, { security: [{ cognito: [] }] })],
      "holds",
    ],
    [
      "holds in Swagger 2",
      [
        api({
          body: new EncodedJson({
            paths: { "/orders": { get: { security: [{ cognito: [] }] } } },
            securityDefinitions: { cognito },
          }),
        }),
      ],
      "holds",
    ],
    ["holds for an API whose methods are resources", [api({}), method({ authorization: "AWS_IAM" })], "holds", "holds"],
    ["is broken without security", [document({ "/a": { get: {} } })], "broken: body: get /a without security"],
    [
      "is broken if an operation takes back the default",
      [document({ "/a": { get: { security: [] } } }, { security: [{ cognito: [] }] })],
      "broken: body: get /a without security",
    ],
    [
      "is broken if an alternative needs nothing",
      [orders("get", { cognito: [] }, {})],
      "broken: body: get /orders without security",
    ],
    ["is broken by an API key", [orders("get", { key: [] })], "broken: body: get /orders with security key"],
    [
      "is broken by a scheme that is not defined",
      [orders("put", { other: [] })],
      "broken: body: put /orders with security other",
    ],
    [
      "is broken for every method at once",
      [orders("x-amazon-apigateway-any-method")],
      "broken: body: x-amazon-apigateway-any-method /orders without security",
    ],
    [
      "is broken for other requests to /health",
      [document({ "/health": { get: {}, post: {} } })],
      "broken: body: post /health without security",
    ],
    [
      "is broken in JSON text",
      [api({ body: JSON.stringify({ paths: { "/a": { get: {} } } }) })],
      "broken: body: get /a without security",
    ],
    [
      "is broken by an open method",
      [
        method({ http_method: "GET", authorization: "NONE" }),
        method({ http_method: "OPTIONS", authorization: "NONE" }),
      ],
      'broken: authorization = "NONE"',
      "holds",
    ],
    ["is unknown for YAML", [api({ body: "openapi: 3.0.1" })], "unknown: body = (known after apply)"],
    [
      "is unknown if the operation is",
      [document({ "/a": { get: unknown } })],
      "unknown: body: get /a = (known after apply)",
    ],
  ],
  "rest-api-no-data-trace": [
    ["holds by default", [resourceOf("aws_api_gateway_method_settings", { settings: [{}] })], "holds"],
    [
      "is broken if it is on",
      [resourceOf("aws_api_gateway_method_settings", { settings: [{ data_trace_enabled: true }] })],
      "broken: settings.data_trace_enabled = true",
    ],
  ],
  "rest-api-access-logged": [
    [
      "holds with a log group",
      [
        resourceOf("aws_api_gateway_stage", {
          access_log_settings: [{ destination_arn: new Reference("aws_cloudwatch_log_group.this", "arn") }],
        }),
      ],
      "holds",
    ],
    [
      "is broken by default",
      [resourceOf("aws_api_gateway_stage", {})],
      "broken: access_log_settings.destination_arn = null",
    ],
  ],
  "rest-api-execute-endpoint-closed": [
    ["holds without a domain", [api({})], "holds"],
    ["holds beside a domain if it is closed", [api({ disable_execute_api_endpoint: true }), mapping], "holds"],
    ["is broken beside a domain", [api({}), mapping], "broken: disable_execute_api_endpoint = null"],
  ],
  "api-domain-tls-policy": [
    ["holds with TLS 1.2", [resourceOf("aws_api_gateway_domain_name", { security_policy: "TLS_1_2" })], "holds"],
    [
      "holds with a later policy",
      [resourceOf("aws_api_gateway_domain_name", { security_policy: "SecurityPolicy_TLS13_1_3_2025_09" })],
      "holds",
    ],
    [
      "is broken by TLS 1.0",
      [resourceOf("aws_api_gateway_domain_name", { security_policy: "TLS_1_0" })],
      'broken: security_policy = "TLS_1_0"',
    ],
    [
      "is broken by default, and by an HTTP API",
      [
        resourceOf("aws_api_gateway_domain_name", {}),
        resourceOf("aws_apigatewayv2_domain_name", { domain_name_configuration: [{ security_policy: "TLS_1_0" }] }),
      ],
      "broken: security_policy = null",
      'broken: domain_name_configuration.security_policy = "TLS_1_0"',
    ],
  ],
});
