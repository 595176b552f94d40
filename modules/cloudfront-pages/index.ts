import { z } from "zod";
import { defineModule, pagesFunction, REPLICA_INPUT, WEBSITE_INPUTS, WEBSITE_OUTPUTS, website } from "../../lib";

export const CloudfrontPages = defineModule({
  name: "cloudfront-pages",
  description:
    "A single-page application whose API has a name of its own: files in a private bucket, encrypted with a customer managed key, which the CloudFront distribution alone may read. Each path without a file extension is answered with `index.html`. Replaced files stay as versions. A second bucket in another region can answer while the first one fails. HTTPS with TLS 1.2 or newer, security headers, a web ACL, access logs.",
  providers: ["aws", "aws.us_east_1"],
  inputs: { ...WEBSITE_INPUTS, replica: REPLICA_INPUT },
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
    contentSecurityPolicy: "default-src 'self'; connect-src 'self' https://api.example.com",
    logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
    replica: { bucketName: "example-shop-app-replica", region: "eu-west-1" },
  },
  build(scope, input, providers) {
    const { outputs, logGroupName } = website(scope, input, providers["aws.us_east_1"], {
      onRequest: pagesFunction(scope, input.name),
      replica: input.replica,
    });
    return { ...outputs, logGroupName };
  },
});
