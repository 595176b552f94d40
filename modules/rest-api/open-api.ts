/**
 * The OpenAPI document of the API with the extensions of API Gateway. Everything that a deployment copies is in it, so that each
 * change of it makes a deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
import type { Construct } from "constructs";
import { type Expression, hcl, jsonencode, local } from "../../lib";
import { HEALTH, type Operations } from "./operations";

interface OpenApiInput {
  readonly name: Expression<string>;
  readonly originDomainName: Expression<string>;
  readonly paths: Expression<Operations>;
  readonly schemas: Expression<Record<string, string>>;
  readonly userPoolArns: Expression<string[]>;
  readonly scopes: Expression<string[]>;
  readonly allowedOrigin: Expression<string>;
  readonly timeoutMilliseconds: Expression<number>;
}

export function openApi(scope: Construct, input: OpenApiInput): Expression<string> {
  const refused = {
    responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${input.allowedOrigin}'` },
  };
  const health = local<object>(scope, "health", {
    [HEALTH]: { get: { responses: ANSWER, [INTEGRATION]: forwarded(input, { method: "GET", path: HEALTH }) } },
  });
  return jsonencode(
    local(scope, "open_api", {
      openapi: "3.0.1",
      info: { title: input.name, version: "1" },
      "x-amazon-apigateway-request-validators": {
        all: { validateRequestBody: true, validateRequestParameters: true },
      },
      "x-amazon-apigateway-request-validator": "all",
      "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: refused, DEFAULT_5XX: refused },
      components: {
        securitySchemes: { [AUTHORIZER]: authorizer(input.userPoolArns) },
        schemas: hcl`{ for name, schema in ${input.schemas} : name => jsondecode(schema) }`,
      },
      paths: hcl`merge(${operations(scope, input)}, ${health})`,
    }),
  );
}

const INTEGRATION = "x-amazon-apigateway-integration";
const AUTHORIZER = "cognito";
const TEXT = { schema: { type: "string" } };
const ANSWER = { "200": { description: "Answer of the origin" } };

function authorizer(userPoolArns: Expression<string[]>): object {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": {
      type: "cognito_user_pools",
      providerARNs: hcl<string[]>`sort(${userPoolArns})`,
    },
  };
}

/** Operations with the preflight request of their path. `path`, `method` and `operation` are names of the HCL around them. */
function operations(scope: Construct, input: OpenApiInput): Expression<object> {
  const { paths, scopes } = input;
  const names = local<object>(
    scope,
    "path_parameters",
    hcl`{ for path, methods in ${paths} : path => [for match in regexall("\\\\{(\\\\w+)\\\\+?\\\\}", path) : match[0]] }`,
  );
  const required = (place: "path" | "query") => ({ name: hcl<string>`name`, in: place, required: true, ...TEXT });
  const parameters = local<object>(
    scope,
    "parameters",
    hcl`{ for path, names in ${names} : path => [for name in names : ${required("path")}] }`,
  );
  const integration = {
    ...forwarded(input, { method: hcl<string>`upper(method)`, path: hcl<string>`replace(path, "+}", "}")` }),
    requestParameters: hcl`{ for name in ${names}[path] : format("integration.request.path.%s", name) => format("method.request.path.%s", name) }`,
  };
  const operation = {
    security: [{ [AUTHORIZER]: hcl<string[]>`sort(${scopes})` }],
    parameters: hcl`concat(${parameters}[path], [for name in sort(operation.required_query_parameters) : ${required("query")}])`,
    responses: ANSWER,
    [INTEGRATION]: integration,
  };
  const schema = { $ref: hcl<string>`format("#/components/schemas/%s", operation.request_schema)` };
  const body = { requestBody: { required: true, content: { "application/json": { schema } } } };
  return local<object>(
    scope,
    "operations",
    hcl`{ for path, methods in ${paths} : path => merge({ options = ${preflight(input, hcl`${parameters}[path]`)} }, { for method, operation in methods : method => merge(${operation}, operation.request_schema == null ? null : ${body}) }) }`,
  );
}

/** A request that goes to the same path of the origin. Headers and query strings go along. */
function forwarded(
  { originDomainName, timeoutMilliseconds }: OpenApiInput,
  { method, path }: { readonly method: string | Expression<string>; readonly path: string | Expression<string> },
): object {
  return {
    type: "http_proxy",
    httpMethod: method,
    uri: hcl<string>`format("https://%s%s", ${originDomainName}, ${path})`,
    timeoutInMillis: timeoutMilliseconds,
  };
}

/** Before some requests, a browser asks without a token what a script of the website may send. */
function preflight({ allowedOrigin }: OpenApiInput, parameters: Expression<unknown>): object {
  const headers = {
    "Access-Control-Allow-Origin": hcl<string>`format("'%s'", ${allowedOrigin})`,
    "Access-Control-Allow-Methods": hcl<string>`format("'%s'", join(",", [for method in keys(methods) : upper(method)]))`,
    "Access-Control-Allow-Headers": "'authorization,content-type'",
    "Access-Control-Max-Age": "'3600'",
  };
  const names = Object.keys(headers);
  const given = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value] as const);
  return {
    parameters,
    responses: {
      "204": { description: "Allowed requests", headers: Object.fromEntries(names.map((name) => [name, TEXT])) },
    },
    [INTEGRATION]: {
      type: "mock",
      requestTemplates: { "application/json": '{ "statusCode": 204 }' },
      responses: { default: { statusCode: "204", responseParameters: Object.fromEntries(given) } },
    },
  };
}
