import { z } from "zod";
import { ACCOUNT_ID, defineModule, resourceName, WEB_ACL_CONSTRAINTS, WEB_ACL_INPUTS, webAcl } from "../../lib";

export const WebAclCloudfront = defineModule({
  name: "web-acl-cloudfront",
  description:
    "A web application firewall (AWS WAF) for CloudFront distributions: managed rule groups of AWS and a rate limit for each address. Blocked and counted requests are logged without the headers that contain credentials. A request that no rule blocks is allowed. The call passes a provider configuration of `us-east-1`, the only region for web ACLs of CloudFront. A distribution names the web ACL itself.",
  inputs: {
    name: resourceName(100).describe(
      "Name of the web ACL, and last part of the name of its log group: `aws-waf-logs-<name>`.",
    ),
    accountId: ACCOUNT_ID.describe("Account whose web ACL writes the log."),
    ...WEB_ACL_INPUTS,
  },
  rules: WEB_ACL_CONSTRAINTS,
  outputs: {
    arn: z.string().describe("ARN of the web ACL, for `web_acl_id` of a distribution."),
    logGroupName: z.string().describe("Log group of the blocked and counted requests, in `us-east-1`."),
    metricName: z.string().describe("Name of the web ACL in its metrics, for alarms in `us-east-1`."),
  },
  example: {
    name: "shop-assets",
    accountId: "111122223333",
    rules: {
      "rate-limit": { priority: 10, requestsPer5Minutes: 2000 },
      common: {
        priority: 20,
        managedRuleGroup: { name: "AWSManagedRulesCommonRuleSet", countedRules: ["SizeRestrictions_BODY"] },
      },
    },
    logKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  /** @see https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html */
  build: (scope, input) => ({
    ...webAcl(scope, "CLOUDFRONT", { ...input, region: "us-east-1" }),
    metricName: input.name,
  }),
});
