import { DISTRIBUTION_ROWS } from "../../../../lib/judgement/guardrails/distributions";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const site = (values: Values) => [resourceOf("aws_cloudfront_distribution", values)];
const acl = (values: Values) => resourceOf("aws_wafv2_web_acl", values);
const EDGE = (region: HclValue) => ({ aws: [{ region: "eu-west-1" }, { alias: "edge", region }] });
const aclOfAlias = (region: HclValue) => ({
  resources: [resourceOf("aws_wafv2_web_acl", { scope: "CLOUDFRONT" }, { provider: "aws.edge" })],
  providers: EDGE(region),
});
const behavior = (policy: HclValue) => [{ viewer_protocol_policy: policy }];
const delivery = (type: string) =>
  resourceOf("aws_cloudwatch_log_delivery_source", {
    log_type: type,
    resource_arn: new Reference("module.call.aws_cloudfront_distribution.this", "arn"),
  });
const origin = (custom: Values) => site({ origin: [{ domain_name: "a.example", custom_origin_config: [custom] }] });
const log = (headers: readonly HclValue[]) =>
  resourceOf("aws_wafv2_web_acl_logging_configuration", {
    resource_arn: new Reference("module.call.aws_wafv2_web_acl.this", "arn"),
    redacted_fields: headers.map((name) => ({ single_header: [{ name }] })),
  });
const UNKNOWN = new Unknown([]);

proveRows(DISTRIBUTION_ROWS, {
  "cloudfront-https": [
    ["holds for a redirect", site({ default_cache_behavior: behavior("redirect-to-https") }), "holds"],
    [
      "is broken by one other behavior that allows HTTP",
      site({ default_cache_behavior: behavior("https-only"), ordered_cache_behavior: behavior("allow-all") }),
      'broken: ordered_cache_behavior.viewer_protocol_policy = "allow-all"',
    ],
  ],
  "cloudfront-tls-policy": [
    ["holds for TLS 1.2", site({ viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021" }] }), "holds"],
    [
      "is broken by TLS 1.1",
      site({ viewer_certificate: [{ minimum_protocol_version: "TLSv1.1_2016" }] }),
      'broken: viewer_certificate.minimum_protocol_version = "TLSv1.1_2016"',
    ],
    [
      "is broken by CloudFront's own certificate, which ignores the policy",
      site({
        viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021", cloudfront_default_certificate: true }],
      }),
      "broken: viewer_certificate.cloudfront_default_certificate = true",
    ],
  ],
  "cloudfront-web-acl": [
    ["holds with a web ACL", site({ web_acl_id: new Reference("module.edge.aws_wafv2_web_acl.this", "arn") }), "holds"],
    ["is broken without one", site({ web_acl_id: "" }), 'broken: web_acl_id = ""'],
  ],
  "cloudfront-logged": [
    ["holds with a delivery source", [...site({}), delivery("ACCESS_LOGS")], "holds"],
    ["holds with a bucket", site({ logging_config: [{ bucket: "logs.s3.amazonaws.com" }] }), "holds"],
    [
      "is broken if the source delivers another log",
      [...site({}), delivery("CONNECTION_LOGS")],
      'broken: log_type = "CONNECTION_LOGS" and logging_config.bucket = null',
    ],
  ],
  "cloudfront-origin-protected": [
    ["holds with origin access control", site({ origin: [{ origin_access_control_id: "E1" }] }), "holds"],
    ["holds for an origin in a VPC", site({ origin: [{ vpc_origin_config: [{ vpc_origin_id: "vo_1" }] }] }), "holds"],
    [
      "holds for another origin by TLS 1.2",
      origin({ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] }),
      "holds",
    ],
    [
      "is broken by a public bucket",
      site({ origin: [{ domain_name: "assets.s3.amazonaws.com" }] }),
      "broken: origin.custom_origin_config.origin_protocol_policy = null",
    ],
    [
      "is broken by one older protocol",
      origin({ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2", "TLSv1"] }),
      'broken: origin.custom_origin_config.origin_ssl_protocols has "TLSv1"',
    ],
    ["is unknown for an unknown origin", site({ origin: [UNKNOWN] }), "unknown: origin = (known after apply)"],
  ],
  "web-acl-rules": [
    ["holds with a rule", [acl({ rule: [{ name: "rate-limit" }] })], "holds"],
    ["is broken without one", [acl({ rule: [] })], "broken: rule.name = null and rule_json = null"],
  ],
  "web-acl-in-us-east-1": [
    ["holds through an alias for us-east-1", aclOfAlias("us-east-1"), "holds"],
    ["holds for a regional web ACL elsewhere", [acl({ scope: "REGIONAL" })], "holds"],
    ["is broken elsewhere", aclOfAlias("eu-west-1"), 'broken: provider.region = "eu-west-1"'],
    [
      "is broken by a set of addresses elsewhere",
      { resources: [resourceOf("aws_wafv2_ip_set", { scope: "CLOUDFRONT" })], providers: EDGE("us-east-1") },
      'broken: provider.region = "eu-west-1"',
    ],
    ["is unknown for an unknown region", aclOfAlias(UNKNOWN), "unknown: provider.region = (known after apply)"],
  ],
  "web-acl-logged": [
    ["holds with a log without credentials", [acl({}), log(["cookie", "Authorization"])], "holds"],
    [
      "is broken without a log",
      [acl({})],
      "broken: no aws_wafv2_web_acl_logging_configuration whose resource_arn names this resource",
    ],
    [
      "is broken if the log has credentials",
      [acl({}), log(["cookie"])],
      'broken: redacted_fields.single_header.name = "cookie"',
    ],
    [
      "is unknown while a header is",
      [acl({}), log([UNKNOWN])],
      "unknown: redacted_fields.single_header.name = (known after apply)",
    ],
  ],
});
