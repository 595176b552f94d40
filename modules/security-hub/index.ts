import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubFindingAggregator } from "@cdktf/provider-aws/lib/securityhub-finding-aggregator";
import { z } from "zod";
import { ACCOUNT_ID, condition, defineModule, REGION, readyAfter, resource, resourceIf, set, text } from "../../lib";
import { connectAccounts } from "./accounts";
import { enableStandards } from "./standards";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
const CONTROL = text(/^[A-Za-z0-9]+\.\d+$/, "the id of a control such as EC2.10", "arn:aws:securityhub");

const REASON = z.string().min(10).max(500);

export const SecurityHub = defineModule({
  name: "security-hub",
  description:
    "Security Hub CSPM in one region of an account: the AWS Foundational Security Best Practices and the CIS AWS Foundations Benchmark check the region's resources. A region has one hub: call this once for each region in use. To disable the hub loses its findings, so that Terraform refuses to destroy it.",
  inputs: {
    region: REGION.describe("Region of the hub."),
    aggregatedRegions: set(REGION)
      .default([])
      .describe(
        "Other regions whose findings this region collects. Give them in one region of the account, and not in a member account: a member has the regions of its administrator. Empty makes no aggregator.",
      ),
    disabledFsbpControls: z
      .record(CONTROL, REASON)
      .default({})
      .describe("Controls that the best practices do not check, each with the reason, which Security Hub shows."),
    disabledCisControls: z
      .record(CONTROL, REASON)
      .default({})
      .describe("The same for the CIS benchmark. A control can be part of both standards."),
    members: z
      .record(text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"), ACCOUNT_ID)
      .default({})
      .describe("Accounts whose findings this account sees, as their administrator, by name."),
    administratorId: ACCOUNT_ID.nullable()
      .default(null)
      .describe("Administrator whose invitation the account accepts. The invitation has to be there before the apply."),
    organization: z
      .boolean()
      .default(false)
      .describe(
        "Whether the account is the delegated administrator of its organization: new accounts become members without an invitation, and no standard is enabled for them.",
      ),
  },
  outputs: {
    hubArn: z.string().describe("ARN of the hub, available after the standards are enabled."),
  },
  rules: [
    {
      inputs: ["administratorId", "members", "aggregatedRegions", "organization"],
      allowed: "members, aggregated regions and an organization in an account without an administrator",
      holds: ({ administratorId, members, aggregatedRegions, organization }) =>
        administratorId === null ||
        (Object.keys(members).length === 0 && aggregatedRegions.length === 0 && !organization),
      condition:
        "var.administrator_id == null || (length(var.members) == 0 && length(var.aggregated_regions) == 0 && !var.organization)",
      counterexample: { administratorId: "111122223333", members: { dev: "444455556666" } },
    },
    {
      inputs: ["aggregatedRegions", "region"],
      allowed: "regions other than the region of the hub",
      holds: ({ aggregatedRegions, region }) => !aggregatedRegions.includes(region),
      condition: "!contains(var.aggregated_regions, var.region)",
      counterexample: { aggregatedRegions: ["eu-central-1"], region: "eu-central-1" },
    },
  ],
  example: {
    region: "eu-central-1",
    aggregatedRegions: ["us-east-1"],
    disabledFsbpControls: { "Macie.1": "Buckets hold no personal data that Macie could find" },
    disabledCisControls: { "CloudTrail.1": "The organization has a trail of all accounts" },
    members: { dev: "444455556666" },
  },
  build(scope, input) {
    const hub = resource(scope, SecurityhubAccount, "this", {
      // True enables CIS 1.2.0, and a later change replaces the hub.
      enableDefaultStandards: false,
      controlFindingGenerator: "SECURITY_CONTROL",
      autoEnableControls: true,
      lifecycle: { preventDestroy: true },
    });
    const standards = enableStandards(scope, hub, input);
    const isHome = condition`length(${input.aggregatedRegions}) > 0`;
    resourceIf(scope, SecurityhubFindingAggregator, "this", isHome, {
      linkingMode: "SPECIFIED_REGIONS",
      specifiedRegions: input.aggregatedRegions,
      dependsOn: [hub],
    });
    connectAccounts(scope, hub, input);
    return { hubArn: readyAfter(hub.arn, ...standards) };
  },
});
