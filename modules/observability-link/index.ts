import { OamLink } from "@cdktf/provider-aws/lib/oam-link";
import { z } from "zod";
import { arnOf, defineModule, resource } from "../../lib";

/** What the policy of the module `observability-sink` admits. */
const SHARED = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"] as const;

export const ObservabilityLink = defineModule({
  name: "observability-link",
  description:
    "Lets a central account read the logs, metrics and traces of one region of this account in CloudWatch, through the central account's sink in the same region. Nothing is copied, and the central account can change nothing. A region of an account has up to five links.",
  inputs: {
    sinkArn: arnOf("oam").describe(
      "Sink of the central account in the region, from the module `observability-sink`. Another sink replaces the link.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN of the link."),
  },
  example: {
    sinkArn: "arn:aws:oam:eu-central-1:444455556666:sink/12345678-abcd-1234-abcd-123456789012",
  },
  build(scope, input) {
    const link = resource(scope, OamLink, "this", {
      // The central account shows the name of this account, which AWS fills in, beside each metric and log group.
      labelTemplate: "$AccountName",
      resourceTypes: [...SHARED],
      sinkIdentifier: input.sinkArn,
    });
    return { arn: link.arn };
  },
});
