/** The name of the website, for IPv4 and IPv6. */
import type { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Resource } from "../../generator/module/attribute";
import { resource } from "../../generator/module/resource";

interface Name {
  readonly domainName: Expression<string>;
  readonly zoneId: Expression<string>;
}

/** Route 53 does not evaluate the health of a distribution. */
export function aliasRecords(scope: Construct, site: Resource<CloudfrontDistribution>, input: Name): void {
  const record = {
    zoneId: input.zoneId,
    name: input.domainName,
    alias: { name: site.domainName, zoneId: site.hostedZoneId, evaluateTargetHealth: false },
  };
  resource(scope, Route53Record, "ipv4", { ...record, type: "A" });
  resource(scope, Route53Record, "ipv6", { ...record, type: "AAAA" });
}
