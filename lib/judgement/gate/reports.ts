/** Reports of security events: rules of EventBridge, their targets, and the people who subscribe to a topic. */
import { pastOf } from "./change";
import type { GateContext } from "./context";
import { insideOf, isOutsideTarget } from "./outside";
import type { ActionFinding } from "./rule";

/** Changes after which an event is no longer reported, or to somebody else. Targets within the account are code. */
export function endedReports(context: GateContext): ActionFinding[] {
  const inside = insideOf(context);
  const rules = context.plan.resource_changes
    .filter(({ type, change }) => type === RULE && isOfSecurity(change.before?.event_pattern))
    .map(({ change }) => change.before?.name);
  return context.changes
    .filter((change) => {
      const { type, after, changed, before = {} } = change;
      if (type === SUBSCRIPTION)
        return after === undefined && isOutsideTarget("endpoint", before.endpoint ?? null, null, inside);
      if (type === RULE)
        return isOfSecurity(before.event_pattern) && (after === undefined || changed.includes("event_pattern"));
      return type === TARGET && rules.includes(before.rule) && (after === undefined || changed.includes("arn"));
    })
    .map((change) => ({ address: change.address, got: `${pastOf(change)} report of events`, approval: "security" }));
}

const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";
const SUBSCRIPTION = "aws_sns_topic_subscription";

/**
 * Of ECR, the scans of images alone: pushes are ordinary.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/event-service.html
 */
const OF_SECURITY =
  /"aws\.(access-analyzer|config|guardduty|health|inspector2?|macie2?|securityhub|signin|trustedadvisor)"|via CloudTrail|"ECR Image Scan"/i;

function isOfSecurity(pattern: unknown): boolean {
  return typeof pattern === "string" && OF_SECURITY.test(pattern);
}
