import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { z } from "zod";
import {
  ACCOUNT_ID,
  CONFIG_REMEDIATIONS,
  defineModule,
  partition,
  policyDocument,
  readyAfter,
  resource,
  resourceName,
  serviceTrust,
} from "../../lib";
import { permissions } from "./permissions";

export const ConfigRemediationRoles = defineModule({
  name: "config-remediation-roles",
  description:
    "The roles with which Systems Manager corrects what rules of AWS Config find, one for each document. A role can change the one setting that its document sets, and can delete nothing. Roles are valid in all regions: call this once for each account.",
  inputs: {
    name: resourceName(20).describe(
      "First part of the names of the roles and of their boundary: `<name>-remediation-boundary`.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the resources."),
  },
  outputs: {
    roleArns: z
      .record(z.string(), z.string())
      .describe("ARNs of the roles by the rules that use them, available after the roles have their permissions."),
  },
  example: { name: "account", accountId: "111122223333" },
  build(scope, { name, accountId }) {
    const place = { arnPartition: partition(scope), accountId };
    const remediations = Object.entries(CONFIG_REMEDIATIONS).map(([rule, remediation]) => ({
      rule,
      document: remediation.document,
      statements: permissions(rule, remediation, place),
    }));
    const boundary = resource(scope, IamPolicy, "boundary", {
      name: `${name}-remediation-boundary`,
      description: "Maximum permissions of a correction",
      policy: policyDocument(
        scope,
        "boundary",
        remediations.flatMap(({ statements }) => statements),
      ),
    });
    const assumeRolePolicy = serviceTrust(scope, "trust", "ssm.amazonaws.com", accountId);
    const roles = remediations.map(({ rule, document, statements }) => {
      const role = resource(scope, IamRole, rule, {
        name: `${name}-remediation-${rule.replaceAll("_", "-")}`,
        description: `Runs ${document}`,
        permissionsBoundary: boundary.arn,
        assumeRolePolicy,
      });
      const policy = resource(scope, IamRolePolicy, rule, {
        role: role.name,
        name: "document",
        policy: policyDocument(scope, rule, statements),
      });
      return { rule, arn: role.arn, policy };
    });
    return {
      roleArns: readyAfter(
        Object.fromEntries(roles.map(({ rule, arn }) => [rule, arn])),
        ...roles.map(({ policy }) => policy),
      ),
    };
  },
});
