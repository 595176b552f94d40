import type { AccountRoot } from "../../../environments/accounts/account";
import type { Compliance } from "../../../environments/accounts/compliance";
import { CONFIG_REMEDIATIONS } from "../../../lib";
import type { PlannedAccount } from "./planned-account";

export function testCompliance(
  { account, standby, otherRegions: others = [] }: AccountRoot,
  { findings }: Compliance,
  planned: () => PlannedAccount,
): void {
  const elsewhere = [
    ...others.map((region) => `${region.replaceAll("-", "_")}_`),
    ...(standby === null ? [] : ["standby_"]),
  ];
  const otherRegions = [...others, ...(standby === null ? [] : [standby.state.region])];

  test("has a hub with both standards in each region, and collects findings in the first if it is the administrator", () => {
    const { plan } = planned();
    const standards = plan.all("aws_securityhub_standards_subscription").map(({ values }) => values.standards_arn);
    expect(new Set(standards)).toEqual(
      new Set(
        [account.state.region, ...otherRegions].flatMap((region) =>
          ["aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/5.0.0"].map(
            (standard) => `arn:aws:securityhub:${region}::standards/${standard}`,
          ),
        ),
      ),
    );
    const collected = plan.all("aws_securityhub_finding_aggregator").map(({ values }) => values.specified_regions);
    expect(collected).toEqual("members" in findings ? [otherRegions] : []);
  });

  test("checks global resources in the first region alone", () => {
    const { plan } = planned();
    for (const prefix of elsewhere) {
      const disabled = plan.keys(`module.${prefix}hub.aws_securityhub_standards_control_association.fsbp`);
      expect(disabled).toEqual(expect.arrayContaining(["IAM.1", "IAM.21", "KMS.1"]));
    }
    expect(plan.keys("module.hub.aws_securityhub_standards_control_association.fsbp")).not.toContain("IAM.1");
    const distributions = plan.addresses.filter((address) => address.includes("config_rule.distribution_web_acl"));
    const edge = account.state.region === "us-east-1" ? "" : "us_east_1_";
    expect(distributions).toEqual([`module.${edge}rules.aws_config_config_rule.distribution_web_acl[0]`]);
    expect(plan.addresses.filter((address) => address.includes("config_rule.s3_account_public_access"))).toHaveLength(
      1,
    );
  });

  test("corrects within a boundary that the account's role may set, and environments change none of these roles", () => {
    const boundary = `arn:aws:iam::${account.id}:policy/account-remediation-boundary`;
    const corrected = Object.keys(CONFIG_REMEDIATIONS).map(
      (rule) => `account-remediation-${rule.replaceAll("_", "-")}`,
    );
    const names = planned().boundaryNames();
    expect(corrected.map((role) => names.get(role))).toEqual(corrected.map(() => "account-remediation-boundary"));
    const roles = [...planned().roles.keys()].filter((role) => role.includes("-apply-"));
    const role = `arn:aws:iam::${account.id}:role/${corrected[0]}`;
    for (const applying of roles) {
      const isAccount = applying.includes("-apply-account-");
      const may = (action: string) => planned().may(applying, action, role, { "iam:PermissionsBoundary": boundary });
      expect([applying, ["iam:PutRolePolicy", "iam:DeleteRole", "iam:PassRole"].map(may)]).toEqual([
        applying,
        [isAccount, isAccount, isAccount],
      ]);
    }
  });

  test("lets the roles of environments change neither hub nor rules", () => {
    const roles = [...planned().roles.keys()].filter((role) => /-apply-(?!account-)/.test(role));
    const never = [
      "config:DeleteConfigRule",
      "config:DeleteRemediationConfiguration",
      "securityhub:BatchUpdateStandardsControlAssociations",
      "securityhub:DisableSecurityHub",
      "securityhub:DisassociateFromAdministratorAccount",
    ];
    for (const role of roles) {
      expect([role, never.filter((action) => planned().may(role, action, "*", {}))]).toEqual([role, []]);
    }
  });

  test("lets the account's plan read its hubs, rules and corrections", () => {
    const reads = [
      "config:DescribeConfigRules",
      "config:DescribeRemediationConfigurations",
      "securityhub:BatchGetStandardsControlAssociations",
      "securityhub:DescribeHub",
      "securityhub:GetEnabledStandards",
      "securityhub:GetMembers",
      "securityhub:ListFindingAggregators",
      "securityhub:ListStandardsControlAssociations",
    ];
    for (const role of ["delivery-plan", "delivery-pull-request"]) {
      expect([role, reads.filter((action) => !planned().may(role, action, "*"))]).toEqual([role, []]);
    }
  });
}
