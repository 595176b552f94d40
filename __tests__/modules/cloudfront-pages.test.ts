import { CloudfrontPages } from "../../modules/cloudfront-pages";
import { evaluated } from "../support/evaluated";

const planned = evaluated((root) => {
  new CloudfrontPages(
    root,
    "pages",
    {
      name: "shop",
      accountId: "111122223333",
      domainName: "app.example.com",
      zoneId: "Z0123456789ABCDEFGHIJ",
      certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd",
      webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1",
      bucketName: "shop-app",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      accessLogBucket: "shop-access-logs",
      contentSecurityPolicy: "default-src 'self'; connect-src 'self' https://api.example.com",
      logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
      logRetentionDays: 90,
    },
    { providers: { "aws.us_east_1": root.awsAlias("us_east_1", "us-east-1") } },
  );
});

test("the bucket is the only origin, and a function answers paths of pages", () => {
  expect(planned.values("module.pages.aws_cloudfront_distribution.this")).toMatchObject({
    origin: [{ origin_id: "bucket" }],
    default_cache_behavior: { function_association: [{ event_type: "viewer-request" }] },
  });
  expect(planned.values("module.pages.aws_cloudfront_distribution.this")).not.toHaveProperty("ordered_cache_behavior");
  expect(planned.values("module.pages.aws_cloudfront_function.pages")).toMatchObject({
    name: "shop-pages",
    code: expect.stringContaining('request.uri = "/index.html"'),
  });
});

test("browsers connect to the API under its own name", () => {
  expect(planned.values("module.pages.aws_cloudfront_response_headers_policy.this")).toMatchObject({
    security_headers_config: {
      content_security_policy: {
        content_security_policy: "default-src 'self'; connect-src 'self' https://api.example.com",
      },
    },
  });
});
