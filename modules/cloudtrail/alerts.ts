/** Calls that are reported immediately: EventBridge receives them because a trail exists. */
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { Construct } from "constructs";
import { type Expression, jsonencode, resource } from "../../lib";

const CALL = ["AWS API Call via CloudTrail"];

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const EVENTS = {
  root_used: {
    description: "Somebody works as the root user of the account",
    pattern: {
      "detail-type": [...CALL, "AWS Console Sign In via CloudTrail"],
      detail: { userIdentity: { type: ["Root"] } },
    },
  },
  records_changed: {
    description: "Somebody changes what records and detects in the account",
    pattern: {
      "detail-type": CALL,
      source: ["aws.cloudtrail", "aws.config", "aws.guardduty"],
      detail: {
        eventName: [
          "CreateFilter",
          "DeleteConfigurationRecorder",
          "DeleteDeliveryChannel",
          "DeleteDetector",
          "DeleteTrail",
          "PutEventSelectors",
          "StopConfigurationRecorder",
          "StopLogging",
          "UpdateDetector",
          "UpdateTrail",
        ],
      },
    },
  },
} as const;

export function reportEvents(
  scope: Construct,
  { name, alertTopicArn }: { readonly name: Expression<string>; readonly alertTopicArn: Expression<string> },
): void {
  for (const [event, { description, pattern }] of Object.entries(EVENTS)) {
    const rule = resource(scope, CloudwatchEventRule, event, {
      name: `${name}-${event.replaceAll("_", "-")}`,
      description,
      eventPattern: jsonencode(pattern),
    });
    resource(scope, CloudwatchEventTarget, event, { rule: rule.name, arn: alertTopicArn });
  }
}
