import { CloudtrailOrganizationDelegatedAdminAccount } from "@cdktf/provider-aws/lib/cloudtrail-organization-delegated-admin-account";
import { OrganizationsDelegatedAdministrator } from "@cdktf/provider-aws/lib/organizations-delegated-administrator";
import { z } from "zod";
import { ACCOUNT_ID, defineModule, resource, resourceForEach, set, text } from "../../lib";

export const OrganizationDelegation = defineModule({
  name: "organization-delegation",
  description:
    "Makes an account of the organization its administrator for CloudTrail, and for services without a resource of their own, such as AWS Config and IAM Access Analyzer. It is called in the management account. GuardDuty and Security Hub have an administrator in each region, from the `organization-detection` module.",
  inputs: {
    administratorId: ACCOUNT_ID.describe("The account, an output of the `organization` module."),
    servicePrincipals: set(text(/^[a-z0-9.-]+\.amazonaws\.com$/, "a service principal", "config"))
      .default([])
      .describe("Services that the account administers besides CloudTrail. Each needs access to the organization."),
  },
  outputs: {
    trailAdministratorArn: z.string().describe("ARN of the account that may make the organization's trail."),
  },
  example: { administratorId: "111122223333", servicePrincipals: ["access-analyzer.amazonaws.com"] },
  build(scope, input) {
    const trail = resource(scope, CloudtrailOrganizationDelegatedAdminAccount, "this", {
      accountId: input.administratorId,
    });
    resourceForEach(
      scope,
      OrganizationsDelegatedAdministrator,
      "this",
      input.servicePrincipals,
      (servicePrincipal) => ({
        accountId: input.administratorId,
        servicePrincipal,
      }),
    );
    return { trailAdministratorArn: trail.arn };
  },
});
