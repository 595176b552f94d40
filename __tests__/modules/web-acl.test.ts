import { z } from "zod";
import { WebAcl } from "../../modules/web-acl";
import { baselineRules } from "../../modules/web-acl/rules";
import { emitted, failure } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  accountId: "111122223333",
  region: "eu-central-1",
  resourceArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/1",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  logRetentionDays: 90,
} as const;
const COMMON = "AWSManagedRulesCommonRuleSet";
const STAGE = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/live";
const WEB_ACL = "module.shop.aws_wafv2_web_acl.this";

describePlan(
  "a web ACL",
  (root) => {
    new WebAcl(root, "shop", {
      ...base,
      name: "shop",
      rules: baselineRules({ requestsPer5Minutes: 2000, countedRules: { [COMMON]: ["SizeRestrictions_BODY"] } }),
    });
    new WebAcl(root, "trial", {
      ...base,
      name: "trial",
      resourceArn: STAGE,
      redactedHeaders: ["x-api-key"],
      rules: {
        slow: { priority: 5, mode: "count", requestsPer5Minutes: 100 },
        common: { priority: 7, mode: "count", managedRuleGroup: { name: COMMON, version: "Version_1.17" } },
      },
    });
  },
  (plan) => {
    const rules = (address: string) => {
      const all = z.array(z.looseObject({ name: z.string() })).parse(plan().values(address).rule);
      return Object.fromEntries(all.map(({ name, ...rest }) => [name, rest]));
    };

    test("evaluates the rate limit first, then AWS's groups in their order, and allows all other requests", () => {
      expect(plan().values(WEB_ACL)).toMatchObject({ scope: "REGIONAL", default_action: [{ allow: [{}] }] });
      const order = Object.entries(rules(WEB_ACL)).map(([name, { priority }]) => [priority, name]);
      expect(order.sort()).toEqual([
        [10, "rate-limit"],
        [20, "reputation"],
        [30, "known-bad-inputs"],
        [40, "common"],
        [50, "sql-injection"],
      ]);
    });

    test("blocks by its rate limit for each address", () => {
      expect(rules(WEB_ACL)["rate-limit"]).toMatchObject({
        action: [{ block: [{}], count: [] }],
        override_action: [],
        statement: [{ rate_based_statement: [{ limit: 2000, aggregate_key_type: "IP", evaluation_window_sec: 300 }] }],
      });
    });

    test("uses the actions of AWS's groups, except for the rules that count", () => {
      expect(rules(WEB_ACL).common).toMatchObject({
        action: [],
        override_action: [{ none: [{}], count: [] }],
        statement: [
          {
            managed_rule_group_statement: [
              {
                vendor_name: "AWS",
                name: COMMON,
                version: "",
                rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: [{ count: [{}] }] }],
              },
            ],
          },
        ],
      });
    });

    test("counts instead of blocking, and pins a version, if requested", () => {
      const { slow, common } = rules("module.trial.aws_wafv2_web_acl.this");
      expect(slow).toMatchObject({ action: [{ block: [], count: [{}] }] });
      expect(common).toMatchObject({
        override_action: [{ none: [], count: [{}] }],
        statement: [{ managed_rule_group_statement: [{ version: "Version_1.17", rule_action_override: [] }] }],
      });
    });

    test("is associated with the load balancer, or with the stage of a REST API", () => {
      expect(plan().values("module.shop.aws_wafv2_web_acl_association.this")).toMatchObject({
        resource_arn: base.resourceArn,
        web_acl_arn: arnOf(WEB_ACL),
      });
      expect(plan().values("module.trial.aws_wafv2_web_acl_association.this")).toMatchObject({ resource_arn: STAGE });
    });

    test("logs blocked and counted requests, encrypted, without credentials, with the given retention", () => {
      const group = "module.shop.aws_cloudwatch_log_group.this";
      expect(plan().values(group)).toMatchObject({
        name: "aws-waf-logs-shop",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 90,
      });
      const logging = plan().values("module.shop.aws_wafv2_web_acl_logging_configuration.this");
      expect(logging).toMatchObject({
        resource_arn: arnOf(WEB_ACL),
        log_destination_configs: [arnOf(group)],
        logging_filter: [
          {
            default_behavior: "DROP",
            filter: [{ behavior: "KEEP", requirement: "MEETS_ANY", condition: { length: 3 } }],
          },
        ],
      });
      const redacted = (address: string) => JSON.stringify(plan().values(address).redacted_fields);
      for (const field of ['"authorization"', '"cookie"']) {
        expect(redacted("module.shop.aws_wafv2_web_acl_logging_configuration.this")).toContain(field);
      }
      expect(redacted("module.trial.aws_wafv2_web_acl_logging_configuration.this")).not.toContain("cookie");
    });

    test("allows CloudWatch Logs to write only for this account's web ACLs and only to its own group", () => {
      const group = arnOf("module.shop.aws_cloudwatch_log_group.this");
      expect(plan().statements("module.shop.aws_cloudwatch_log_resource_policy.this", "policy_document")).toEqual({
        WriteLog: {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${group}:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": base.accountId },
            ArnLike: { "aws:SourceArn": `arn:aws:logs:${base.region}:${base.accountId}:*` },
          },
        },
      });
    });
  },
);

test("logging starts after the log group allows writes", () => {
  expect(emitted(WebAcl, "main.tf.json")).toMatchObject({
    resource: {
      aws_wafv2_web_acl_logging_configuration: {
        this: { depends_on: ["aws_cloudwatch_log_resource_policy.this"] },
      },
    },
  });
});

describe("the rules that an application starts with", () => {
  test("have different priorities with gaps between them", () => {
    const priorities = Object.values(baselineRules({ requestsPer5Minutes: 100 })).map(({ priority }) => priority);
    expect(priorities).toEqual([10, 20, 30, 40, 50]);
  });

  test("count only rules of their groups", () => {
    const countedRules = { AWSManagedRulesBotControlRuleSet: ["CategoryAI"] };
    expect(failure(() => baselineRules({ requestsPer5Minutes: 100, countedRules })).message).toMatch(
      /\n {2}countedRules: got AWSManagedRulesBotControlRuleSet; allowed: rules of AWSManagedRulesAmazonIpReputationList, /,
    );
  });
});
