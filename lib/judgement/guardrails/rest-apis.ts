/** APIs of API Gateway: authorized, logged without bodies, and reached only under their own names by TLS. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isMapping, isUnknown, type Mapping } from "../hcl";
import { allows, byType, equals, given, type Judge, where, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { documentOf } from "./policies";
import { isAbsent, itemsOf, thoseNaming } from "./values";

const API = "aws_api_gateway_rest_api";
const METHOD = "aws_api_gateway_method";
const DOMAIN = "aws_api_gateway_domain_name";
const DOMAIN_V2 = "aws_apigatewayv2_domain_name";

export const REST_APIS = [
  {
    id: "rest-api-methods-authorized",
    title: "Each method of a REST API has an authorizer, except preflight requests and GET /health",
    why: "Everybody on the internet can call the method: only the program behind it, if anything, checks who asks.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "in the OpenAPI document of body, security of each operation with a scheme that has an authorizer or the type awsSigv4; or authorization other than NONE",
    types: [API, METHOD],
    judge: byType({
      [API]: ({ values: { body = null } }) => (isAbsent(body) ? HOLDS : judgeApi(documentOf(body))),
      [METHOD]: where(
        "http_method",
        (method) => method !== "OPTIONS",
        allows("authorization", (authorization) => authorization !== "NONE"),
      ),
    }),
  },
  {
    id: "rest-api-no-data-trace",
    title: "An API does not log the bodies of requests and answers",
    why: "The trace writes passwords, tokens and personal data to the log in clear text.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "C1.1"], gdpr: ["32(1)(b)"] },
    allowed: "data_trace_enabled = false, or not set",
    types: ["aws_api_gateway_method_settings"],
    judge: equals("settings.data_trace_enabled", false, null),
  },
  {
    id: "rest-api-access-logged",
    title: "A stage of a REST API logs each request",
    why: "Without the log, nobody can find out who called which operation, and from where.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["APIGateway.1"] },
    allowed: "access_log_settings with destination_arn and format",
    types: ["aws_api_gateway_stage"],
    judge: given("access_log_settings.destination_arn"),
  },
  {
    id: "rest-api-execute-endpoint-closed",
    title: "A REST API with a domain name is not reached under its default endpoint",
    why: "Clients that use the default endpoint bypass the domain: its minimum version of TLS, its health checks and its failover.",
    severity: "medium",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6"] },
    allowed: "disable_execute_api_endpoint = true, if an aws_api_gateway_base_path_mapping names the API",
    types: [API],
    judge: ifMapped(equals("disable_execute_api_endpoint", true)),
  },
  {
    id: "api-domain-tls-policy",
    title: "A domain name of an API requires TLS 1.2 or later",
    why: "Older protocols and ciphers can be broken, some of them years later from recorded traffic.",
    severity: "high",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
    },
    allowed: "security_policy TLS_1_2, or one whose name begins with SecurityPolicy_TLS12_ or SecurityPolicy_TLS13_",
    types: [DOMAIN, DOMAIN_V2],
    judge: byType({
      [DOMAIN]: allows("security_policy", isCurrentTls),
      [DOMAIN_V2]: allows("domain_name_configuration.security_policy", isCurrentTls),
    }),
  },
] as const satisfies readonly ResourceGuardrail[];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
function isCurrentTls(policy: HclValue): boolean {
  return typeof policy === "string" && /^(TLS_1_2$|SecurityPolicy_TLS1[23]_)/.test(policy);
}

function ifMapped(judge: Judge): Judge {
  return (api: ResourceInstance, root: RootConfiguration) => {
    const mappings = thoseNaming(api, "aws_api_gateway_base_path_mapping", "api_id", root);
    return mappings.length > 0 ? judge(api, root) : HOLDS;
  };
}

/** @see https://spec.openapis.org/oas/v3.0.3#path-item-object */
const METHODS = /^(delete|get|head|options|patch|post|put|trace|x-amazon-apigateway-any-method)$/i;

/** An OpenAPI document, or one of Swagger 2. */
function judgeApi(document: HclValue): Verdict {
  if (!isMapping(document)) return undecided(`body = ${show(document)}`);
  const { paths = {}, security = null, securityDefinitions = {}, components = {} } = document;
  const schemes = isMapping(components) ? (components.securitySchemes ?? {}) : components;
  const open = [paths, schemes, securityDefinitions].find((part) => !isMapping(part));
  if (open !== undefined || !isMapping(paths) || !isMapping(schemes) || !isMapping(securityDefinitions)) {
    return undecided(`body = ${show(open ?? null)}`);
  }
  const authorizers = { ...securityDefinitions, ...schemes };
  return worst(
    Object.entries(paths).flatMap(([path, methods]) => {
      if (!isMapping(methods)) return [undecided(`body: ${path} = ${show(methods)}`)];
      return Object.entries(methods)
        .filter(([method]) => METHODS.test(method) && !isPublic(method, path))
        .map(([method, operation]) => judgeOperation(`${method} ${path}`, operation, security, authorizers));
    }),
  );
}

function isPublic(method: string, path: string): boolean {
  return /^options$/i.test(method) || (path === "/health" && /^get$/i.test(method));
}

/** Each alternative of `security` has to have an authorizer: a request needs only one of them. */
function judgeOperation(name: string, operation: HclValue, inherited: HclValue, authorizers: Mapping): Verdict {
  const got = `body: ${name}`;
  if (!isMapping(operation)) return undecided(`${got} = ${show(operation)}`);
  const alternatives = itemsOf(operation.security ?? inherited);
  const unknown = alternatives.find(isUnknown);
  if (unknown !== undefined) return undecided(`${got}: security = ${show(unknown)}`);
  if (alternatives.length === 0) return broken(`${got} without security`);
  return worst(
    alternatives.map((alternative) => {
      const schemes = isMapping(alternative) ? Object.keys(alternative) : [];
      const found = schemes.map((scheme) => authorizers[scheme] ?? null);
      if (found.some(hasAuthorizer)) return HOLDS;
      if (found.some(isUnknown)) return undecided(`${got}: security ${schemes.join(", ")}`);
      return broken(schemes.length === 0 ? `${got} without security` : `${got} with security ${schemes.join(", ")}`);
    }),
  );
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
function hasAuthorizer(scheme: HclValue): boolean {
  if (!isMapping(scheme)) return false;
  const { "x-amazon-apigateway-authorizer": authorizer = null, "x-amazon-apigateway-authtype": kind = null } = scheme;
  return isMapping(authorizer) || kind === "awsSigv4";
}
