/** The log of the requests that a web ACL blocks or counts. Access logs have all requests. */
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Value } from "../../generator/expression/expression";
import type { Resource } from "../../generator/module/attribute";
import { blockForEach } from "../../generator/module/blocks";
import { resource } from "../../generator/module/resource";
import { type DeliveredLog, deliveredLogs } from "../delivered-logs";
import { partition } from "../policy";

export interface RequestLog extends DeliveredLog {
  readonly name: Expression<string>;
  readonly region: Value<string>;
  readonly redactedHeaders: Expression<string[]>;
}

/**
 * WAF accepts only log groups with this prefix.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function logRequests(scope: Construct, webAcl: Resource<Wafv2WebAcl>, input: RequestLog) {
  const { name, region } = input;
  const names = { arnPartition: partition(scope), group: `aws-waf-logs-${name}`, policy: `${name}-waf-logs`, region };
  const { group, policy } = deliveredLogs(scope, names, input);
  resource(scope, Wafv2WebAclLoggingConfiguration, "this", {
    resourceArn: webAcl.arn,
    logDestinationConfigs: [group.arn],
    loggingFilter: {
      defaultBehavior: "DROP",
      filter: [
        {
          behavior: "KEEP",
          requirement: "MEETS_ANY",
          condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
        },
      ],
    },
    redactedFields: blockForEach(input.redactedHeaders, (header) => ({ singleHeader: { name: header } })),
    dependsOn: [policy],
  });
  return group;
}
