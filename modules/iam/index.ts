import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  AUDIT_LOGS,
  defineModule,
  type Expression,
  hcl,
  partition,
  policyDocument,
  resource,
  resourceName,
  set,
  text,
} from "../../lib";
import { boundaryStatements } from "./boundary";

/**
 * Sessions of users tell whether MFA was used. Sessions of roles never do, so a role could not pass the condition.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
const USER_ARN = text(
  /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]+$/,
  "an ARN of an IAM user, who can prove MFA",
  "arn:aws:iam::444455556666:role/people",
);

export const Iam = defineModule({
  name: "iam",
  description:
    "Roles for people: developers, who see everything but stored data and secrets, and administrators, apart from each other. Both need MFA for every session and stay within a permissions boundary; nobody gets access keys.",
  inputs: {
    name: resourceName(40).describe("Prefix of the roles' names."),
    accountId: ACCOUNT_ID.describe("Account of the roles."),
    developerUserArns: set(USER_ARN)
      .min(1)
      .describe("Users who may become developer, of this account or of one for identities."),
    adminUserArns: set(USER_ARN).min(1).describe("Users who may become administrator."),
    maxSessionHours: z.int().min(1).max(12).default(1).describe("Longest session."),
  },
  rules: [
    {
      inputs: ["adminUserArns", "developerUserArns"],
      allowed: "administrators who are not developers as well",
      holds: ({ adminUserArns, developerUserArns }) => adminUserArns.every((arn) => !developerUserArns.includes(arn)),
      condition: "length(setintersection(var.admin_user_arns, var.developer_user_arns)) == 0",
      counterexample: {
        adminUserArns: ["arn:aws:iam::444455556666:user/sam"],
        developerUserArns: ["arn:aws:iam::444455556666:user/sam"],
      },
    },
  ],
  outputs: {
    developerRoleArn: z.string().describe("Role of developers."),
    adminRoleArn: z.string().describe("Role of administrators."),
    boundaryArn: z.string().describe("Permissions boundary of both."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    developerUserArns: ["arn:aws:iam::444455556666:user/ana"],
    adminUserArns: ["arn:aws:iam::444455556666:user/bo"],
  },
  build(scope, input) {
    const arnPartition = partition(scope);
    const boundaryName = `${input.name}-people-boundary`;
    const boundary = resource(scope, IamPolicy, "boundary", {
      name: boundaryName,
      description: "What no person may do, whatever else is allowed",
      policy: policyDocument(
        scope,
        "boundary",
        boundaryStatements(`arn:${arnPartition}:iam::${input.accountId}:policy/${boundaryName}`),
      ),
    });
    const people = { scope, input, boundaryArn: boundary.arn, arnPartition };
    const developer = roleForPeople(people, "developer", input.developerUserArns, "ReadOnlyAccess");
    const admin = roleForPeople(people, "admin", input.adminUserArns, "AdministratorAccess");
    keepFromData(people, developer.name);
    return { developerRoleArn: developer.arn, adminRoleArn: admin.arn, boundaryArn: boundary.arn };
  },
});

interface People {
  readonly scope: Construct;
  readonly input: {
    readonly name: Expression<string>;
    readonly accountId: Expression<string>;
    readonly maxSessionHours: Expression<number>;
  };
  readonly boundaryArn: Expression<string>;
  readonly arnPartition: Expression<string>;
}

function roleForPeople(
  { scope, input, boundaryArn, arnPartition }: People,
  name: "developer" | "admin",
  principalArns: Expression<string[]>,
  managedPolicy: string,
) {
  const role = resource(scope, IamRole, name, {
    name: `${input.name}-${name}`,
    description: `People who work as ${name}`,
    maxSessionDuration: hcl<number>`${input.maxSessionHours} * 3600`,
    permissionsBoundary: boundaryArn,
    assumeRolePolicy: policyDocument(scope, `${name}_trust`, [
      {
        Sid: "AssumeWithMfa",
        Effect: "Allow",
        Principal: { AWS: hcl<string>`sort(${principalArns})` },
        Action: "sts:AssumeRole",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
        },
      },
    ]),
  });
  resource(scope, IamRolePolicyAttachment, name, {
    role: role.name,
    policyArn: `arn:${arnPartition}:iam::aws:policy/${managedPolicy}`,
  });
  return role;
}

/**
 * AWS's read-only policy reads data too; health records, secrets and what is encrypted are not a developer's. Nor are the logs of
 * databases, which quote statements, and audit logs, which tell who saw which record.
 */
function keepFromData({ scope, input, arnPartition }: People, roleName: Expression<string>) {
  const policy = resource(scope, IamPolicy, "developer", {
    name: `${input.name}-developer`,
    description: "Keeps developers from reading data",
    policy: policyDocument(scope, "developer", [
      {
        Sid: "DenyReadingData",
        Effect: "Deny",
        Action: [
          "secretsmanager:GetSecretValue",
          "ssm:GetParameter*",
          "sqs:ReceiveMessage",
          "rds:DownloadCompleteDBLogFile",
          "rds:DownloadDBLogFilePortion",
          "s3:GetObject",
          "s3:GetObjectVersion",
          "ebs:GetSnapshotBlock",
          "kms:Decrypt",
          "rds-db:connect",
        ],
        Resource: "*",
      },
      {
        Sid: "DenyLogsOfRecords",
        Effect: "Deny",
        Action: [
          "logs:FilterLogEvents",
          "logs:GetLogEvents",
          "logs:GetLogRecord",
          "logs:StartLiveTail",
          "logs:StartQuery",
        ],
        Resource: ["/aws/rds/", AUDIT_LOGS].map(
          (prefix) => `arn:${arnPartition}:logs:*:${input.accountId}:log-group:${prefix}*`,
        ),
      },
    ]),
  });
  resource(scope, IamRolePolicyAttachment, "developer_denials", { role: roleName, policyArn: policy.arn });
}
