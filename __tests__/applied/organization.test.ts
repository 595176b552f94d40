/** An organization, applied to a mock of AWS: units, accounts and policies in an order that AWS takes. */
import type { Decision } from "../../lib/judgement/gate";
import { Organization } from "../../modules/organization";
import { newRoot } from "../lib/generator/support";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

/** @param unit of the account for the shop */
function organization(unit: "Sandbox" | "Workloads/Prod", units: readonly string[] = ["Sandbox"]) {
  const root = newRoot({ region: "us-east-1" });
  new Organization(root, "organization", {
    servicePrincipals: ["cloudtrail.amazonaws.com", "guardduty.amazonaws.com"],
    units: ["Sandbox", "Workloads", "Workloads/Prod"],
    accounts: { shop: { email: "aws+shop@example.com", unit } },
    policies: {
      base: {
        description: "No account leaves",
        units,
        statements: { DenyLeaving: { actions: ["organizations:LeaveOrganization"] } },
      },
    },
  });
  return root;
}

describeWithCloudNightly("an organization", () => {
  let applied: Decision;
  let moved: Decision;
  let removed: Decision;

  beforeAll(async () => {
    const root = organization("Sandbox");
    await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        applied = standing.gate(await standing.plan());
        await standing.become(organization("Workloads/Prod", ["Sandbox", "Workloads"]));
        moved = standing.gate(await standing.plan());
        await standing.applyPlan();
        await standing.become(organization("Workloads/Prod", []));
        removed = standing.gate(await standing.plan());
      }),
    );
  }, 600_000);

  test("is made, and a second plan changes nothing", () => {
    const { isEmpty, changes, drift, unmanaged } = applied;
    expect({ isEmpty, changes, drift, unmanaged }).toEqual({ isEmpty: true, changes: [], drift: [], unmanaged: [] });
  });

  test("moves an account to another unit in place, and attaches a policy there", () => {
    expect(moved.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'update module.organization.aws_organizations_account.this["shop"]',
      'create module.organization.aws_organizations_policy_attachment.this["base:Workloads"]',
    ]);
    expect(moved.refused).toEqual([]);
  });

  test("detaches a policy with the approval security alone", () => {
    const approvals = removed.toApprove.filter(({ address }) => address.includes("policy_attachment"));
    expect(approvals.length).toBeGreaterThan(0);
    expect(new Set(approvals.map(({ approval }) => approval))).toEqual(new Set(["security"]));
  });
});
