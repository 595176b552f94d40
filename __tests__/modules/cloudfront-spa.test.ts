import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { z } from "zod";
import { CloudfrontSpa } from "../../modules/cloudfront-spa";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const SPA = "module.spa.aws_cloudfront_distribution.this";
const PAGES = "module.spa.aws_cloudfront_function.pages";

describePlan(
  "a single-page application with its API",
  (root) => {
    const us = root.awsAlias("us_east_1", "us-east-1");
    new CloudfrontSpa(
      root,
      "spa",
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
        apiDomainName: "api.example.com",
        contentSecurityPolicy: "default-src 'self'; connect-src 'self' https://events.example.com",
        logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        logRetentionDays: 90,
      },
      { providers: { "aws.us_east_1": us } },
    );
  },
  (plan) => {
    test("connects to the API by TLS 1.2 only, and to its bucket by signed requests", () => {
      expect(plan().values(SPA).origin).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ origin_id: "bucket", custom_origin_config: [] }),
          expect.objectContaining({
            origin_id: "api",
            domain_name: "api.example.com",
            origin_access_control_id: "",
            custom_origin_config: [
              expect.objectContaining({ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] }),
            ],
          }),
        ]),
      );
    });

    test("passes every method below /api/ on, with cookies and queries, and caches no answer", () => {
      expect(plan().values(SPA).ordered_cache_behavior).toMatchObject([
        {
          path_pattern: "/api/*",
          target_origin_id: "api",
          allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
          cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
          origin_request_policy_id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
          viewer_protocol_policy: "https-only",
          function_association: [],
        },
      ]);
    });

    test("rewrites requests for pages only, and replaces no error", () => {
      expect(plan().values(SPA)).toMatchObject({
        default_cache_behavior: [
          { function_association: [{ event_type: "viewer-request", function_arn: arnOf(PAGES) }] },
        ],
        custom_error_response: [],
      });
      expect(plan().values(PAGES)).toMatchObject({ name: "shop-pages", runtime: "cloudfront-js-2.0", publish: true });
    });

    test("sends the content security policy of the application", () => {
      expect(plan().values("module.spa.aws_cloudfront_response_headers_policy.this")).toMatchObject({
        security_headers_config: [
          {
            content_security_policy: [
              { content_security_policy: expect.stringContaining("connect-src 'self' https://") },
            ],
          },
        ],
      });
    });

    const answered = (uri: string) => answerOf(z.string().parse(plan().values(PAGES).code), uri);

    test.each(["/", "/orders", "/orders/", "/orders/17", "/people/j.doe/orders", "/v1.2/about"])(
      "the path %s is a page",
      (uri) => {
        expect(answered(uri)).toBe("/index.html");
      },
    );

    test.each(["/index.html", "/assets/index-BX3k.js", "/.well-known/security.txt", "/favicon.ico"])(
      "the path %s is a file",
      (uri) => {
        expect(answered(uri)).toBe(uri);
      },
    );

    test("a path stays as it is, or becomes that of the page", () => {
      fc.assert(
        fc.property(fc.webPath(), (path) => {
          expect(["/index.html", `/${path}`]).toContain(answered(`/${path}`));
        }),
      );
    });
  },
);

/** The path of the request that the function gives back. */
function answerOf(code: string, uri: string): string {
  return z
    .object({ uri: z.string() })
    .parse(runInNewContext(`${code}; handler(event)`, { event: { request: { uri } } })).uri;
}
