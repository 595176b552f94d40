/** Inputs and outputs of modules that make a website. */
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  DOMAIN_NAME,
  LOG_RETENTION_DAYS,
  resourceName,
  ZONE_ID,
} from "../../generator/inputs/identifiers";
import { sizing, text } from "../../generator/inputs/schema";

export const WEBSITE_INPUTS = {
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
};

export const WEBSITE_OUTPUTS = {
  bucketName: z.string().describe("Bucket for uploads, available after it is private and encrypted."),
  bucketArn: z.string().describe("ARN of the bucket, for policies."),
  distributionId: z.string().describe("Id of the distribution, for invalidations."),
  distributionArn: z.string().describe("ARN of the distribution, for policies."),
};
