/** The trail's log group, and the role with which CloudTrail writes to it. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { AUDIT_LOGS, type Expression, policyDocument, resource, serviceTrust } from "../../lib";

interface TrailLog {
  readonly name: Expression<string>;
  /** Account that owns the trail. */
  readonly ownerId: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
export function trailLog(scope: Construct, input: TrailLog) {
  const group = resource(scope, CloudwatchLogGroup, "this", {
    name: `${AUDIT_LOGS}cloudtrail/${input.name}`,
    kmsKeyId: input.kmsKeyArn,
    retentionInDays: input.logRetentionDays,
  });
  const role = resource(scope, IamRole, "this", {
    name: `${input.name}-cloudtrail`,
    description: "Writes the trail to CloudWatch Logs",
    assumeRolePolicy: serviceTrust(scope, "trust", "cloudtrail.amazonaws.com", input.ownerId),
    permissionsBoundary: input.permissionsBoundaryArn,
  });
  const policy = resource(scope, IamRolePolicy, "this", {
    name: "write-log",
    role: role.name,
    policy: policyDocument(scope, "write_log", [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group.arn}:*`,
      },
    ]),
  });
  return { group, role, policy };
}
