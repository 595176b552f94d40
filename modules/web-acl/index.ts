import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  blockForEach,
  condition,
  defineModule,
  isSet,
  LOG_RETENTION_DAYS,
  REGION,
  resource,
  resourceName,
  set,
  sizing,
  soleBlockIf,
  text,
} from "../../lib";
import { logRequests } from "./logging";

const RULE = z.object({
  priority: z.int().min(0).max(10_000),
  mode: z.enum(["block", "count"]).default("block"),
  managedRuleGroup: z
    .object({
      name: text(/^AWSManagedRules\w+$/, "a rule group of AWS such as AWSManagedRulesCommonRuleSet", "CommonRuleSet"),
      version: z.string().min(1).nullable().default(null),
      countedRules: set(z.string().min(1)).default([]),
    })
    .nullable()
    .default(null),
  /** @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html */
  requestsPer5Minutes: sizing(z.int().min(10).max(2_000_000_000).nullable().default(null)),
});

export const WebAcl = defineModule({
  name: "web-acl",
  description:
    "A web application firewall (AWS WAF) in front of a load balancer: managed rule groups of AWS and a rate limit for each address. Blocked and counted requests are logged without the headers that contain credentials. A request that no rule blocks is allowed.",
  inputs: {
    name: resourceName(100).describe(
      "Name of the web ACL, and last part of the name of its log group: `aws-waf-logs-<name>`.",
    ),
    accountId: ACCOUNT_ID.describe("Account whose web ACL writes the log."),
    region: REGION.describe("Region of the load balancer."),
    loadBalancerArn: arnOf("elasticloadbalancing").describe("Application load balancer of the web ACL."),
    rules: z
      .record(text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"), RULE)
      .describe(
        "Rules by name: each has either `managedRuleGroup` or `requestsPer5Minutes`. The rule with the lowest priority is evaluated first. With `count`, a rule records and allows the matching requests; `countedRules` does this for some rules of a group. Without a `version`, AWS moves a group to its next default version.",
      ),
    redactedHeaders: set(text(/^[a-z0-9-]+$/, "a header in lower case", "Authorization"))
      .default(["authorization", "cookie"])
      .describe("Headers whose values are redacted in the log."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
  },
  rules: [
    {
      inputs: ["rules"],
      allowed: "rules with either a managed rule group or a number of requests",
      holds: ({ rules }) =>
        Object.values(rules).every((rule) => (rule.managedRuleGroup === null) !== (rule.requestsPer5Minutes === null)),
      condition:
        "alltrue([for rule in var.rules : (rule.managed_rule_group == null) != (rule.requests_per5_minutes == null)])",
      counterexample: {
        rules: { empty: { priority: 1, mode: "block", managedRuleGroup: null, requestsPer5Minutes: null } },
      },
    },
    {
      inputs: ["rules"],
      allowed: "rules with different priorities",
      holds: ({ rules }) =>
        new Set(Object.values(rules).map(({ priority }) => priority)).size === Object.keys(rules).length,
      condition: "length(distinct([for rule in var.rules : rule.priority])) == length(var.rules)",
      counterexample: {
        rules: {
          one: { priority: 1, mode: "block", managedRuleGroup: null, requestsPer5Minutes: 100 },
          other: { priority: 1, mode: "block", managedRuleGroup: null, requestsPer5Minutes: 200 },
        },
      },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN of the web ACL."),
    logGroupName: z.string().describe("Log group of the blocked and counted requests."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/0123456789abcdef",
    rules: {
      "rate-limit": { priority: 10, requestsPer5Minutes: 2000 },
      common: {
        priority: 20,
        managedRuleGroup: { name: "AWSManagedRulesCommonRuleSet", countedRules: ["SizeRestrictions_BODY"] },
      },
    },
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build(scope, input) {
    const webAcl = resource(scope, Wafv2WebAcl, "this", {
      name: input.name,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        sampledRequestsEnabled: true,
        metricName: input.name,
      },
      rule: blockForEach(input.rules, (rule, name) => {
        const { managedRuleGroup: group, requestsPer5Minutes: limit } = rule;
        const counts = condition`${rule.mode} == "count"`;
        const blocks = condition`${rule.mode} == "block"`;
        return {
          name,
          priority: rule.priority,
          action: soleBlockIf(isSet(limit), { block: soleBlockIf(blocks, {}), count: soleBlockIf(counts, {}) }),
          overrideAction: soleBlockIf(isSet(group), { none: soleBlockIf(blocks, {}), count: soleBlockIf(counts, {}) }),
          /** CDKTF passes a statement on as it is: in Terraform's own spelling. */
          statement: {
            managed_rule_group_statement: soleBlockIf(isSet(group), ({ name: groupName, version, countedRules }) => ({
              vendor_name: "AWS",
              name: groupName,
              version,
              rule_action_override: blockForEach(countedRules, (counted) => ({
                name: counted,
                action_to_use: { count: {} },
              })),
            })),
            rate_based_statement: soleBlockIf(isSet(limit), {
              limit,
              aggregate_key_type: "IP",
              evaluation_window_sec: 300,
            }),
          },
          visibilityConfig: {
            cloudwatchMetricsEnabled: true,
            sampledRequestsEnabled: true,
            metricName: `${input.name}-${name}`,
          },
        };
      }),
    });
    const log = logRequests(scope, webAcl, input);
    resource(scope, Wafv2WebAclAssociation, "this", {
      resourceArn: input.loadBalancerArn,
      webAclArn: webAcl.arn,
    });
    return { arn: webAcl.arn, logGroupName: log.name };
  },
});
