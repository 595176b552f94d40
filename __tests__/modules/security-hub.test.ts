import { SecurityHub } from "../../modules/security-hub";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const region = "eu-central-1";
const STANDARDS = `arn:aws:securityhub:${region}::standards`;

describePlan(
  "hubs",
  (root) => {
    const members = { dev: "444455556666" };
    new SecurityHub(root, "administrator", {
      region,
      aggregatedRegions: ["us-east-1"],
      members,
      disabledFsbpControls: { "Macie.1": "No bucket holds personal data" },
      disabledCisControls: { "IAM.9": "The organization removes root credentials" },
    });
    new SecurityHub(root, "delegated", { region, aggregatedRegions: ["us-east-1"], members, organization: true });
    new SecurityHub(root, "member", { region, administratorId: "111122223333" });
  },
  (plan) => {
    const within = (call: string) =>
      plan()
        .addresses.filter((address) => address.startsWith(`module.${call}.`))
        .map((address) => address.slice(`module.${call}.`.length));

    test("check the best practices and the CIS benchmark of the region, and no default standards", () => {
      expect(plan().values("module.member.aws_securityhub_account.this")).toMatchObject({
        enable_default_standards: false,
        control_finding_generator: "SECURITY_CONTROL",
        auto_enable_controls: true,
      });
      const standards = plan()
        .all("aws_securityhub_standards_subscription")
        .filter(({ address }) => address.startsWith("module.member."));
      expect(standards.map(({ values }) => values.standards_arn).sort()).toEqual([
        `${STANDARDS}/aws-foundational-security-best-practices/v/1.0.0`,
        `${STANDARDS}/cis-aws-foundations-benchmark/v/5.0.0`,
      ]);
    });

    test("disable a control in one standard, with its reason", () => {
      const associations = "module.administrator.aws_securityhub_standards_control_association";
      expect(plan().values(`${associations}.fsbp["Macie.1"]`)).toMatchObject({
        security_control_id: "Macie.1",
        standards_arn: `${STANDARDS}/aws-foundational-security-best-practices/v/1.0.0`,
        association_status: "DISABLED",
        updated_reason: "No bucket holds personal data",
      });
      expect(plan().keys(`${associations}.cis`)).toEqual(["IAM.9"]);
    });

    test("collect the findings of other regions in one region alone", () => {
      expect(plan().values("module.administrator.aws_securityhub_finding_aggregator.this[0]")).toMatchObject({
        linking_mode: "SPECIFIED_REGIONS",
        specified_regions: ["us-east-1"],
      });
      expect(within("member").filter((address) => address.includes("aggregator"))).toEqual([]);
    });

    test("invite members, and accept the invitation of an administrator", () => {
      expect(plan().values('module.administrator.aws_securityhub_member.this["dev"]')).toMatchObject({
        account_id: "444455556666",
        invite: true,
      });
      expect(plan().values("module.member.aws_securityhub_invite_accepter.this[0]").master_id).toBe("111122223333");
    });

    test("keep hub, standards, aggregator and members when the account becomes the delegated administrator", () => {
      const invited = within("administrator").filter((address) => !address.includes("control_association"));
      const organization = "aws_securityhub_organization_configuration.this[0]";
      expect(within("delegated")).toEqual(expect.arrayContaining(invited));
      expect(within("delegated").filter((address) => !invited.includes(address))).toEqual([organization]);
      expect(plan().values(`module.delegated.${organization}`)).toMatchObject({
        auto_enable: true,
        auto_enable_standards: "NONE",
        organization_configuration: [{ configuration_type: "LOCAL" }],
      });
    });
  },
);

test("standards follow each other, and the apply of an organization does not change how a member joined", () => {
  expect(emitted(SecurityHub, "main.tf.json")).toMatchObject({
    resource: {
      aws_securityhub_account: { this: { lifecycle: { prevent_destroy: true } } },
      aws_securityhub_standards_subscription: {
        fsbp: { depends_on: ["aws_securityhub_account.this"] },
        cis: { depends_on: ["aws_securityhub_standards_subscription.fsbp"] },
      },
      aws_securityhub_member: { this: { lifecycle: { ignore_changes: ["email", "invite"] } } },
    },
  });
});
