import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  defineModule,
  type Expression,
  hcl,
  type PolicyStatement,
  partition,
  policyDocument,
  resource,
  resourceName,
  set,
  text,
} from "../../lib";
import { boundaryStatements } from "./boundary";
import { developerStatements, operatorStatements } from "./data";

/**
 * Only sessions of users contain whether MFA was used. A session of a role cannot meet the condition.
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
    "Roles for people: developers can read everything except stored data and secrets; operators can also run the named operations; administrators are other users, for all other tasks. Every session requires MFA and has a permissions boundary. There are no access keys.",
  inputs: {
    name: resourceName(40).describe("Prefix of the roles' names."),
    accountId: ACCOUNT_ID.describe("Account of the roles."),
    developerUserArns: set(USER_ARN)
      .min(1)
      .describe("Users who may assume the developer role, of this account or of an identity account."),
    operatorUserArns: set(USER_ARN)
      .min(1)
      .describe("Users who may assume the operator role. They can also be developers."),
    operations: z
      .record(
        text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"),
        z.object({
          actions: set(
            text(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/, "an IAM action without wildcard, such as s3:GetObject", "s3:*"),
          ),
          resources: set(z.string().min(1)),
        }),
      )
      .default({})
      .describe(
        "Permissions of operators in addition to reading, by statement id: actions on ARNs. A boundary denies them stored data, secrets, and all messages except dead letters in queues `<name>-dead-letters`.",
      ),
    adminUserArns: set(USER_ARN).min(1).describe("Users who may assume the administrator role."),
    maxSessionHours: z.int().min(1).max(12).default(1).describe("Maximum session duration."),
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
    {
      inputs: ["adminUserArns", "operatorUserArns"],
      allowed: "administrators who are not operators as well",
      holds: ({ adminUserArns, operatorUserArns }) => adminUserArns.every((arn) => !operatorUserArns.includes(arn)),
      condition: "length(setintersection(var.admin_user_arns, var.operator_user_arns)) == 0",
      counterexample: {
        adminUserArns: ["arn:aws:iam::444455556666:user/sam"],
        operatorUserArns: ["arn:aws:iam::444455556666:user/sam"],
      },
    },
  ],
  outputs: {
    developerRoleArn: z.string().describe("Role of developers."),
    operatorRoleArn: z.string().describe("Role of operators."),
    adminRoleArn: z.string().describe("Role of administrators."),
    boundaryArn: z.string().describe("Permissions boundary of all three."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    developerUserArns: ["arn:aws:iam::444455556666:user/ana"],
    operatorUserArns: ["arn:aws:iam::444455556666:user/cy"],
    operations: {
      MakeSnapshots: {
        actions: ["rds:CreateDBSnapshot"],
        resources: [
          "arn:aws:rds:eu-central-1:111122223333:db:shop",
          "arn:aws:rds:eu-central-1:111122223333:snapshot:shop-*",
        ],
      },
    },
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
    const operator = roleForPeople(people, "operator", input.operatorUserArns, "ReadOnlyAccess");
    const inAccount = (service: string, what: string) => `arn:${arnPartition}:${service}:*:${input.accountId}:${what}`;
    const logsOfRecords = ["/aws/rds/*", "/audit/*"].map((groups) => inAccount("logs", `log-group:${groups}`));
    attach(
      people,
      "developer",
      developer.name,
      "Keeps developers from reading data",
      developerStatements(logsOfRecords),
    );
    attach(
      people,
      "operator",
      operator.name,
      "What operators do, and what keeps them from reading data",
      operatorStatements({
        logsOfRecords,
        deadLetters: inAccount("sqs", "*-dead-letters"),
        keys: inAccount("kms", "key/*"),
        operations: input.operations,
      }),
    );
    return {
      developerRoleArn: developer.arn,
      operatorRoleArn: operator.arn,
      adminRoleArn: admin.arn,
      boundaryArn: boundary.arn,
    };
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
  name: "developer" | "operator" | "admin",
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

/** A policy in addition to a policy of AWS. */
function attach(
  { scope, input }: People,
  name: "developer" | "operator",
  roleName: Expression<string>,
  description: string,
  statements: readonly PolicyStatement[] | Expression<unknown>,
) {
  const policy = resource(scope, IamPolicy, name, {
    name: `${input.name}-${name}`,
    description,
    policy: policyDocument(scope, name, statements),
  });
  resource(scope, IamRolePolicyAttachment, `${name}_denials`, { role: roleName, policyArn: policy.arn });
}
