import { OamSink } from "@cdktf/provider-aws/lib/oam-sink";
import { OamSinkPolicy } from "@cdktf/provider-aws/lib/oam-sink-policy";
import { z } from "zod";
import { defineModule, policyDocument, readyAfter, resource, resourceName, text } from "../../lib";

/** CloudWatch reads these in other accounts in their place: nothing is copied. */
const SHARED = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"] as const;

export const ObservabilitySink = defineModule({
  name: "observability-sink",
  description:
    "The place in one region where an account reads logs, metrics and traces of other accounts of its organization (CloudWatch cross-account observability). A region of an account has one sink; each other account links itself to it.",
  inputs: {
    name: resourceName(40).describe("Name of the sink."),
    organizationId: text(/^o-[a-z0-9]{10,32}$/, "the id of an organization", "r-root").describe(
      "Organization whose accounts may link themselves.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN for the links of other accounts, available after they may link themselves."),
  },
  example: { name: "central", organizationId: "o-exampleorgid" },
  build(scope, input) {
    const sink = resource(scope, OamSink, "this", { name: input.name });
    const policy = resource(scope, OamSinkPolicy, "this", {
      sinkIdentifier: sink.id,
      policy: policyDocument(scope, "policy", [
        {
          Sid: "LinkWithinOrganization",
          Effect: "Allow",
          Principal: "*",
          Action: ["oam:CreateLink", "oam:UpdateLink"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": input.organizationId },
            "ForAllValues:StringEquals": { "oam:ResourceTypes": SHARED },
          },
        },
      ]),
    });
    return { arn: readyAfter(sink.arn, policy) };
  },
});
