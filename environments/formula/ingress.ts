/** Public access to the service: a load balancer for each colour, and the name that the API forwards to. */
import { type Expression, values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { Alb } from "../../modules/alb";
import { Route53Alias } from "../../modules/route53-alias";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { WebAcl } from "../../modules/web-acl";
import { baselineRules } from "../../modules/web-acl/rules";
import { WeightedAlias } from "../../modules/weighted-alias";
import { reasonWithoutWebAcl } from "../common/web-acl";
import { API_PORT, type Context, HEALTH_PATH, hostsOf } from "./context";
import type { Colour } from "./environment";
import type { Network } from "./network";
import { RETENTION } from "./retention";

export function ingress(context: Context, { vpc, groups }: Network) {
  const { root, environment, name } = context;
  const { account, zoneId, colours } = environment;
  const hosts = hostsOf(environment);
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: RETENTION.accessLogs.days[environment.name],
  });
  const certificate = new AcmCertificate(root, "certificate", {
    domainName: hosts.origin,
    subjectAlternativeNames: colours.map(hosts.colour),
    zoneId,
  });
  const balanced = colours.map((colour) => {
    const loadBalancer = new Alb(root, `${colour}_load_balancer`, {
      name: `${name}-${colour}`,
      vpcId: vpc.id,
      subnetIds: values(vpc.publicSubnetIds),
      securityGroupId: groups.ids.at("load-balancer"),
      certificateArn: certificate.arn,
      accessLogBucket: accessLogs.name,
      withoutWebAcl: reasonWithoutWebAcl(environment.webAcl),
      targetGroups: { service: { port: API_PORT, healthCheckPath: HEALTH_PATH } },
      defaultTargetGroup: "service",
    });
    protect(context, colour, loadBalancer.arn);
    new Route53Alias(root, `${colour}_name`, {
      name: hosts.colour(colour),
      zoneId,
      targetDnsName: loadBalancer.dnsName,
      targetZoneId: loadBalancer.zoneId,
    });
    return { colour, loadBalancer };
  });
  const origin = new WeightedAlias(root, "origin", {
    domain: hosts.origin,
    zoneId,
    targets: Object.fromEntries(
      balanced.map(({ colour, loadBalancer: { dnsName, zoneId: targetZoneId } }, i) => [
        colour,
        { dnsName, zoneId: targetZoneId, weight: i === 0 ? 100 : 0 },
      ]),
    ),
  });
  return { balanced, origin, certificate, accessLogs };
}

export type Ingress = ReturnType<typeof ingress>;

/**
 * A web ACL in front of a load balancer, for clients that go round the API. It has no rate limit: the requests of all clients of
 * the API have addresses of API Gateway.
 */
function protect(
  { root, environment, name, logsKeyArn }: Context,
  colour: Colour,
  loadBalancerArn: Expression<string>,
) {
  const { account, region, sizing, webAcl } = environment;
  if ("none" in webAcl) return;
  const { "rate-limit": _, ...groups } = baselineRules(webAcl);
  new WebAcl(root, `${colour}_web_acl`, {
    name: `${name}-${colour}`,
    accountId: account.id,
    region,
    resourceArn: loadBalancerArn,
    rules: groups,
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
}
