/** A web ACL of AWS WAF: its rules and its log. */
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { Construct } from "constructs";
import { z } from "zod";
import { condition, type Ref } from "../../generator/expression/expression";
import { isSet } from "../../generator/expression/presence";
import { arnOf, LOG_RETENTION_DAYS } from "../../generator/inputs/identifiers";
import { set, sizing, text } from "../../generator/inputs/schema";
import type { Rule } from "../../generator/inputs/validation";
import { blockForEach, soleBlockIf } from "../../generator/module/blocks";
import { resource } from "../../generator/module/resource";
import { logRequests, type RequestLog } from "./logging";

const RULE = z.object({
  priority: z.int().min(0).max(10_000),
  mode: sizing(z.enum(["block", "count"]).default("block")),
  managedRuleGroup: z
    .object({
      name: text(/^AWSManagedRules\w+$/, "a rule group of AWS such as AWSManagedRulesCommonRuleSet", "CommonRuleSet"),
      version: z.string().min(1).nullable().default(null),
      countedRules: sizing(set(z.string().min(1)).default([])),
    })
    .nullable()
    .default(null),
  /** @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html */
  requestsPer5Minutes: sizing(z.int().min(10).max(2_000_000_000).nullable().default(null)),
});

const RULES = z.record(text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"), RULE);

/** Inputs of every web ACL, beside its name. */
export const WEB_ACL_INPUTS = {
  rules: RULES.describe(
    "Rules by name: each has either `managedRuleGroup` or `requestsPer5Minutes`. The rule with the lowest priority is evaluated first. With `count`, a rule records and allows the matching requests; `countedRules` does this for some rules of a group. Without a `version`, AWS moves a group to its next default version.",
  ),
  redactedHeaders: set(text(/^[a-z0-9-]+$/, "a header in lower case", "Authorization"))
    .default(["authorization", "cookie"])
    .describe("Headers whose values are redacted in the log."),
  logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
  logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
} as const;

type Rules = z.output<typeof RULES>;

/** Constraints on the rules of a web ACL. */
export const WEB_ACL_CONSTRAINTS: readonly Rule<{ readonly rules: Rules }>[] = [
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
];

interface WebAclInput extends RequestLog {
  readonly rules: Ref<Rules>;
}

export function webAcl(scope: Construct, protects: "REGIONAL" | "CLOUDFRONT", input: WebAclInput) {
  const acl = resource(scope, Wafv2WebAcl, "this", {
    name: input.name,
    scope: protects,
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
  const log = logRequests(scope, acl, input);
  return { arn: acl.arn, logGroupName: log.name };
}
