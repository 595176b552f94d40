import { GuarddutyOrganizationAdminAccount } from "@cdktf/provider-aws/lib/guardduty-organization-admin-account";
import { SecurityhubOrganizationAdminAccount } from "@cdktf/provider-aws/lib/securityhub-organization-admin-account";
import { z } from "zod";
import { ACCOUNT_ID, defineModule, resource } from "../../lib";

export const OrganizationDetection = defineModule({
  name: "organization-detection",
  description:
    "Makes an account of the organization the administrator of GuardDuty and Security Hub in one region. It is called in the management account, once for each region of the organization. AWS enables both services for the administrator in the region: import its detector and its hub into its root.",
  inputs: {
    administratorId: ACCOUNT_ID.describe("The account, an output of the `organization` module."),
  },
  outputs: {
    administratorId: z.string().describe("The account, available after the delegation."),
  },
  example: { administratorId: "111122223333" },
  build(scope, input) {
    const threats = resource(scope, GuarddutyOrganizationAdminAccount, "this", {
      adminAccountId: input.administratorId,
    });
    resource(scope, SecurityhubOrganizationAdminAccount, "this", { adminAccountId: input.administratorId });
    return { administratorId: threats.adminAccountId };
  },
});
