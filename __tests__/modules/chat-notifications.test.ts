import { ChatNotifications } from "../../modules/chat-notifications";
import { emitted } from "../lib/generator/support";
import { evaluated } from "../support/evaluated";

const topicArns = ["arn:aws:sns:eu-central-1:111122223333:alerts", "arn:aws:sns:us-east-1:111122223333:alerts"];

const planned = evaluated((root) => {
  new ChatNotifications(root, "chat", {
    name: "alerts",
    accountId: "111122223333",
    slackTeamId: "T07EA123LEP",
    slackChannelId: "C07EZ1ABC23",
    topicArns,
  });
});

test("the channel gets the notifications of the topics", () => {
  expect(planned.values("module.chat.aws_chatbot_slack_channel_configuration.this")).toMatchObject({
    slack_team_id: "T07EA123LEP",
    slack_channel_id: "C07EZ1ABC23",
    sns_topic_arns: topicArns,
    logging_level: "ERROR",
    user_authorization_required: true,
  });
});

test("commands of the channel read alarms and metrics, by the role and by the guardrail", () => {
  const policyArn = "${aws_iam_policy.this.arn}";
  expect(emitted(ChatNotifications, "main.tf.json")).toMatchObject({
    locals: {
      permissions: {
        Statement: [
          { Action: ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"] },
          { Action: ["cloudwatch:GetMetricStatistics", "cloudwatch:GetMetricWidgetImage"] },
        ],
      },
    },
    resource: {
      aws_iam_policy: { this: { policy: "${jsonencode(local.permissions)}" } },
      aws_iam_role_policy_attachment: { this: { policy_arn: policyArn } },
      aws_chatbot_slack_channel_configuration: { this: { guardrail_policy_arns: [policyArn] } },
    },
  });
});
