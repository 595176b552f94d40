/** A log group that an AWS service delivers its log to. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import type { Value } from "../generator/expression/expression";
import { type ProviderAlias, resource } from "../generator/module/resource";
import { policyDocument } from "./policy";

export interface DeliveredLog {
  readonly accountId: Expression<string>;
  readonly logKmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
}

interface Names {
  readonly arnPartition: Expression<string>;
  readonly group: Value<string>;
  readonly policy: Value<string>;
  readonly region: Value<string>;
}

/**
 * Without a separate policy for the group, AWS extends one policy that all deliveries of the account share, until it
 * reaches its maximum size.
 * @param provider of the group's region
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
 */
export function deliveredLogs(
  scope: Construct,
  names: Names,
  { accountId, logKmsKeyArn, logRetentionDays }: DeliveredLog,
  placement: { readonly provider?: ProviderAlias } = {},
) {
  const group = resource(scope, CloudwatchLogGroup, "this", {
    ...placement,
    name: names.group,
    kmsKeyId: logKmsKeyArn,
    retentionInDays: logRetentionDays,
  });
  const policy = resource(scope, CloudwatchLogResourcePolicy, "this", {
    ...placement,
    policyName: names.policy,
    policyDocument: policyDocument(scope, "log_policy", [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group.arn}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${names.arnPartition}:logs:${names.region}:${accountId}:*` },
        },
      },
    ]),
  });
  return { group, policy };
}
