/** The API of the website: one REST API in front of both colours. */
import { hcl } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { RestApi } from "../../modules/rest-api";
import { Route53Alias } from "../../modules/route53-alias";
import { webAcl } from "../common/web-acl";
import { type Context, hostsOf } from "./context";
import type { Identity } from "./identity";
import type { Ingress } from "./ingress";
import { OPERATIONS, TIMEOUT_SECONDS } from "./operations";

export function api(context: Context, { pool }: Identity, { origin }: Ingress) {
  const { root, environment, name, logsKeyArn } = context;
  const { zoneId, sizing } = environment;
  const hosts = hostsOf(environment);
  const certificate = new AcmCertificate(root, "api_certificate", { domainName: hosts.api, zoneId });
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
    tracing: sizing.tracing,
    withoutAlarms: "none" in sizing.alarms ? sizing.alarms.none : null,
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
  const { fqdn } = new Route53Alias(root, "api_name", {
    name: hosts.api,
    zoneId,
    targetDnsName: restApi.dnsName,
    targetZoneId: restApi.dnsZoneId,
  });
  webAcl(context, restApi.stageArn);
  root.output("api_url", hcl<string>`format("https://%s", ${fqdn})`, "The API, for the website.");
  return { restApi, certificate };
}

export type Api = ReturnType<typeof api>;
