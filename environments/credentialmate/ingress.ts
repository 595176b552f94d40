/** Public access: one name, one certificate, one load balancer on port 443. */
import { values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { Alb } from "../../modules/alb";
import { Route53Alias } from "../../modules/route53-alias";
import { reasonWithoutWebAcl, webAcl } from "../common/web-acl";
import type { Context } from "./context";
import type { Data } from "./data";
import type { Network } from "./network";
import { SERVICES } from "./services";

/** JSON bodies above 8 KB are ordinary requests. Documents do not pass the load balancer: clients upload them to S3. */
const COUNTED_RULES = { AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"] };

export function ingress(context: Context, { vpc, groups }: Network, { accessLogs }: Data) {
  const { root, environment, name } = context;
  const { domain, zoneId } = environment;
  const certificate = new AcmCertificate(root, "certificate", { domainName: domain, zoneId });
  const { "frontend-service": frontend, "backend-service": backend } = SERVICES;
  const loadBalancer = new Alb(root, "load_balancer", {
    name,
    vpcId: vpc.id,
    subnetIds: values(vpc.publicSubnetIds),
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: certificate.arn,
    accessLogBucket: accessLogs.name,
    withoutWebAcl: reasonWithoutWebAcl(environment.webAcl),
    targetGroups: {
      "frontend-service": { port: frontend.ingress.port, protocol: "HTTP" },
      "backend-service": { port: backend.ingress.port, protocol: "HTTP" },
    },
    defaultTargetGroup: "frontend-service",
    rules: { backend: { priority: 10, pathPatterns: backend.ingress.paths, targetGroup: "backend-service" } },
  });
  webAcl(context, loadBalancer.arn, COUNTED_RULES);
  const alias = new Route53Alias(root, "alias", {
    name: domain,
    zoneId,
    targetDnsName: loadBalancer.dnsName,
    targetZoneId: loadBalancer.zoneId,
  });
  root.output("url", alias.fqdn, "Public DNS name of the application, for HTTPS.");
  return loadBalancer;
}

export type Ingress = ReturnType<typeof ingress>;
