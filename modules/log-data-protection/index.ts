import { CloudwatchLogDataProtectionPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-data-protection-policy";
import { z } from "zod";
import { defineModule, jsonencode, local, partition, resourceForEach, resourceName } from "../../lib";

export const LogDataProtection = defineModule({
  name: "log-data-protection",
  description:
    "Masks e-mail addresses in log groups when an event is written, also for queries and subscriptions. Only a reader with `logs:Unmask` sees them. Events from before the policy stay as they are until their retention ends. CloudWatch counts the events with an address in the metric `LogEventsWithFindings`.",
  inputs: {
    logGroups: z
      .record(resourceName(60), z.string())
      .describe("Names of the log groups, by a name that stays: the address of the policy contains it."),
  },
  outputs: {},
  example: { logGroups: { api: "/ecs/shop-api" } },
  build(scope, input) {
    const addresses = [`arn:${partition(scope)}:dataprotection::aws:data-identifier/EmailAddress`];
    /** Both statements are required. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html */
    const document = local(scope, "document", {
      Name: "mask-addresses",
      Version: "2021-06-01",
      Statement: [
        {
          Sid: "CountAddresses",
          DataIdentifier: addresses,
          Operation: { Audit: { FindingsDestination: {} } },
        },
        { Sid: "MaskAddresses", DataIdentifier: addresses, Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    });
    resourceForEach(scope, CloudwatchLogDataProtectionPolicy, "this", input.logGroups, (name) => ({
      logGroupName: name,
      policyDocument: jsonencode(document),
    }));
    return {};
  },
});
