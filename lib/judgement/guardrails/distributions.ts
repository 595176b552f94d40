/** CloudFront distributions and web ACLs: encrypted, filtered, logged, and the only readers of their buckets. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isUnknown } from "../hcl";
import { configurationsOf } from "./account";
import { accompanied, all, eachBlock, either, equals, given, type Judge, judgeAt, where, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided } from "./guardrail";
import { isAbsent, isText, itemsAt, valuesAt } from "./values";

const DISTRIBUTIONS = ["aws_cloudfront_distribution"] as const;
const WEB_ACLS = ["aws_wafv2_web_acl"] as const;
const BEHAVIORS = ["default_cache_behavior", "ordered_cache_behavior"] as const;

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html */
const TLS_POLICIES = ["TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"] as const;

export const DISTRIBUTION_ROWS = [
  {
    id: "cloudfront-https",
    title: "A distribution serves only HTTPS, or redirects to it",
    why: "Everybody on the network path can read and change plain HTTP.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["CloudFront.3"],
    },
    allowed: "viewer_protocol_policy https-only or redirect-to-https in each cache behavior",
    types: DISTRIBUTIONS,
    judge: all(
      ...BEHAVIORS.map((behaviors) => ifAny(behaviors, eachBlock(behaviors, "viewer_protocol_policy", isEncrypted))),
    ),
  },
  {
    id: "cloudfront-tls-policy",
    title: "A distribution requires TLS 1.2 or later",
    why: "Older protocols and ciphers can be broken, some of them years later from recorded traffic.",
    severity: "high",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["CloudFront.15"],
    },
    allowed: `viewer_certificate with minimum_protocol_version one of ${TLS_POLICIES.join(", ")}, and a certificate of its own`,
    types: DISTRIBUTIONS,
    judge: all(
      equals("viewer_certificate.minimum_protocol_version", ...TLS_POLICIES),
      equals("viewer_certificate.cloudfront_default_certificate", null, false),
    ),
  },
  {
    id: "cloudfront-web-acl",
    title: "A distribution has a web ACL",
    why: "Scanners and request floods reach the origin, which has to withstand them alone.",
    severity: "medium",
    controls: { soc2: ["CC6.6", "CC6.8"], gdpr: ["32(1)(b)"], fsbp: ["CloudFront.6"] },
    allowed: "web_acl_id with the ARN of a web ACL",
    types: DISTRIBUTIONS,
    judge: given("web_acl_id"),
  },
  {
    id: "cloudfront-logged",
    title: "A distribution logs each request",
    why: "Without the log, nobody can find out who requested which file, and from where.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["CloudFront.5"] },
    allowed:
      "an aws_cloudwatch_log_delivery_source with log_type ACCESS_LOGS whose resource_arn names the distribution, or logging_config with a bucket",
    types: DISTRIBUTIONS,
    judge: either(
      accompanied("aws_cloudwatch_log_delivery_source", "resource_arn", equals("log_type", "ACCESS_LOGS")),
      given("logging_config.bucket"),
    ),
  },
  {
    id: "cloudfront-origin-protected",
    title: "A distribution alone reads its bucket, and connects to other origins by TLS 1.2",
    why: "A bucket that everybody can read, or an origin without TLS, is reached without the distribution's protection.",
    severity: "high",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["CloudFront.9", "CloudFront.10", "CloudFront.13"],
    },
    allowed:
      "in each origin, origin_access_control_id, vpc_origin_config, or custom_origin_config with origin_protocol_policy https-only and origin_ssl_protocols TLSv1.2",
    types: DISTRIBUTIONS,
    judge: ({ values }) => worst(itemsAt(values, "origin").map(protectedOrigin)),
  },
  {
    id: "web-acl-rules",
    title: "A web ACL has rules",
    why: "Without a rule, it allows every request.",
    severity: "medium",
    controls: { soc2: ["CC6.6"], fsbp: ["WAF.10"] },
    allowed: "one rule or more, or rule_json",
    types: WEB_ACLS,
    judge: either(given("rule.name"), given("rule_json")),
  },
  {
    id: "web-acl-in-us-east-1",
    title: "A web ACL for CloudFront, and its rule groups and sets, are in us-east-1",
    why: "AWS refuses them in other regions, which the plan does not show: the apply stops half-way.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "a provider configuration with region us-east-1 for the scope CLOUDFRONT",
    types: [...WEB_ACLS, "aws_wafv2_ip_set", "aws_wafv2_regex_pattern_set", "aws_wafv2_rule_group"],
    judge: where("scope", (scope) => scope === "CLOUDFRONT", inUsEast1),
  },
  {
    id: "web-acl-logged",
    title: "A web ACL logs the requests that it blocks, without credentials",
    why: "Without the log, nobody sees attacks or wrongly blocked clients; with credentials, readers of the log can use them.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["WAF.11"] },
    allowed:
      "an aws_wafv2_web_acl_logging_configuration whose resource_arn names the web ACL, with the header authorization in redacted_fields",
    types: WEB_ACLS,
    judge: accompanied("aws_wafv2_web_acl_logging_configuration", "resource_arn", redactsAuthorization),
  },
] as const satisfies readonly ResourceGuardrail[];

/** A block that may be missing. */
function ifAny(blocks: string, judge: Judge): Judge {
  return (resource, root) => (resource.values[blocks] === undefined ? HOLDS : judge(resource, root));
}

function isEncrypted(policy: HclValue): boolean {
  return policy === "https-only" || policy === "redirect-to-https";
}

function protectedOrigin(origin: HclValue) {
  if (isUnknown(origin)) return undecided(`origin = ${show(origin)}`);
  const [access = null] = valuesAt(origin, "origin_access_control_id");
  const [vpcOrigin = null] = valuesAt(origin, "vpc_origin_config.vpc_origin_id");
  if (!isAbsent(access) || !isAbsent(vpcOrigin)) return HOLDS;
  const at = "custom_origin_config.origin_protocol_policy";
  const policies = valuesAt(origin, at);
  const wrong = policies.find((policy) => policy !== "https-only");
  if (wrong !== undefined) {
    const got = `origin.${at} = ${show(wrong)}`;
    return isUnknown(wrong) ? undecided(got) : broken(got);
  }
  const protocols = itemsAt(origin, "custom_origin_config.origin_ssl_protocols");
  const old = protocols.find((protocol) => protocol !== "TLSv1.2");
  if (old === undefined) return HOLDS;
  const got = `origin.custom_origin_config.origin_ssl_protocols has ${show(old)}`;
  return isUnknown(old) ? undecided(got) : broken(got);
}

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html */
function inUsEast1({ provider = "aws" }: ResourceInstance, root: RootConfiguration) {
  const { region = null } = configurationsOf(root).get(provider) ?? {};
  return judgeAt({ region }, "region", (name) => name === "us-east-1", "provider.");
}

function redactsAuthorization({ values }: ResourceInstance) {
  const names = valuesAt(values, "redacted_fields.single_header.name");
  if (names.some((name) => typeof name === "string" && name.toLowerCase() === "authorization")) return HOLDS;
  const open = names.find(isUnknown);
  const got = `redacted_fields.single_header.name = ${show(open ?? names.find(isText) ?? null)}`;
  return open === undefined ? broken(got) : undecided(got);
}
