/** The accounts whose findings an administrator sees. */
import type { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubInviteAccepter } from "@cdktf/provider-aws/lib/securityhub-invite-accepter";
import { SecurityhubMember } from "@cdktf/provider-aws/lib/securityhub-member";
import { SecurityhubOrganizationConfiguration } from "@cdktf/provider-aws/lib/securityhub-organization-configuration";
import type { Construct } from "constructs";
import { type Choice, isSet, type Ref, type Resource, resourceForEach, resourceIf } from "../../lib";

interface Connected {
  readonly members: Ref<Record<string, string>>;
  readonly administratorId: Ref<string | null>;
  readonly organization: Choice;
}

/**
 * A member by invitation stays a member when its administrator becomes the delegated administrator of the organization:
 * `invite` tells only how it became one, and a change would remove and add the account.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/accounts-transition-to-orgs.html
 */
export function connectAccounts(scope: Construct, hub: Resource<SecurityhubAccount>, input: Connected): void {
  resourceForEach(scope, SecurityhubMember, "this", input.members, (accountId) => ({
    accountId,
    invite: input.organization(false, true),
    dependsOn: [hub],
    lifecycle: { ignoreChanges: ["email", "invite"] as const },
  }));
  resourceIf(scope, SecurityhubInviteAccepter, "this", isSet(input.administratorId), (masterId) => ({
    masterId,
    dependsOn: [hub],
  }));
  resourceIf(scope, SecurityhubOrganizationConfiguration, "this", input.organization, {
    autoEnable: true,
    autoEnableStandards: "NONE",
    organizationConfiguration: { configurationType: "LOCAL" },
    dependsOn: [hub],
  });
}
