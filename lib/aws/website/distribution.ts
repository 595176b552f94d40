/** The distribution, and the security headers of its responses. */
import {
  CloudfrontDistribution,
  type CloudfrontDistributionOrderedCacheBehavior,
  type CloudfrontDistributionOrigin,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import type { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Value } from "../../generator/expression/expression";
import type { Resource } from "../../generator/module/attribute";
import { resource } from "../../generator/module/resource";
import { BUCKET, type Replica, replicated } from "./replica";

export interface Site {
  readonly name: Expression<string>;
  readonly domainName: Expression<string>;
  readonly certificateArn: Expression<string>;
  readonly webAclArn: Expression<string>;
  readonly contentSecurityPolicy: Expression<string>;
}

type Behavior = Exclude<Value<CloudfrontDistributionOrderedCacheBehavior>, Expression<unknown>>;

/** What a website has beside its bucket. */
export type Additions = {
  /** Function that changes requests for files. */
  readonly onRequest?: Expression<string>;
} & (OtherOrigins | { readonly replica: Replica; readonly origins?: undefined; readonly behaviors?: undefined });

interface OtherOrigins {
  readonly replica?: undefined;
  readonly origins?: readonly Value<CloudfrontDistributionOrigin>[];
  /** In their order, before the behavior of the files. They send the same security headers. */
  readonly behaviors?: readonly Behavior[];
}

/**
 * Managed cache policy CachingOptimized: compressed responses, and no cookie, header or query string in the cache key.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

export function distribution(
  scope: Construct,
  bucket: Resource<S3Bucket>,
  access: Resource<CloudfrontOriginAccessControl>,
  input: Site,
  { onRequest, replica, origins = [], behaviors = [] }: Additions,
) {
  const responseHeadersPolicyId = securityHeaders(scope, input).id;
  const files = { domainName: bucket.bucketRegionalDomainName, originAccessControlId: access.id };
  const { targetOriginId, ...sources } =
    replica === undefined
      ? { targetOriginId: BUCKET, origin: [{ originId: BUCKET, ...files }, ...origins] }
      : replicated(files, replica);
  return resource(scope, CloudfrontDistribution, "this", {
    comment: input.name,
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: "http2and3",
    aliases: [input.domainName],
    defaultRootObject: "index.html",
    webAclId: input.webAclArn,
    ...sources,
    defaultCacheBehavior: {
      targetOriginId,
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: CACHING_OPTIMIZED,
      compress: true,
      viewerProtocolPolicy: "redirect-to-https",
      responseHeadersPolicyId,
      ...(onRequest && { functionAssociation: [{ eventType: "viewer-request", functionArn: onRequest }] }),
    },
    ...(behaviors.length > 0 && {
      orderedCacheBehavior: behaviors.map((behavior) => ({ ...behavior, responseHeadersPolicyId })),
    }),
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
