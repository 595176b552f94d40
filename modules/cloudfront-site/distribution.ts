/** The distribution, and the security headers of its responses. */
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import type { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import { type Expression, type Resource, resource } from "../../lib";

interface Site {
  readonly name: Expression<string>;
  readonly domainName: Expression<string>;
  readonly certificateArn: Expression<string>;
  readonly webAclArn: Expression<string>;
  readonly contentSecurityPolicy: Expression<string>;
}

/**
 * Managed cache policy CachingOptimized: compressed responses, and no cookie, header or query string in the cache key.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

const ORIGIN = "bucket";

export function distribution(
  scope: Construct,
  bucket: Resource<S3Bucket>,
  access: Resource<CloudfrontOriginAccessControl>,
  input: Site,
) {
  return resource(scope, CloudfrontDistribution, "this", {
    comment: input.name,
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: "http2and3",
    aliases: [input.domainName],
    defaultRootObject: "index.html",
    webAclId: input.webAclArn,
    origin: [{ originId: ORIGIN, domainName: bucket.bucketRegionalDomainName, originAccessControlId: access.id }],
    defaultCacheBehavior: {
      targetOriginId: ORIGIN,
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: CACHING_OPTIMIZED,
      compress: true,
      viewerProtocolPolicy: "redirect-to-https",
      responseHeadersPolicyId: securityHeaders(scope, input).id,
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: input.certificateArn,
      minimumProtocolVersion: "TLSv1.2_2021",
      sslSupportMethod: "sni-only",
    },
    tags: { Name: input.name },
  });
}

const ONE_YEAR_SECONDS = 31_536_000;

function securityHeaders(scope: Construct, { name, contentSecurityPolicy }: Site) {
  return resource(scope, CloudfrontResponseHeadersPolicy, "this", {
    name,
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
      strictTransportSecurity: { accessControlMaxAgeSec: ONE_YEAR_SECONDS, includeSubdomains: true, override: true },
    },
  });
}
