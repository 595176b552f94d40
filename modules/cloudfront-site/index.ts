import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  closeBucket,
  DOMAIN_NAME,
  defineModule,
  denyOtherEncryption,
  encryptBucket,
  keepUploads,
  LOG_RETENTION_DAYS,
  logBucketAccess,
  readyAfter,
  resource,
  resourceName,
  sizing,
  text,
  ZONE_ID,
} from "../../lib";
import { distribution } from "./distribution";
import { logRequests } from "./logging";
import { aliasRecords } from "./records";

export const CloudfrontSite = defineModule({
  name: "cloudfront-site",
  description:
    "Static files of a website: a private bucket, encrypted with a customer managed key, and the CloudFront distribution that alone may read it, by origin access control. Replaced files stay as versions. HTTPS with TLS 1.2 or newer, security headers, a web ACL, access logs.",
  providers: ["aws", "aws.us_east_1"],
  inputs: {
    name: resourceName(50).describe("Name of the distribution's settings, and of its log group."),
    accountId: ACCOUNT_ID.describe("Account whose distribution writes the log."),
    domainName: DOMAIN_NAME.describe("Name of the website."),
    zoneId: ZONE_ID.describe("Hosted zone of the name."),
    certificateArn: text(
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[a-f0-9-]+$/,
      "the ARN of an ACM certificate in us-east-1",
      "arn:aws:acm:eu-central-1:111122223333:certificate/1",
    ).describe("Certificate of the name, issued. CloudFront accepts certificates in `us-east-1` only."),
    webAclArn: text(
      /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
      "the ARN of a web ACL for CloudFront, in us-east-1",
      "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1",
    ).describe("Web ACL in front of the distribution, from the `web-acl-cloudfront` module."),
    bucketName: BUCKET_NAME.describe("Globally unique name of the bucket."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts every file, in the bucket's region. Its policy allows CloudFront to decrypt: `services` of the `kms` module has `cloudfront`.",
    ),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the bucket's access logs, from the `s3-access-logs` module."),
    contentSecurityPolicy: z
      .string()
      .min(1)
      .default("default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'")
      .describe("Sources that browsers may load. An application adds its API to `connect-src`."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the access log, in `us-east-1`."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the access log."),
  },
  outputs: {
    bucketName: z.string().describe("Bucket for uploads, available after it is private and encrypted."),
    bucketArn: z.string().describe("ARN of the bucket, for policies."),
    distributionId: z.string().describe("Id of the distribution, for invalidations."),
    distributionArn: z.string().describe("ARN of the distribution, for policies."),
  },
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
  build(scope, input, providers) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.bucketName, lifecycle: { preventDestroy: true } });
    const access = resource(scope, CloudfrontOriginAccessControl, "this", {
      name: input.name,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const site = distribution(scope, bucket, access, input);
    keepUploads(scope, bucket);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, [
      {
        Sid: "ReadByDistribution",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: `${bucket.arn}/*`,
        Condition: { StringEquals: { "aws:SourceArn": site.arn } },
      },
      ...denyOtherEncryption(bucket, input.kmsKeyArn),
    ]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    logRequests(scope, site, input, providers["aws.us_east_1"]);
    aliasRecords(scope, site, input);
    return {
      bucketName: readyAfter(bucket.bucket, encryption, policy),
      bucketArn: bucket.arn,
      distributionId: site.id,
      distributionArn: site.arn,
    };
  },
});
