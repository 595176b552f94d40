import { ObservabilityLink } from "../../modules/observability-link";
import { ObservabilitySink } from "../../modules/observability-sink";
import { describePlan } from "../support/planned";

const sinkArn = "arn:aws:oam:us-east-1:444455556666:sink/12345678-abcd-1234-abcd-123456789012";

describePlan(
  "the link of an account",
  (root) => {
    new ObservabilitySink(root, "sink", { name: "central", organizationId: "o-exampleorgid" });
    new ObservabilityLink(root, "link", { sinkArn });
  },
  (plan) => {
    test("shares what the policy of the sink admits, under the name of the account", () => {
      const { resource_types, ...link } = plan().values("module.link.aws_oam_link.this");
      expect(link).toMatchObject({ label_template: "$AccountName", sink_identifier: sinkArn });
      expect(plan().statements("module.sink.aws_oam_sink_policy.this").LinkWithinOrganization?.Condition).toEqual({
        StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" },
        "ForAllValues:StringEquals": { "oam:ResourceTypes": resource_types },
      });
    });
  },
);
