/** Actions that give an identity the permissions or the secrets of the resource that they are used on. */

/**
 * Each action with its resource type, named as in the Service Authorization Reference.
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/identity-management.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const REACHING: readonly (readonly [action: string, resourceType: string])[] = [
  ["cloudformation:UpdateStack", "stack"],
  ["codebuild:UpdateProject", "project"],
  ["ec2-instance-connect:SendSSHPublicKey", "instance"],
  ["ecs:ExecuteCommand", "task"],
  ["iam:AddUserToGroup", "group"],
  ["iam:AttachGroupPolicy", "group"],
  ["iam:AttachRolePolicy", "role"],
  ["iam:AttachUserPolicy", "user"],
  ["iam:CreateAccessKey", "user"],
  ["iam:CreateLoginProfile", "user"],
  ["iam:CreatePolicyVersion", "policy"],
  ["iam:DeleteRolePermissionsBoundary", "role"],
  ["iam:PutGroupPolicy", "group"],
  ["iam:PutRolePolicy", "role"],
  ["iam:PutUserPolicy", "user"],
  ["iam:SetDefaultPolicyVersion", "policy"],
  ["iam:UpdateAssumeRolePolicy", "role"],
  ["iam:UpdateLoginProfile", "user"],
  ["kms:CreateGrant", "key"],
  ["kms:Decrypt", "key"],
  ["kms:PutKeyPolicy", "key"],
  ["lambda:UpdateFunctionCode", "function"],
  ["lambda:UpdateFunctionConfiguration", "function"],
  ["secretsmanager:GetSecretValue", "Secret"],
  ["ssm:GetParameter", "parameter"],
  ["ssm:GetParameters", "parameter"],
  ["ssm:GetParametersByPath", "parameter"],
  ["ssm:SendCommand", "instance"],
  ["ssm:StartSession", "instance"],
  ["sts:AssumeRole", "role"],
];
