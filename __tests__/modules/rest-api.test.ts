import { z } from "zod";
import { RestApi } from "../../modules/rest-api";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const pool = "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI";
const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const API = "module.api.aws_api_gateway_rest_api.this";

const OPERATION = z.looseObject({
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  "x-amazon-apigateway-integration": z.looseObject({ type: z.string() }),
});
const DOCUMENT = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), OPERATION)) });

describePlan(
  "a REST API",
  (root) => {
    new RestApi(root, "api", {
      name: "shop-api",
      domainName: "api.example.com",
      certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
      originDomainName: "origin.example.com",
      paths: {
        "/orders": { get: { requiredQueryParameters: ["since"] }, post: { requestSchema: "Order" } },
        "/files/{path+}": { get: {} },
      },
      schemas: { Order: JSON.stringify({ type: "object", required: ["article"] }) },
      userPoolArns: [pool],
      scopes: ["openid"],
      allowedOrigin: "https://app.example.com",
      timeoutMilliseconds: 30_000,
      peakRequestsPerMinute: 1000,
      methodThrottling: { "files~1{path+}/GET": { requestsPerSecond: 200, burst: 400 } },
      tracing: true,
      logKmsKeyArn: kmsKeyArn,
      logRetentionDays: 30,
    });
  },
  (plan) => {
    const document = () => DOCUMENT.parse(plan().document(API, "body"));
    const operation = (path: string, method: string) => document().paths[path]?.[method];

    test("requires an access token of the user pool for each operation except preflight and health requests", () => {
      const operations = Object.entries(document().paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { security }]) => [`${method} ${path}`, security] as const),
      );
      expect(Object.fromEntries(operations)).toEqual({
        "get /orders": [{ cognito: ["openid"] }],
        "post /orders": [{ cognito: ["openid"] }],
        "options /orders": undefined,
        "get /files/{path+}": [{ cognito: ["openid"] }],
        "options /files/{path+}": undefined,
        "get /health": undefined,
      });
      expect(document()).toMatchObject({
        components: {
          securitySchemes: {
            cognito: {
              in: "header",
              name: "Authorization",
              "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [pool] },
            },
          },
        },
      });
    });

    test("forwards each operation to the same path of the origin, and waits for the given time", () => {
      expect(operation("/orders", "post")?.["x-amazon-apigateway-integration"]).toEqual({
        type: "http_proxy",
        httpMethod: "POST",
        uri: "https://origin.example.com/orders",
        timeoutInMillis: 30_000,
        requestParameters: {},
      });
      expect(operation("/files/{path+}", "get")).toMatchObject({
        parameters: [{ name: "path", in: "path", required: true, schema: { type: "string" } }],
        "x-amazon-apigateway-integration": {
          uri: "https://origin.example.com/files/{path}",
          requestParameters: { "integration.request.path.path": "method.request.path.path" },
        },
      });
      expect(operation("/health", "get")).toMatchObject({
        "x-amazon-apigateway-integration": { httpMethod: "GET", uri: "https://origin.example.com/health" },
      });
    });

    test("refuses requests without the declared parameters or with another body", () => {
      expect(document()).toMatchObject({
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-request-validators": {
          all: { validateRequestBody: true, validateRequestParameters: true },
        },
        components: { schemas: { Order: { type: "object", required: ["article"] } } },
      });
      expect(operation("/orders", "get")).toMatchObject({
        parameters: [{ name: "since", in: "query", required: true, schema: { type: "string" } }],
      });
      expect(operation("/orders", "get")).not.toHaveProperty("requestBody");
      expect(operation("/orders", "post")).toMatchObject({
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
        },
      });
    });

    test("lets scripts of the website alone call it, and read its errors", () => {
      const origin = "'https://app.example.com'";
      const refused = { responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": origin } };
      expect(document()).toMatchObject({
        "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: refused, DEFAULT_5XX: refused },
      });
      expect(operation("/orders", "options")).toMatchObject({
        responses: { "204": { headers: { "Access-Control-Allow-Origin": {} } } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          responses: {
            default: {
              statusCode: "204",
              responseParameters: {
                "method.response.header.Access-Control-Allow-Origin": origin,
                "method.response.header.Access-Control-Allow-Methods": "'GET,POST'",
                "method.response.header.Access-Control-Allow-Headers": "'authorization,content-type'",
              },
            },
          },
        },
      });
    });

    test("is reached only under its own name, by TLS 1.2", () => {
      expect(plan().values(API)).toMatchObject({
        disable_execute_api_endpoint: true,
        endpoint_configuration: [{ types: ["REGIONAL"] }],
        fail_on_warnings: true,
      });
      expect(plan().values("module.api.aws_api_gateway_domain_name.this")).toMatchObject({
        domain_name: "api.example.com",
        security_policy: "TLS_1_2",
        endpoint_configuration: [{ types: ["REGIONAL"] }],
      });
      expect(plan().values("module.api.aws_api_gateway_base_path_mapping.this")).toMatchObject({
        domain_name: "api.example.com",
        stage_name: "live",
      });
    });

    test("logs each request without bodies and tokens, encrypted, with the given retention", () => {
      const group = "module.api.aws_cloudwatch_log_group.access";
      for (const address of [group, "module.api.aws_cloudwatch_log_group.execution"]) {
        expect(plan().values(address)).toMatchObject({ kms_key_id: kmsKeyArn, retention_in_days: 30 });
      }
      expect(plan().values("module.api.aws_api_gateway_stage.this")).toMatchObject({
        xray_tracing_enabled: true,
        access_log_settings: [{ destination_arn: arnOf(group) }],
      });
      const format = z
        .tuple([z.object({ format: z.string() })])
        .parse(plan().values("module.api.aws_api_gateway_stage.this").access_log_settings)[0].format;
      expect(JSON.parse(format)).toMatchObject({ status: "$context.status", user: "$context.authorizer.claims.sub" });
      expect(format).not.toMatch(/authorization|requestBody|context\.path"/i);
    });

    test("throttles at the peak, with bursts of ten seconds, and traces no bodies", () => {
      expect(plan().values("module.api.aws_api_gateway_method_settings.this")).toMatchObject({
        method_path: "*/*",
        settings: [
          {
            throttling_rate_limit: 17,
            throttling_burst_limit: 167,
            logging_level: "ERROR",
            metrics_enabled: true,
            data_trace_enabled: false,
          },
        ],
      });
    });

    test("an operation with a peak of its own has a throttling of its own, and is logged like the others", () => {
      expect(plan().values('module.api.aws_api_gateway_method_settings.of_method["files~1{path+}/GET"]')).toMatchObject(
        {
          method_path: "files~1{path+}/GET",
          settings: [
            {
              throttling_rate_limit: 200,
              throttling_burst_limit: 400,
              logging_level: "ERROR",
              metrics_enabled: true,
              data_trace_enabled: false,
            },
          ],
        },
      );
    });
  },
);

test("a change of the document makes a deployment before the last one is deleted", () => {
  expect(emitted(RestApi, "main.tf.json")).toMatchObject({
    resource: {
      aws_api_gateway_deployment: {
        this: {
          triggers: { body: "${sha256(aws_api_gateway_rest_api.this.body)}" },
          lifecycle: { create_before_destroy: true },
        },
      },
    },
  });
});
