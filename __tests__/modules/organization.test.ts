import { Organization } from "../../modules/organization";
import { OrganizationDelegation } from "../../modules/organization-delegation";
import { describePlan } from "../support/planned";

const policy = (units: string[]) => ({
  description: "No account leaves",
  units,
  statements: { DenyLeaving: { actions: ["organizations:LeaveOrganization"] } },
});

describePlan(
  "an organization",
  (root) => {
    const { accountIds } = new Organization(root, "organization", {
      servicePrincipals: ["cloudtrail.amazonaws.com"],
      units: ["Security", "Workloads", "Workloads/Prod"],
      accounts: {
        audit: { email: "aws+audit@example.com", unit: "Security" },
        shop: { email: "aws+shop@example.com", unit: "Workloads/Prod" },
      },
      policies: {
        base: policy(["Security", "Workloads"]),
        regions: {
          description: "No other region",
          units: [],
          statements: {
            DenyRegions: {
              notActions: ["iam:*"],
              conditions: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
            },
          },
        },
      },
    });
    new OrganizationDelegation(root, "delegation", {
      administratorId: accountIds.at("audit"),
      servicePrincipals: ["config.amazonaws.com"],
    });
  },
  (plan) => {
    const place = "module.organization.aws_organizations";

    test("has all features, and accounts that Terraform never closes", () => {
      expect(plan().values(`${place}_organization.this`)).toMatchObject({
        feature_set: "ALL",
        aws_service_access_principals: ["cloudtrail.amazonaws.com"],
        enabled_policy_types: ["SERVICE_CONTROL_POLICY"],
      });
      expect(plan().keys(`${place}_account.this`)).toEqual(["audit", "shop"]);
      expect(plan().values(`${place}_account.this["shop"]`)).toMatchObject({
        name: "shop",
        email: "aws+shop@example.com",
        close_on_deletion: false,
      });
    });

    test("has units on two levels, by their paths", () => {
      expect(plan().keys(`${place}_organizational_unit.this`)).toEqual(["Security", "Workloads"]);
      expect(plan().keys(`${place}_organizational_unit.nested`)).toEqual(["Workloads/Prod"]);
      expect(plan().values(`${place}_organizational_unit.nested["Workloads/Prod"]`)).toMatchObject({ name: "Prod" });
    });

    test("has policies of denials alone, each attached to its units", () => {
      expect(plan().document(`${place}_policy.this["base"]`, "content")).toEqual({
        Version: "2012-10-17",
        Statement: [
          { Sid: "DenyLeaving", Effect: "Deny", Action: ["organizations:LeaveOrganization"], Resource: ["*"] },
        ],
      });
      expect(plan().document(`${place}_policy.this["regions"]`, "content")).toMatchObject({
        Statement: [
          {
            NotAction: ["iam:*"],
            Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
          },
        ],
      });
      expect(plan().keys(`${place}_policy_attachment.this`)).toEqual(["base:Security", "base:Workloads"]);
    });

    test("is administered by one of its accounts", () => {
      expect(plan().keys("module.delegation.aws_organizations_delegated_administrator.this")).toEqual([
        "config.amazonaws.com",
      ]);
    });
  },
);
