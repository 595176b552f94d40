/** The API of the website: one REST API in front of both colours. */
import { hcl } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { RestApi } from "../../modules/rest-api";
import { Route53Alias } from "../../modules/route53-alias";
import { Route53Failover } from "../../modules/route53-failover";
import { webAcl } from "../common/web-acl";
import { type Context, hostsOf } from "./context";
import type { FormulaEnvironment } from "./environment";
import { type Elsewhere, failoverDeclaration } from "./failover";
import type { Identity } from "./identity";
import type { Ingress } from "./ingress";
import { EXECUTE, EXECUTION_MILLISECONDS, OPERATIONS, TIMEOUT_SECONDS } from "./operations";

/** @param standby that answers to the same name once people declare it; null without */
export function api(context: Context, standby: Elsewhere | null, { pool }: Identity, { origin }: Ingress) {
  const { root, environment, name, logsKeyArn } = context;
  const { zoneId, sizing } = environment;
  const hosts = hostsOf(environment);
  const certificate = new AcmCertificate(root, "api_certificate", {
    domainName: hosts.api,
    zoneId,
    ownsRecords: environment.standbyFor === null,
  });
  const restApi = new RestApi(root, "api", {
    name,
    domainName: hosts.api,
    certificateArn: certificate.arn,
    originDomainName: origin.fqdn,
    paths: OPERATIONS,
    userPoolArns: [pool.arn],
    scopes: ["openid"],
    allowedOrigin: `https://${hosts.website}`,
    timeoutMilliseconds: TIMEOUT_SECONDS * 1000,
    peakRequestsPerMinute: sizing.peakRequestsPerMinute,
    methodThrottling: { [EXECUTE]: executionsThrottling(sizing.formula) },
    tracing: sizing.tracing,
    withoutAlarms: "none" in sizing.alarms ? sizing.alarms.none : null,
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
  const target = { name: hosts.api, zoneId, targetDnsName: restApi.dnsName, targetZoneId: restApi.dnsZoneId };
  const { fqdn } = apiName(context, standby, target);
  webAcl(context, restApi.stageArn);
  root.output("api_url", hcl<string>`format("https://%s", ${fqdn})`, "The API, for the website.");
  return { restApi, certificate };
}

/** Admits as many executions as the function has at the same time, one after the other. */
function executionsThrottling({ reservedConcurrency }: FormulaEnvironment["sizing"]["formula"]) {
  return { requestsPerSecond: (reservedConcurrency * 1000) / EXECUTION_MILLISECONDS, burst: reservedConcurrency };
}

export type Api = ReturnType<typeof api>;

/** Route 53 answers with production until people declare that its standby serves: `failover` has the switch. */
function apiName(context: Context, standby: Elsewhere | null, target: ConstructorParameters<typeof Route53Alias>[2]) {
  const { root, environment } = context;
  if (standby !== null) {
    const { healthCheckId } = failoverDeclaration(context, standby);
    return new Route53Failover(root, "api_name", { ...target, role: "primary", declaredCheckId: healthCheckId });
  }
  if (environment.standbyFor !== null) return new Route53Failover(root, "api_name", { ...target, role: "secondary" });
  return new Route53Alias(root, "api_name", target);
}
