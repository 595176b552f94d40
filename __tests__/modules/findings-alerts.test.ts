import { z } from "zod";
import { FindingsAlerts } from "../../modules/findings-alerts";
import { matches } from "../support/event-pattern";
import { findingEvent } from "../support/finding";
import { transformed } from "../support/input-transformer";
import { describePlan } from "../support/planned";

const alertTopicArn = "arn:aws:sns:eu-west-1:111122223333:account-alerts";
const deadLetterArn = "arn:aws:sqs:eu-west-1:111122223333:account-events-dead-letters";

describePlan(
  "alerts for findings",
  (root) => {
    new FindingsAlerts(root, "alerts", { name: "account", accountId: "111122223333", alertTopicArn, deadLetterArn });
  },
  (plan) => {
    test.each([
      ["a new finding of high severity", {}, true],
      ["a new finding of critical severity", { Severity: { Label: "CRITICAL" } }, true],
      ["a finding of medium severity", { Severity: { Label: "MEDIUM" } }, false],
      ["a finding that somebody has taken", { Workflow: { Status: "NOTIFIED" } }, false],
      ["a suppressed finding", { Workflow: { Status: "SUPPRESSED" } }, false],
      ["a finding whose resource is gone", { RecordState: "ARCHIVED" }, false],
      ["a finding of a member account, which reports it", { AwsAccountId: "444455556666" }, false],
    ])("%s: %j is reported: %s", (_what, more, expected) => {
      const pattern: unknown = plan().document("module.alerts.aws_cloudwatch_event_rule.this", "event_pattern");
      expect(matches(pattern, findingEvent(more))).toBe(expected);
    });

    test("are readable, and contain the command that ends them", () => {
      const target = plan().values("module.alerts.aws_cloudwatch_event_target.this");
      const [transformer] = z.array(z.unknown()).parse(target.input_transformer);
      expect(transformed(transformer, findingEvent())).toBe(
        [
          "HIGH finding in account 111122223333, eu-west-1: S3 general purpose buckets should block public access",
          "This control checks the bucket's block of public access.",
          "Resource: arn:aws:s3:::shop-documents",
          "Control: security-control/S3.8",
          "Instructions: https://docs.aws.amazon.com/console/securityhub/S3.8/remediation",
          "Each new check reports the finding again until somebody takes it:",
          "aws securityhub batch-update-findings --region eu-west-1 --workflow Status=NOTIFIED --finding-identifiers Id=arn:aws:securityhub:eu-west-1:111122223333:security-control/S3.8/finding/1,ProductArn=arn:aws:securityhub:eu-west-1::product/aws/securityhub",
        ].join("\n"),
      );
      expect(transformed(transformer, findingEvent({ Remediation: undefined }))).toContain("\nInstructions: \n");
    });

    test("go to the topic, and to the queue if the topic does not take them", () => {
      expect(plan().values("module.alerts.aws_cloudwatch_event_target.this")).toMatchObject({
        rule: "account-securityhub-finding",
        arn: alertTopicArn,
        dead_letter_config: [{ arn: deadLetterArn }],
      });
    });
  },
);

describePlan(
  "alerts of an administrator",
  (root) => {
    new FindingsAlerts(root, "alerts", { name: "account", accountId: null, alertTopicArn, deadLetterArn });
  },
  (plan) => {
    test.each(["111122223333", "444455556666"])("report the findings of account %s", (AwsAccountId) => {
      const pattern: unknown = plan().document("module.alerts.aws_cloudwatch_event_rule.this", "event_pattern");
      expect(matches(pattern, findingEvent({ AwsAccountId }))).toBe(true);
      expect(matches(pattern, findingEvent({ AwsAccountId, Workflow: { Status: "NOTIFIED" } }))).toBe(false);
    });
  },
);
