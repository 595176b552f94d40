/** The log of the requests that a web ACL blocks or counts. The load balancer's access log has all requests. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import type { Construct } from "constructs";
import { blockForEach, type Expression, partition, policyDocument, type Resource, resource } from "../../lib";

interface Logging {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly logKmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
  readonly redactedHeaders: Expression<string[]>;
}

/**
 * WAF accepts only log groups with this prefix. Without a separate policy for the group, WAF extends one policy that all
 * web ACLs of the account share, until it reaches its maximum size.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function logRequests(scope: Construct, webAcl: Resource<Wafv2WebAcl>, input: Logging) {
  const group = resource(scope, CloudwatchLogGroup, "this", {
    name: `aws-waf-logs-${input.name}`,
    kmsKeyId: input.logKmsKeyArn,
    retentionInDays: input.logRetentionDays,
  });
  const policy = resource(scope, CloudwatchLogResourcePolicy, "this", {
    policyName: `${input.name}-waf-logs`,
    policyDocument: policyDocument(scope, "log_policy", [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group.arn}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": input.accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition(scope)}:logs:${input.region}:${input.accountId}:*` },
        },
      },
    ]),
  });
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
    redactedFields: blockForEach(input.redactedHeaders, (name) => ({ singleHeader: { name } })),
    dependsOn: [policy],
  });
  return group;
}
