/** The trail's log group, and the role with which CloudTrail writes to it. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { AUDIT_LOGS, type Expression, hcl, policyDocument, resource } from "../../lib";

interface TrailLog {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  /** Null for a trail of the account alone. */
  readonly organizationId: Expression<string | null>;
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
    assumeRolePolicy: policyDocument(scope, "trust", hcl`[${assumedFor(input)}]`),
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

/** The management account owns the trail of an organization, wherever it is made. */
function assumedFor({ accountId, organizationId }: TrailLog) {
  const owner = {
    "aws:SourceAccount": hcl<string>`${organizationId} == null ? ${accountId} : null`,
    "aws:SourceOrgID": organizationId,
  };
  return {
    Sid: "AssumeByService",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: hcl`{ for key, value in ${owner} : key => value if value != null }` },
  };
}
