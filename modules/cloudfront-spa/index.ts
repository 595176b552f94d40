import { z } from "zod";
import { DOMAIN_NAME, defineModule, pagesFunction, WEBSITE_INPUTS, WEBSITE_OUTPUTS, website } from "../../lib";

export const CloudfrontSpa = defineModule({
  name: "cloudfront-spa",
  description:
    "A single-page application and its API under one name, so that browsers need no CORS: files in a private bucket, encrypted with a customer managed key, which the CloudFront distribution alone may read, and the API for paths below `/api/`. Each other path without a file extension is answered with `index.html`. The distribution never replaces an error of the API or of the web ACL. Replaced files stay as versions. HTTPS with TLS 1.2 or newer, also to the API, security headers, a web ACL, access logs.",
  providers: ["aws", "aws.us_east_1"],
  inputs: {
    ...WEBSITE_INPUTS,
    apiDomainName: DOMAIN_NAME.describe(
      "Host name of the API, which its certificate has. Requests below `/api/` keep their path, and are not cached.",
    ),
  },
  outputs: {
    ...WEBSITE_OUTPUTS,
    logGroupName: z.string().describe("Log group of the requests, in `us-east-1`."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    domainName: "app.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1234abcd-12ab-34cd-56ef-1234567890ab",
    bucketName: "example-shop-app",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    apiDomainName: "abcdefghij.eu-central-1.awsapprunner.com",
    logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build(scope, input, providers) {
    const { outputs, logGroupName } = website(scope, input, providers["aws.us_east_1"], {
      origins: [
        {
          originId: API,
          domainName: input.apiDomainName,
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      behaviors: [
        {
          pathPattern: "/api/*",
          targetOriginId: API,
          allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: CACHING_DISABLED,
          originRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
          compress: true,
          viewerProtocolPolicy: "https-only",
        },
      ],
      onRequest: pagesFunction(scope, input.name),
    });
    return { ...outputs, logGroupName };
  },
});

const API = "api";

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * The API's host chooses its service and certificate by the header `Host`, which is therefore its own.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
const ALL_VIEWER_EXCEPT_HOST_HEADER = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
