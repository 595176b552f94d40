import { FindingsReport } from "../../modules/findings-report";
import { ReviewReminder } from "../../modules/review-reminder";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  accountId: "111122223333",
  region: "eu-west-1",
  kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
  topicArn: "arn:aws:sns:eu-west-1:111122223333:account-alerts",
  topicKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/2",
  deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:account-events-dead-letters",
};
const report = { ...base, name: "findings-report", schedule: "cron(0 7 ? * MON *)", logRetentionDays: 365 } as const;
const review = {
  ...base,
  name: "security-review",
  schedule: "cron(0 7 1 * ? *)",
  subject: "Security review of shop",
  checklist: ["Read the report.", "Read the exceptions."],
};

describePlan(
  "scheduled messages about security",
  (root) => {
    new FindingsReport(root, "report", report);
    new ReviewReminder(root, "review", review);
  },
  (plan) => {
    const machine = arnOf("module.report.aws_sfn_state_machine.this");
    const retried = {
      retry_policy: [{ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 }],
      dead_letter_config: [{ arn: base.deadLetterArn }],
    };

    test("the report reads active findings that nobody has resolved, the most severe ones first, and publishes them", () => {
      expect(plan().document("module.report.aws_sfn_state_machine.this", "definition")).toMatchObject({
        QueryLanguage: "JSONata",
        StartAt: "ReadFindings",
        States: {
          ReadFindings: {
            Resource: "arn:aws:states:::aws-sdk:securityhub:getFindings",
            Arguments: {
              Filters: {
                RecordState: [{ Comparison: "EQUALS", Value: "ACTIVE" }],
                SeverityLabel: [{ Value: "CRITICAL" }, { Value: "HIGH" }],
                WorkflowStatus: [{ Value: "NEW" }, { Value: "NOTIFIED" }],
              },
              MaxResults: 20,
              SortCriteria: [{ Field: "SeverityNormalized", SortOrder: "desc" }],
            },
            Output: expect.stringMatching(/^\{% \$count\(\$states\.result\.Findings\) = 0 .*"\\n"\) %\}$/s),
            Next: "Publish",
          },
          Publish: {
            Resource: "arn:aws:states:::sns:publish",
            Arguments: { TopicArn: base.topicArn, Message: "{% $states.input %}" },
            End: true,
          },
        },
      });
    });

    test("the report starts on time, is encrypted, and tells when it fails", () => {
      expect(plan().values("module.report.aws_scheduler_schedule.this")).toMatchObject({
        schedule_expression: "cron(0 7 ? * MON *)",
        kms_key_arn: base.kmsKeyArn,
        target: [{ arn: machine, ...retried }],
      });
      expect(plan().values("module.report.aws_sfn_state_machine.this")).toMatchObject({
        encryption_configuration: [{ type: "CUSTOMER_MANAGED_KMS_KEY", kms_key_id: base.kmsKeyArn }],
      });
      expect(plan().values("module.report.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        metric_name: "ExecutionsFailed",
        dimensions: { StateMachineArn: machine },
        alarm_actions: [base.topicArn],
      });
    });

    test("the report logs its executions without the findings, in a group that the service may write", () => {
      const group = "module.report.aws_cloudwatch_log_group.this";
      expect(plan().values("module.report.aws_sfn_state_machine.this").logging_configuration).toEqual([
        { level: "ALL", include_execution_data: false, log_destination: `${arnOf(group)}:*` },
      ]);
      expect(plan().values(group)).toMatchObject({
        name: "/aws/vendedlogs/states/findings-report",
        retention_in_days: 365,
        kms_key_id: base.kmsKeyArn,
      });
      const policy = plan().statements("module.report.aws_cloudwatch_log_resource_policy.this", "policy_document");
      expect(policy.WriteLog).toMatchObject({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Resource: `${arnOf(group)}:*`,
      });
      expect(plan().statements("module.report.aws_iam_role_policy.this").EncryptLogs).toEqual({
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: base.kmsKeyArn,
        Condition: { StringEquals: { "kms:EncryptionContext:SourceArn": "arn:aws:logs:eu-west-1:111122223333:*" } },
      });
    });

    test("each role may do one thing", () => {
      expect(plan().statements("module.report.aws_iam_role_policy.schedule").StartReport).toEqual({
        Effect: "Allow",
        Action: "states:StartExecution",
        Resource: machine,
      });
      expect(plan().statements("module.report.aws_iam_role_policy.this")).toMatchObject({
        ReadFindings: {
          Action: "securityhub:GetFindings",
          Resource: "arn:aws:securityhub:eu-west-1:111122223333:hub/default",
        },
        Publish: { Action: "sns:Publish", Resource: base.topicArn },
        UseKeyOfTopic: { Condition: { StringEquals: { "kms:ViaService": "sns.eu-west-1.amazonaws.com" } } },
      });
      expect(plan().statements("module.review.aws_iam_role_policy.schedule")).toMatchObject({
        Publish: { Action: "sns:Publish", Resource: base.topicArn },
        SendDeadLetters: { Action: "sqs:SendMessage", Resource: base.deadLetterArn },
      });
    });

    test("the review publishes its checklist, numbered", () => {
      const address = "module.review.aws_scheduler_schedule.this";
      expect(plan().values(address)).toMatchObject({
        schedule_expression: "cron(0 7 1 * ? *)",
        kms_key_arn: base.kmsKeyArn,
        target: [{ arn: "arn:aws:scheduler:::aws-sdk:sns:publish", ...retried }],
      });
      expect(plan().values(address).target).toMatchObject([
        {
          input: JSON.stringify({
            Message: "1. Read the report.\n2. Read the exceptions.",
            Subject: "Security review of shop",
            TopicArn: base.topicArn,
          }),
        },
      ]);
    });
  },
);

test("a schedule of another kind is refused", () => {
  expect(
    failure(() => new ReviewReminder(newRoot(), "review", { ...review, schedule: "rate(30 days)" })).message,
  ).toContain(
    'schedule: got "rate(30 days)"; allowed: text, a cron expression of EventBridge Scheduler with six fields',
  );
});
