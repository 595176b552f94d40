import { z } from "zod";
import { CloudfrontSite } from "../../modules/cloudfront-site";
import { Kms } from "../../modules/kms";
import { baselineRules } from "../../modules/web-acl/rules";
import { WebAclCloudfront } from "../../modules/web-acl-cloudfront";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const EDGE_KEY = "arn:aws:kms:us-east-1:111122223333:key/1";
const SITE = "module.site.aws_cloudfront_distribution.this";
const BUCKET = arnOf("module.site.aws_s3_bucket.this");

describePlan(
  "a website",
  (root) => {
    const us = root.awsAlias("us_east_1", "us-east-1");
    const accountId = "111122223333";
    const key = new Kms(root, "key", {
      name: "assets",
      description: "Assets.",
      accountId,
      region: "eu-central-1",
      services: ["cloudfront"],
    });
    new WebAclCloudfront(
      root,
      "firewall",
      {
        name: "shop-assets",
        accountId,
        rules: baselineRules({ requestsPer5Minutes: 2000 }),
        logKmsKeyArn: EDGE_KEY,
        logRetentionDays: 90,
      },
      { providers: { aws: us } },
    );
    new CloudfrontSite(
      root,
      "site",
      {
        name: "shop-assets",
        accountId,
        domainName: "assets.example.com",
        zoneId: "Z0123456789ABCDEFGHIJ",
        certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd",
        webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop-assets/1",
        bucketName: "shop-assets",
        kmsKeyArn: key.arn,
        accessLogBucket: "shop-access-logs",
        logKmsKeyArn: EDGE_KEY,
        logRetentionDays: 90,
      },
      { providers: { "aws.us_east_1": us } },
    );
  },
  (plan) => {
    test("serves HTTPS with TLS 1.2 behind its web ACL, and redirects HTTP", () => {
      expect(plan().values(SITE)).toMatchObject({
        aliases: ["assets.example.com"],
        default_root_object: "index.html",
        web_acl_id: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop-assets/1",
        default_cache_behavior: [{ viewer_protocol_policy: "redirect-to-https", allowed_methods: ["GET", "HEAD"] }],
        viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021", ssl_support_method: "sni-only" }],
      });
    });

    test("is the only reader of its bucket, by signed requests", () => {
      expect(plan().values("module.site.aws_cloudfront_origin_access_control.this")).toMatchObject({
        origin_access_control_origin_type: "s3",
        signing_behavior: "always",
        signing_protocol: "sigv4",
      });
      const { ReadByDistribution, DenyPlainHttp, DenyOldTls, DenyOtherKeys, DenyOtherEncryption, ...more } =
        plan().statements("module.site.aws_s3_bucket_policy.this");
      expect(more).toEqual({});
      expect(ReadByDistribution).toEqual({
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: `${BUCKET}/*`,
        Condition: { StringEquals: { "aws:SourceArn": arnOf(SITE) } },
      });
      expect([DenyPlainHttp, DenyOldTls, DenyOtherKeys, DenyOtherEncryption].map((deny) => deny?.Effect)).toEqual(
        Array(4).fill("Deny"),
      );
      expect(plan().values("module.site.aws_s3_bucket_public_access_block.this")).toMatchObject({
        block_public_policy: true,
        restrict_public_buckets: true,
      });
    });

    test("reads files that its key encrypts: the key's policy allows the account's distributions", () => {
      expect(plan().statements("module.key.aws_kms_key.this").CloudFront).toEqual({
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*" } },
      });
    });

    test("keeps replaced files", () => {
      expect(plan().values("module.site.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        { expiration: [], noncurrent_version_expiration: [] },
      ]);
    });

    test("sends security headers", () => {
      const policy = plan().values("module.site.aws_cloudfront_response_headers_policy.this");
      expect(policy.security_headers_config).toMatchObject([
        {
          content_security_policy: [{ content_security_policy: expect.stringContaining("default-src 'self'") }],
          content_type_options: [{ override: true }],
          frame_options: [{ frame_option: "DENY" }],
          strict_transport_security: [{ access_control_max_age_sec: 31_536_000 }],
        },
      ]);
    });

    test("logs each request in us-east-1, encrypted, with the given retention", () => {
      const group = "module.site.aws_cloudwatch_log_group.this";
      expect(plan().values(group)).toMatchObject({
        name: "/aws/vendedlogs/cloudfront/shop-assets",
        kms_key_id: EDGE_KEY,
        retention_in_days: 90,
      });
      expect(plan().values("module.site.aws_cloudwatch_log_delivery_source.this")).toMatchObject({
        log_type: "ACCESS_LOGS",
        resource_arn: arnOf(SITE),
      });
      expect(
        plan().statements("module.site.aws_cloudwatch_log_resource_policy.this", "policy_document").WriteLog,
      ).toMatchObject({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111122223333:*" } } });
    });

    test("has its name for IPv4 and IPv6, without an evaluation of health that Route 53 does not have", () => {
      for (const [name, type] of Object.entries({ ipv4: "A", ipv6: "AAAA" })) {
        expect(plan().values(`module.site.aws_route53_record.${name}`)).toMatchObject({
          type,
          alias: [{ evaluate_target_health: false }],
        });
      }
    });

    test("a web ACL for CloudFront has the scope CLOUDFRONT, logs in us-east-1, and is associated with nothing", () => {
      expect(plan().values("module.firewall.aws_wafv2_web_acl.this")).toMatchObject({ scope: "CLOUDFRONT" });
      expect(
        plan().statements("module.firewall.aws_cloudwatch_log_resource_policy.this", "policy_document").WriteLog,
      ).toMatchObject({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111122223333:*" } } });
      expect(plan().all("aws_wafv2_web_acl_association")).toEqual([]);
    });
  },
);

test("everything that CloudFront accepts only in us-east-1 is created there", () => {
  const { resource } = MAIN.parse(emitted(CloudfrontSite, "main.tf.json"));
  const inUs = Object.entries(resource).filter(([, all]) =>
    Object.values(all).some(({ provider }) => provider === "aws.us_east_1"),
  );
  expect(inUs.map(([type]) => type).sort()).toEqual([
    "aws_cloudwatch_log_delivery",
    "aws_cloudwatch_log_delivery_destination",
    "aws_cloudwatch_log_delivery_source",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_log_resource_policy",
  ]);
});

const MAIN = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.looseObject({ provider: z.string().optional() }))),
});
