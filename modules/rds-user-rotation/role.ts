/** The role of the function: two secrets, their key, its log, and the network interfaces that Lambda makes for it. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { type Expression, partition, policyDocument, resource, serviceTrust } from "../../lib";

interface RoleInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly masterSecretArn: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** What Lambda does for a function in a network. */
const INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
] as const;

export function functionRole(
  scope: Construct,
  input: RoleInput,
  { secretArn, logGroupArn }: { readonly secretArn: Expression<string>; readonly logGroupArn: Expression<string> },
) {
  const role = resource(scope, IamRole, "this", {
    name: input.name,
    description: "Function that rotates the login of an application",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "trust", "lambda.amazonaws.com", input.accountId),
  });
  const arnPartition = partition(scope);
  const functionArn = `arn:${arnPartition}:lambda:${input.region}:${input.accountId}:function:${input.name}`;
  const allow = { Effect: "Allow" } as const;
  // Lambda checks at the creation that the role has the actions on every resource.
  const managed = resource(scope, IamRolePolicyAttachment, "interfaces", {
    role: role.name,
    policyArn: `arn:${arnPartition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess`,
  });
  const policy = resource(scope, IamRolePolicy, "this", {
    name: "permissions",
    role: role.id,
    policy: policyDocument(scope, "permissions", [
      {
        ...allow,
        Sid: "RotateLogin",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: secretArn,
      },
      { ...allow, Sid: "ReadMaster", Action: "secretsmanager:GetSecretValue", Resource: input.masterSecretArn },
      {
        ...allow,
        Sid: "UseKeyThroughSecretsManager",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: input.kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${input.region}.amazonaws.com` } },
      },
      {
        ...allow,
        Sid: "WriteLog",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      // The managed policy is older than this requirement. The action supports no resource ARN.
      { ...allow, Sid: "FindSubnets", Action: "ec2:DescribeSubnets", Resource: "*" },
      // Lambda makes the interfaces; the program itself has no use for them.
      {
        Sid: "DenyInterfacesToTheProgram",
        Effect: "Deny",
        Action: INTERFACES,
        Resource: "*",
        Condition: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
      },
    ]),
  });
  return { arn: role.arn, policies: [policy, managed] };
}
