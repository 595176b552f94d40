import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { z } from "zod";
import {
  arnOf,
  DOMAIN_NAME,
  defineModule,
  hcl,
  LOG_RETENTION_DAYS,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  TAG_REASON,
  text,
} from "../../lib";
import { openApi } from "./open-api";
import { HEALTH, METHOD_THROTTLING, methodPaths, OPERATIONS } from "./operations";
import { publish } from "./stage";

export const RestApi = defineModule({
  name: "rest-api",
  description:
    "A Regional REST API of API Gateway under a domain of its own, from one OpenAPI document: each operation requires an access token of a Cognito user pool, is validated, and is forwarded to the same path of an origin over HTTPS. `GET /health` is public. The API answers preflight requests and adds the allowed origin to its own errors; the origin adds it to its answers. The logs need `api-gateway-account` in the region.",
  inputs: {
    name: resourceName(64).describe("Name of the API, which is the dimension `ApiName` of its metrics."),
    domainName: DOMAIN_NAME.describe("Host name of the API, unique in the region among all accounts."),
    certificateArn: arnOf("acm").describe("Certificate of the host name, in the region of the API."),
    originDomainName: DOMAIN_NAME.describe(
      "Host that receives the requests, with a certificate of a public authority for this name.",
    ),
    paths: OPERATIONS.describe(
      "Operations by path and method. `requestSchema` names the schema of the body; a request without a query parameter of `requiredQueryParameters` is refused. Parameters in the path are derived from it.",
    ),
    schemas: z
      .record(text(/^[A-Za-z][A-Za-z0-9]*$/, "names of letters and digits", "not-a-name"), z.string())
      .default({})
      .describe("JSON schemas (draft 4) of request bodies by name, as JSON text."),
    userPoolArns: set(arnOf("cognito-idp")).min(1).describe("User pools whose users may call the API."),
    scopes: set(z.string().min(1))
      .min(1)
      .describe("Scopes of which an access token has to have one, such as `openid`. An id token is refused."),
    allowedOrigin: text(/^https:\/\/[a-z0-9.-]+$/, "an origin such as https://app.example.com", "*").describe(
      "Website whose scripts may call the API.",
    ),
    timeoutMilliseconds: z
      .int()
      .min(50)
      .max(300_000)
      .default(29_000)
      .describe(
        "Time that the origin may take. More than 29000 needs the service quota L-E5AE38E3 of the region first; the apply fails otherwise.",
      ),
    peakRequestsPerMinute: sizing(z.int().min(60).max(600_000)).describe(
      "Expected maximum of all clients, from which the throttling follows: this rate, and bursts of ten seconds of it, for each operation. Further requests get the status 429.",
    ),
    methodThrottling: sizing(METHOD_THROTTLING)
      .default({})
      .describe("Operations with a throttling of their own, by method path, such as those with another peak."),
    tracing: sizing(z.boolean()).describe("Whether X-Ray traces requests. Each trace is charged."),
    withoutAlarms: TAG_REASON.nullable()
      .default(null)
      .describe("Why the API has no alarms on errors and latency, as a tag of its stage; null where it has."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the logs."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe(
      "Retention of the logs, which have addresses and ids of users, and no body or token.",
    ),
  },
  rules: [
    {
      inputs: ["paths"],
      allowed: `paths other than ${HEALTH}, which the module adds`,
      holds: ({ paths }) => !(HEALTH in paths),
      condition: `!contains(keys(var.paths), "${HEALTH}")`,
      counterexample: { paths: { [HEALTH]: { get: { requestSchema: null, requiredQueryParameters: [] } } } },
    },
    {
      inputs: ["schemas"],
      allowed: "JSON text",
      holds: ({ schemas }) => Object.values(schemas).every(isJson),
      condition: "alltrue([for schema in values(var.schemas) : can(jsondecode(schema))])",
      counterexample: { schemas: { Article: "{", Payment: "{}" } },
    },
    {
      inputs: ["paths", "schemas"],
      allowed: "operations whose request schema is one of the schemas",
      holds: ({ paths, schemas }) =>
        Object.values(paths)
          .flatMap((operations) => Object.values(operations))
          .every(({ requestSchema }) => requestSchema === null || requestSchema in schemas),
      condition:
        'alltrue(flatten([for operations in var.paths : [for operation in operations : operation.request_schema == null || contains(keys(var.schemas), coalesce(operation.request_schema, "-"))]]))',
      counterexample: { paths: { "/carts": { post: { requestSchema: "Nothing", requiredQueryParameters: [] } } } },
    },
    {
      inputs: ["paths", "methodThrottling"],
      allowed: "method paths of operations in paths",
      holds: ({ paths, methodThrottling }) =>
        Object.keys(methodThrottling).every((methodPath) => methodPaths(paths).includes(methodPath)),
      condition:
        'length(setsubtract(keys(var.method_throttling), flatten([for path, methods in var.paths : [for method in keys(methods) : format("%s/%s", replace(trimprefix(path, "/"), "/", "~1"), upper(method))]]))) == 0',
      counterexample: { methodThrottling: { "carts/PUT": { requestsPerSecond: 1, burst: 1 } } },
    },
  ],
  outputs: {
    id: z.string().describe("Id of the API."),
    name: z.string().describe("Name of the API in metrics, available after a stage serves it."),
    stageName: z.string().describe("Name of the stage in metrics."),
    stageArn: z.string().describe("ARN for the `web-acl` module."),
    dnsName: z.string().describe("Target of the host name's alias record, available after the API serves it."),
    dnsZoneId: z.string().describe("Hosted zone of the target."),
    logGroupName: z.string().describe("Log group with one JSON line for each request."),
  },
  example: {
    name: "shop-api",
    domainName: "api.example.com",
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    originDomainName: "origin.example.com",
    paths: {
      "/articles": { get: { requiredQueryParameters: ["since"] }, post: { requestSchema: "Article" } },
      "/articles/{articleId}": { get: {}, delete: {} },
    },
    schemas: { Article: '{ "type": "object", "required": ["title"] }' },
    userPoolArns: ["arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI"],
    scopes: ["openid"],
    allowedOrigin: "https://app.example.com",
    peakRequestsPerMinute: 1000,
    methodThrottling: { "articles~1{articleId}/GET": { requestsPerSecond: 100, burst: 200 } },
    tracing: true,
    withoutAlarms: "Nobody depends on the API yet",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
  },
  build(scope, input) {
    const api = resource(scope, ApiGatewayRestApi, "this", {
      name: input.name,
      body: openApi(scope, input),
      failOnWarnings: true,
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ["REGIONAL"] },
    });
    /** A deployment is a copy of the API: a change of the document needs another one. */
    const deployment = resource(scope, ApiGatewayDeployment, "this", {
      restApiId: api.id,
      triggers: { body: hcl<string>`sha256(${api.body})` },
      lifecycle: { createBeforeDestroy: true },
    });
    const { stage, settings, accessLog } = publish(scope, api, deployment, input);
    const domain = resource(scope, ApiGatewayDomainName, "this", {
      domainName: input.domainName,
      regionalCertificateArn: input.certificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    const mapping = resource(scope, ApiGatewayBasePathMapping, "this", {
      domainName: domain.domainName,
      apiId: api.id,
      stageName: stage.stageName,
    });
    return {
      id: api.id,
      name: readyAfter(api.name, settings),
      stageName: stage.stageName,
      stageArn: stage.arn,
      dnsName: readyAfter(domain.regionalDomainName, mapping, settings),
      dnsZoneId: domain.regionalZoneId,
      logGroupName: accessLog.name,
    };
  },
});

function isJson(content: string): boolean {
  try {
    JSON.parse(content);
    return true;
  } catch {
    return false;
  }
}
