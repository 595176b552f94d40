/** Mutants of an organization, of its policies and of its administrators. */
import { inEachComponent } from "./app-runner-mutants";
import { type Mutant, ofModule } from "./mutant";

const ORGANIZATION = "resource.aws_organizations_organization.this";
const POLICY = "resource.aws_organizations_policy.this";
/** What a sink admits. */
const CONDITION = "locals.policy.Statement.0.Condition";
const OTHER = "AWS::InternetMonitor::Monitor";

export const ORGANIZATION_MUTANTS: readonly Mutant[] = [
  ...ofModule("organization", {
    "organization-all-features": [`${ORGANIZATION}.feature_set`, "CONSOLIDATED_BILLING"],
    "organization-destroy-prevented": ["resource.aws_organizations_account.this.lifecycle.prevent_destroy", false],
    "organization-account-not-closed": ["resource.aws_organizations_account.this.close_on_deletion", true],
    "organization-policy-attached": ["resource.aws_organizations_policy_attachment.this.skip_destroy", true],
    "policy-size": [
      POLICY,
      {
        for_each: "${var.policies}",
        name: "${each.key}",
        content: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Deny",
              Effect: "Deny",
              Action: "s3:DeleteBucket",
              Resource: Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::bucket-${i}-records`),
            },
          ],
        }),
      },
    ],
  }),
  ...ofModule("organization", {
    "organization-policy-denies": [
      `${POLICY}.content`,
      '${jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Allow", Effect = "Allow", Action = "*", Resource = "*" }] })}',
    ],
  }),
  ...ofModule("organization-delegation", {
    "organization-administered-by-member": [
      "resource.aws_cloudtrail_organization_delegated_admin_account.this.account_id",
      "999999999999",
    ],
  }),
  ...ofModule("organization-detection", {
    "organization-administered-by-member": [
      "resource.aws_guardduty_organization_admin_account.this.admin_account_id",
      "999999999999",
    ],
  }),
  ...ofModule("organization-detection", {
    "organization-administered-by-member": [
      "resource.aws_securityhub_organization_admin_account.this.admin_account_id",
      "999999999999",
    ],
  }),
  ...ofModule("observability-sink", {
    "oam-sink-named-accounts": [`${CONDITION}.StringEquals.aws:PrincipalOrgID`, "o-*"],
    "oam-telemetry-only": [`${CONDITION}.ForAllValues:StringEquals.oam:ResourceTypes.0`, OTHER],
  }),
  ...ofModule("observability-link", {
    "oam-telemetry-only": ["resource.aws_oam_link.this.resource_types.2", OTHER],
  }),
  ...inEachComponent("organization-delegation"),
];
