/** The way in: one name, one certificate, one load balancer on 443. */
import { values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { Alb } from "../../modules/alb";
import { Route53Alias } from "../../modules/route53-alias";
import { WebAcl } from "../../modules/web-acl";
import { baselineRules } from "../../modules/web-acl/rules";
import type { Context } from "./context";
import type { Data } from "./data";
import type { Network } from "./network";
import { SERVICES } from "./services";

/** Bodies above 8 KB are ordinary in an API of JSON; documents go to S3 past the load balancer. */
const COUNTED_RULES = { AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"] };

export function ingress(context: Context, { vpc, groups }: Network, { accessLogs }: Data) {
  const { root, environment, name } = context;
  const { domain, zoneId, webAcl } = environment;
  const certificate = new AcmCertificate(root, "certificate", { domainName: domain, zoneId });
  const { "frontend-service": frontend, "backend-service": backend } = SERVICES;
  const loadBalancer = new Alb(root, "load_balancer", {
    name,
    vpcId: vpc.id,
    subnetIds: values(vpc.publicSubnetIds),
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: certificate.arn,
    accessLogBucket: accessLogs.name,
    withoutWebAcl: "none" in webAcl ? webAcl.none : null,
    targetGroups: {
      "frontend-service": { port: frontend.ingress.port, protocol: "HTTP" },
      "backend-service": { port: backend.ingress.port, protocol: "HTTP" },
    },
    defaultTargetGroup: "frontend-service",
    rules: { backend: { priority: 10, pathPatterns: backend.ingress.paths, targetGroup: "backend-service" } },
  });
  if (!("none" in webAcl)) {
    new WebAcl(root, "web_acl", {
      name,
      accountId: environment.account.id,
      region: environment.region,
      loadBalancerArn: loadBalancer.arn,
      rules: baselineRules({ ...webAcl, countedRules: COUNTED_RULES }),
      logKmsKeyArn: context.logsKeyArn,
      logRetentionDays: environment.sizing.logRetentionDays,
    });
  }
  const alias = new Route53Alias(root, "alias", {
    name: domain,
    zoneId,
    targetDnsName: loadBalancer.dnsName,
    targetZoneId: loadBalancer.zoneId,
  });
  root.output("url", alias.fqdn, "Name under which the application answers, with https.");
  return loadBalancer;
}

export type Ingress = ReturnType<typeof ingress>;
