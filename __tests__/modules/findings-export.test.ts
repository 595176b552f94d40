import { FindingsExport } from "../../modules/findings-export";
import { failure, newRoot } from "../lib/generator/support";
import { matches } from "../support/event-pattern";
import { findingEvent } from "../support/finding";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "account-findings",
  accountId: "111122223333",
  connectionArn: "arn:aws:events:eu-west-1:111122223333:connection/findings/1234abcd-12ab-34cd-56ef-1234567890ab",
  endpoint: "https://tool.example.com/v1/findings",
  deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:account-events-dead-letters",
};

describePlan(
  "an export of findings",
  (root) => {
    new FindingsExport(root, "tool", base);
  },
  (plan) => {
    const destination = arnOf("module.tool.aws_cloudwatch_event_api_destination.this");

    test("posts to the tool through its connection, at a limited rate", () => {
      expect(plan().values("module.tool.aws_cloudwatch_event_api_destination.this")).toMatchObject({
        connection_arn: base.connectionArn,
        http_method: "POST",
        invocation_endpoint: base.endpoint,
        invocation_rate_limit_per_second: 10,
      });
    });

    test("sends each finding of the account from medium severity on, also when it changes", () => {
      const pattern: unknown = plan().document("module.tool.aws_cloudwatch_event_rule.this", "event_pattern");
      const sent = (more: object) => matches(pattern, findingEvent(more));
      expect(["CRITICAL", "HIGH", "MEDIUM", "LOW"].map((Label) => sent({ Severity: { Label } }))).toEqual([
        true,
        true,
        true,
        false,
      ]);
      expect(sent({ Workflow: { Status: "RESOLVED" }, RecordState: "ARCHIVED" })).toBe(true);
      expect(sent({ AwsAccountId: "444455556666" })).toBe(false);
    });

    test("retries for a day, and keeps what the tool never took", () => {
      expect(plan().values("module.tool.aws_cloudwatch_event_target.this")).toMatchObject({
        arn: destination,
        input_path: "$.detail.findings[0]",
        retry_policy: [{ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 }],
        dead_letter_config: [{ arn: base.deadLetterArn }],
      });
    });

    test("has a role for this destination alone", () => {
      expect(plan().statements("module.tool.aws_iam_role_policy.this")).toEqual({
        CallTool: { Effect: "Allow", Action: "events:InvokeApiDestination", Resource: destination },
      });
    });
  },
);

test.each([
  "http://tool.example.com/findings",
  "https://user:password@tool.example.com/",
  "https://tool.example.com/findings?token=secret",
  "https://tool.example.com/*",
])("an endpoint is HTTPS and holds no credential: %s is refused", (endpoint) => {
  expect(failure(() => new FindingsExport(newRoot(), "tool", { ...base, endpoint })).message).toContain(
    `endpoint: got "${endpoint}"; allowed: text, an HTTPS URL without user, query and placeholders`,
  );
});
