/** The role with which a premigration assessment, which a command starts, writes its results. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, policyDocument, readyAfter, resource, serviceTrust } from "../../lib";

interface Assessment {
  readonly arnPartition: Expression<string>;
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly assessmentBucket: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.AssessmentReport.Prerequisites.html */
export function assessmentRole(scope: Construct, input: Assessment, kmsKeyArn: Expression<string>) {
  const bucketArn = `arn:${input.arnPartition}:s3:::${input.assessmentBucket}`;
  const role = resource(scope, IamRole, "assessment", {
    name: `${input.name}-assessment`,
    description: "Lets DMS write the results of premigration assessments",
    assumeRolePolicy: serviceTrust(scope, "assessment_trust", "dms.amazonaws.com", input.accountId),
    permissionsBoundary: input.permissionsBoundaryArn,
  });
  const policy = resource(scope, IamRolePolicy, "assessment", {
    name: "write-results",
    role: role.name,
    policy: policyDocument(scope, "assessment_policy", [
      {
        Sid: "FindBucket",
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket"],
        Resource: bucketArn,
      },
      {
        Sid: "WriteResults",
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging"],
        Resource: `${bucketArn}/${input.name}/*`,
      },
      {
        Sid: "EncryptResults",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${input.region}.amazonaws.com` } },
      },
    ]),
  });
  return readyAfter(role.arn, policy);
}
