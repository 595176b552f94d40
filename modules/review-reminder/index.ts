import { z } from "zod";
import { defineModule, hcl, jsonencode, partition, publishing, SCHEDULE_INPUTS, schedule } from "../../lib";

export const ReviewReminder = defineModule({
  name: "review-reminder",
  description:
    "The reminder of a regular review, such as of security or of costs: a message with its checklist to a topic, at fixed times. The topic is the only target of the schedule's role.",
  inputs: {
    ...SCHEDULE_INPUTS,
    /** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
    subject: z.string().min(1).max(99).describe("Subject of the message."),
    checklist: z.array(z.string().min(1)).min(1).describe("Points of the review, in their order."),
  },
  outputs: {
    scheduleArn: z.string().describe("ARN of the schedule."),
  },
  example: {
    name: "account-security-review",
    accountId: "111122223333",
    region: "eu-central-1",
    schedule: "cron(0 7 1 * ? *)",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
    topicKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:account-events-dead-letters",
    subject: "Security review of shop",
    checklist: ["Read the report of open findings.", "Read the exceptions that expire this month."],
  },
  build(scope, input) {
    const reminder = schedule(scope, input, {
      description: "Reminds of a regular review",
      target: `arn:${partition(scope)}:scheduler:::aws-sdk:sns:publish`,
      input: jsonencode({
        TopicArn: input.topicArn,
        Subject: input.subject,
        Message: hcl<string>`join("\\n", [for i, point in ${input.checklist} : "\${i + 1}. \${point}"])`,
      }),
      statements: publishing(input),
    });
    return { scheduleArn: reminder.arn };
  },
});
