/** The policy that every secret of Secrets Manager has. */
import type { Expression } from "../generator/expression/code";
import type { PolicyStatement } from "./policy";

/** Refuses principals of other accounts, even if another statement allows them. AWS services act for the account. */
export function denyOtherAccounts(accountId: Expression<string>): PolicyStatement {
  return {
    Sid: "DenyOtherAccounts",
    Effect: "Deny",
    Principal: "*",
    Action: "secretsmanager:*",
    Resource: "*",
    Condition: {
      StringNotEquals: { "aws:PrincipalAccount": accountId },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}
