/** Public access to the API: one name, one load balancer on port 443, a web ACL. Pods register themselves as targets. */
import { values } from "../../../lib";
import { AcmCertificate } from "../../../modules/acm-certificate";
import { AlbKubernetes } from "../../../modules/alb-kubernetes";
import { Route53Alias } from "../../../modules/route53-alias";
import type { SecurityGroups } from "../../../modules/security-groups";
import { reasonWithoutWebAcl, webAcl } from "../../common/web-acl";
import { API_PORT, type Context, targetGroupName } from "../context";
import type { Data } from "./data";
import type { vpc } from "./network";

export function ingress(
  context: Context,
  network: ReturnType<typeof vpc>,
  groups: InstanceType<typeof SecurityGroups>,
  { accessLogs }: Data,
) {
  const { root, environment, name } = context;
  const { domain, zoneId } = environment;
  const certificate = new AcmCertificate(root, "certificate", { domainName: domain, zoneId });
  const loadBalancer = new AlbKubernetes(root, "load_balancer", {
    name,
    vpcId: network.vpc.id,
    subnetIds: values(network.vpc.publicSubnetIds),
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: certificate.arn,
    accessLogBucket: accessLogs.name,
    withoutWebAcl: reasonWithoutWebAcl(environment.webAcl),
    targetGroupName: targetGroupName(environment),
    targetGroup: { port: API_PORT, protocol: "HTTP" },
  });
  const acl = webAcl(context, loadBalancer.arn);
  const alias = new Route53Alias(root, "public_name", {
    name: domain,
    zoneId,
    targetDnsName: loadBalancer.dnsName,
    targetZoneId: loadBalancer.zoneId,
  });
  root.output("url", alias.fqdn, "Public DNS name of the API, for HTTPS.");
  return { loadBalancer, webAcl: acl };
}

export type Ingress = ReturnType<typeof ingress>;
