/**
 * Public access: one name, which Route 53 answers with this region or with its standby, and one load balancer on port
 * 443.
 */
import { hcl, values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { AlbCodedeploy } from "../../modules/alb-codedeploy";
import { Route53Alias } from "../../modules/route53-alias";
import { Route53Failover } from "../../modules/route53-failover";
import { reasonWithoutWebAcl, webAcl } from "../common/web-acl";
import type { Context } from "./context";
import type { Data } from "./data";
import type { Network } from "./network";
import { API_PORT, LIVENESS_PATH, READINESS_PATH, SERVING_ANSWER, SERVING_PATH, TEST_PORT } from "./services";

export function ingress(context: Context, { vpc, groups }: Network, { accessLogs }: Data) {
  const { root, environment, name } = context;
  const { domain, certificateDomain, zoneId, region, failoverRole, standby } = environment;
  const regional = `${region}.${domain}`;
  const certificate = new AcmCertificate(root, "certificate", {
    domainName: certificateDomain,
    subjectAlternativeNames: [regional],
    zoneId,
  });
  const loadBalancer = new AlbCodedeploy(root, "load_balancer", {
    name,
    vpcId: vpc.id,
    subnetIds: values(vpc.publicSubnetIds),
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: certificate.arn,
    accessLogBucket: accessLogs.name,
    withoutWebAcl: reasonWithoutWebAcl(environment.webAcl),
    targetGroup: { port: API_PORT, protocol: "HTTP", healthCheckPath: LIVENESS_PATH },
    testPort: TEST_PORT,
  });
  webAcl(context, loadBalancer.arn);
  const target = { zoneId, targetDnsName: loadBalancer.dnsName, targetZoneId: loadBalancer.zoneId };
  const own = new Route53Alias(root, "regional_name", { ...target, name: regional });
  const failover = new Route53Failover(root, "public_name", {
    ...target,
    name: domain,
    role: failoverRole,
    healthCheck: { name: regional, path: SERVING_PATH, answer: SERVING_ANSWER },
    ...(standby && { yieldsTo: `${standby.region}.${domain}` }),
  });
  root.output("url", failover.fqdn, "Public DNS name of the API, for HTTPS.");
  root.output(
    "regional_url",
    own.fqdn,
    "Name of this region's load balancer, regardless of the region that serves clients.",
  );
  root.output(
    "readiness_url",
    hcl<string>`format("https://%s%s", ${own.fqdn}, ${READINESS_PATH})`,
    `Answers 200 if the database and the queue answer as well. Port ${TEST_PORT} reaches a new version before it gets clients.`,
  );
  return { loadBalancer, failover };
}

export type Ingress = ReturnType<typeof ingress>;
