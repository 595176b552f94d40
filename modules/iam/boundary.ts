import type { PolicyStatement } from "../../lib";

/**
 * People cannot grant more to a role without this boundary, nor allow themselves to assume one: roles for services come
 * from the pipeline, which does not have this boundary. A boundary grants nothing; it limits the permissions that other
 * policies grant.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryStatements(boundaryArn: string): PolicyStatement[] {
  return [
    { Sid: "AllowWithinOtherPolicies", Effect: "Allow", Action: "*", Resource: "*" },
    {
      Sid: "DenyUsersAndKeys",
      Effect: "Deny",
      Action: [
        "iam:AttachUserPolicy",
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreateServiceSpecificCredential",
        "iam:CreateUser",
        "iam:PutUserPolicy",
        "iam:UpdateAccessKey",
      ],
      Resource: "*",
    },
    {
      Sid: "DenyChangingTheBoundary",
      Effect: "Deny",
      Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
      Resource: boundaryArn,
    },
    {
      Sid: "DenyLeavingTheBoundary",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
      Resource: "*",
    },
    {
      Sid: "DenyRolesOutsideTheBoundary",
      Effect: "Deny",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      Sid: "DenyChangingTrust",
      Effect: "Deny",
      Action: ["iam:*OpenIDConnectProvider*", "iam:*SAMLProvider*", "iam:UpdateAssumeRolePolicy"],
      Resource: "*",
    },
    {
      Sid: "DenySwitchingOffRecords",
      Effect: "Deny",
      Action: [
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
        "config:DeleteConfigurationRecorder",
        "config:DeleteDeliveryChannel",
        "config:PutConfigurationRecorder",
        "config:StopConfigurationRecorder",
        "ec2:DeleteFlowLogs",
        "guardduty:CreateFilter",
        "guardduty:DeleteDetector",
        "guardduty:UpdateDetector",
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:DeleteRetentionPolicy",
        "s3:BypassGovernanceRetention",
      ],
      Resource: "*",
    },
    {
      Sid: "DenyLosingKeys",
      Effect: "Deny",
      Action: ["kms:DisableKey", "kms:DisableKeyRotation", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Resource: "*",
    },
  ];
}
