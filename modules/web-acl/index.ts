import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { z } from "zod";
import {
  ACCOUNT_ID,
  defineModule,
  REGION,
  resource,
  resourceName,
  text,
  WEB_ACL_CONSTRAINTS,
  WEB_ACL_INPUTS,
  webAcl,
} from "../../lib";

export const WebAcl = defineModule({
  name: "web-acl",
  description:
    "A web application firewall (AWS WAF) in front of a load balancer, a stage of a REST API or a service of App Runner: managed rule groups of AWS and a rate limit for each address. Blocked and counted requests are logged without the headers that contain credentials. A request that no rule blocks is allowed.",
  inputs: {
    name: resourceName(100).describe(
      "Name of the web ACL, and last part of the name of its log group: `aws-waf-logs-<name>`.",
    ),
    accountId: ACCOUNT_ID.describe("Account whose web ACL writes the log."),
    region: REGION.describe("Region of the web ACL."),
    resourceArn: text(
      /^arn:aws[a-z-]*:(?:apigateway|apprunner|elasticloadbalancing):/,
      "an ARN of elasticloadbalancing, apigateway or apprunner",
      "not-an-arn",
    ).describe("Application load balancer, stage of a REST API, or service of App Runner, that the web ACL protects."),
    ...WEB_ACL_INPUTS,
  },
  rules: WEB_ACL_CONSTRAINTS,
  outputs: {
    arn: z.string().describe("ARN of the web ACL."),
    logGroupName: z.string().describe("Log group of the blocked and counted requests."),
    metricName: z.string().describe("Name of the web ACL in its metrics, for alarms."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    resourceArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/0123456789abcdef",
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
    const acl = webAcl(scope, "REGIONAL", input);
    resource(scope, Wafv2WebAclAssociation, "this", { resourceArn: input.resourceArn, webAclArn: acl.arn });
    return { ...acl, metricName: input.name };
  },
});
