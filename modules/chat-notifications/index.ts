import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  partition,
  policyDocument,
  resource,
  resourceName,
  serviceTrust,
  set,
  text,
} from "../../lib";

export const ChatNotifications = defineModule({
  name: "chat-notifications",
  description:
    "Notifications of SNS topics in a Slack channel, by Amazon Q Developer in chat applications. A person authorizes the Slack workspace once for each account, in the console. Commands from the channel can only read alarms and metrics: one policy is both the permission of the role and the guardrail of the channel.",
  inputs: {
    name: resourceName(64).describe("Name of the configuration, of the role and of the policy."),
    accountId: ACCOUNT_ID.describe("Account of the topics."),
    slackTeamId: text(/^T[A-Z0-9]{8,15}$/, "the id of a Slack workspace such as T07EA123LEP", "shop").describe(
      "Slack workspace that the account is authorized for.",
    ),
    slackChannelId: text(/^[CG][A-Z0-9]{8,15}$/, "the id of a Slack channel such as C07EZ1ABC23", "#alerts").describe(
      "Channel that receives the notifications. A private channel has to invite the application.",
    ),
    topicArns: set(arnOf("sns")).min(1).describe("Topics of any region."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    arn: z.string().describe("ARN of the configuration."),
  },
  example: {
    name: "shop-alerts-in-slack",
    accountId: "111122223333",
    slackTeamId: "T07EA123LEP",
    slackChannelId: "C07EZ1ABC23",
    topicArns: ["arn:aws:sns:eu-central-1:111122223333:shop-alerts"],
  },
  build(scope, input) {
    const policy = resource(scope, IamPolicy, "this", {
      name: input.name,
      description: "What people in a Slack channel may read",
      policy: policyDocument(scope, "permissions", [
        {
          Sid: "ReadAlarms",
          Effect: "Allow",
          Action: ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"],
          Resource: `arn:${partition(scope)}:cloudwatch:*:${input.accountId}:alarm:*`,
        },
        // Metrics of alarms as numbers and pictures. The actions support no resources.
        {
          Sid: "ReadMetrics",
          Effect: "Allow",
          Action: ["cloudwatch:GetMetricStatistics", "cloudwatch:GetMetricWidgetImage"],
          Resource: "*",
        },
      ]),
    });
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: "Reads alarms and metrics for a Slack channel",
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: serviceTrust(scope, "trust", "chatbot.amazonaws.com", input.accountId),
    });
    const attachment = resource(scope, IamRolePolicyAttachment, "this", { role: role.name, policyArn: policy.arn });
    const channel = resource(scope, ChatbotSlackChannelConfiguration, "this", {
      configurationName: input.name,
      slackTeamId: input.slackTeamId,
      slackChannelId: input.slackChannelId,
      snsTopicArns: input.topicArns,
      iamRoleArn: role.arn,
      guardrailPolicyArns: [policy.arn],
      loggingLevel: "ERROR",
      userAuthorizationRequired: true,
      dependsOn: [attachment],
    });
    return { arn: channel.chatConfigurationArn };
  },
});
