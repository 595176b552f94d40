import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  hcl,
  partition,
  policyDocument,
  resource,
  resourceForEach,
  resourceName,
  set,
  text,
} from "../../lib";
import { accessStatements, DENIED_TO_OTHERS } from "./statements";

const USER_ARN = text(
  /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]+$/,
  "an ARN of an IAM user, who can prove MFA",
  "arn:aws:iam::444455556666:role/people",
);

export const BackupAccess = defineModule({
  name: "backup-access",
  description:
    "Access of people to snapshots and backups of RDS, by a policy of its own: one role, which a few users assume with MFA, reads them and restores a database beside the existing one, and nobody else among the people of the account may restore, copy, share, export or delete them. Who restores reads all data of the database. Nobody with the role shares or exports a snapshot either.",
  inputs: {
    name: resourceName(40).describe("Prefix of the names of the role and of the policies."),
    accountId: ACCOUNT_ID.describe("Account of the backups."),
    userArns: set(USER_ARN).min(1).describe("Users who may assume the role."),
    databases: set(resourceName(63))
      .min(1)
      .describe("Databases. The identifiers of restored ones start with the name of a database and a hyphen."),
    keyAliases: set(text(/^alias\/[\w/-]+$/, "an alias of a key", "shop-data"))
      .min(1)
      .describe("Aliases of the keys that encrypt the databases and their backups."),
    otherRoleArns: z
      .record(z.string(), arnOf("iam"))
      .describe("Other roles of people by any names that do not change. They are denied all of this."),
    permissionsBoundaryArn: arnOf("iam").describe("Permissions boundary of people."),
  },
  outputs: {
    roleArn: z.string().describe("Role that restores."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    userArns: ["arn:aws:iam::444455556666:user/ana"],
    databases: ["shop"],
    keyAliases: ["alias/shop-data"],
    otherRoleArns: { admin: "arn:aws:iam::111122223333:role/shop-admin" },
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/shop-people-boundary",
  },
  build(scope, input) {
    const role = resource(scope, IamRole, "this", {
      name: `${input.name}-backups`,
      description: "People who restore databases",
      maxSessionDuration: 3600,
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: policyDocument(scope, "trust", [
        {
          Sid: "AssumeWithMfa",
          Effect: "Allow",
          Principal: { AWS: hcl<string>`sort(${input.userArns})` },
          Action: "sts:AssumeRole",
          Condition: {
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          },
        },
      ]),
    });
    const access = resource(scope, IamPolicy, "access", {
      name: `${input.name}-backup-access`,
      description: "Reads and restores backups of databases",
      policy: policyDocument(scope, "access", accessStatements({ ...input, arnPartition: partition(scope) })),
    });
    resource(scope, IamRolePolicyAttachment, "access", { role: role.name, policyArn: access.arn });
    const denial = resource(scope, IamPolicy, "denial", {
      name: `${input.name}-no-backups`,
      description: "Keeps other people from backups of databases",
      policy: policyDocument(scope, "denial", [
        { Sid: "DenyBackups", Effect: "Deny", Action: DENIED_TO_OTHERS, Resource: "*" },
      ]),
    });
    resourceForEach(scope, IamRolePolicyAttachment, "denial", input.otherRoleArns, (arn) => ({
      role: hcl<string>`reverse(split("/", ${arn}))[0]`,
      policyArn: denial.arn,
    }));
    return { roleArn: role.arn };
  },
});
