import { defineModule, WEBSITE_INPUTS, WEBSITE_OUTPUTS, website } from "../../lib";

export const CloudfrontSite = defineModule({
  name: "cloudfront-site",
  description:
    "Static files of a website: a private bucket, encrypted with a customer managed key, and the CloudFront distribution that alone may read it, by origin access control. Replaced files stay as versions. HTTPS with TLS 1.2 or newer, security headers, a web ACL, access logs.",
  providers: ["aws", "aws.us_east_1"],
  inputs: WEBSITE_INPUTS,
  outputs: WEBSITE_OUTPUTS,
  example: {
    name: "shop-assets",
    accountId: "111122223333",
    domainName: "assets.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop-assets/1234abcd-12ab-34cd-56ef-1234567890ab",
    bucketName: "example-shop-assets",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build: (scope, input, providers) => website(scope, input, providers["aws.us_east_1"]).outputs,
});
