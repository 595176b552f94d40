import { CloudfrontPages } from "../../modules/cloudfront-pages";
import { evaluated } from "../support/evaluated";

const planned = evaluated((root) => {
  const options = { providers: { "aws.us_east_1": root.awsAlias("us_east_1", "us-east-1") } };
  const input = {
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
  } as const;
  new CloudfrontPages(root, "pages", input, options);
  const replica = { bucketName: "shop-app-replica", region: "eu-west-1" };
  new CloudfrontPages(root, "replicated", { ...input, name: "replicated", replica }, options);
});

test("the bucket is the only origin, and a function answers paths of pages", () => {
  expect(planned.values("module.pages.aws_cloudfront_distribution.this")).toMatchObject({
    origin: [{ origin_id: "bucket" }],
    origin_group: [],
    default_cache_behavior: { target_origin_id: "bucket", function_association: [{ event_type: "viewer-request" }] },
  });
  expect(planned.values("module.pages.aws_cloudfront_distribution.this")).not.toHaveProperty("ordered_cache_behavior");
  expect(planned.values("module.pages.aws_cloudfront_function.pages")).toMatchObject({
    name: "shop-pages",
    code: expect.stringContaining('request.uri = "/index.html"'),
  });
});

test("a replica answers what the bucket fails to answer, after six seconds at most, and not what the bucket lacks", () => {
  const { origin, ...distribution } = planned.values("module.replicated.aws_cloudfront_distribution.this");
  const connection = { connection_attempts: 2, connection_timeout: 3 };
  expect(origin).toEqual([
    expect.objectContaining({ ...connection, origin_id: "bucket" }),
    expect.objectContaining({
      ...connection,
      origin_id: "replica",
      domain_name: "shop-app-replica.s3.eu-west-1.amazonaws.com",
      origin_access_control_id: expect.anything(),
    }),
  ]);
  expect(distribution).toMatchObject({
    default_cache_behavior: { target_origin_id: "bucket-or-replica", allowed_methods: ["GET", "HEAD"] },
    origin_group: [
      {
        origin_id: "bucket-or-replica",
        failover_criteria: { status_codes: [500, 502, 503, 504] },
        member: [{ origin_id: "bucket" }, { origin_id: "replica" }],
      },
    ],
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
