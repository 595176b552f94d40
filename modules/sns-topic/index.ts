import { SnsTopic as AwsSnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  hcl,
  policyDocument,
  readyAfter,
  resource,
  resourceForEach,
  resourceName,
  set,
  text,
} from "../../lib";

export const SnsTopic = defineModule({
  name: "sns-topic",
  description:
    "An encrypted topic that only the named AWS services of the account publish to, over TLS, and that e-mail addresses and other receivers subscribe to.",
  inputs: {
    name: resourceName(100).describe("Name of the topic."),
    accountId: ACCOUNT_ID.describe("Account whose services may publish."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the messages; it has to admit the publishers."),
    publishers: set(
      text(/^[a-z.-]+\.amazonaws\.com$/, "a service principal such as events.amazonaws.com", "events"),
    ).describe("Service principals that may publish."),
    emails: set(text(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address", "nobody"))
      .default([])
      .describe("Addresses that get every message once they have confirmed."),
  },
  outputs: {
    arn: z.string().describe("ARN of the topic, known once the services may publish."),
  },
  example: {
    name: "orders-alerts",
    accountId: "111122223333",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
    emails: ["oncall@example.com"],
  },
  build(scope, input) {
    const topic = resource(scope, AwsSnsTopic, "this", { name: input.name, kmsMasterKeyId: input.kmsKeyArn });
    const policy = resource(scope, SnsTopicPolicy, "this", {
      arn: topic.arn,
      policy: policyDocument(scope, "policy", [
        {
          Sid: "PublishByServices",
          Effect: "Allow",
          Principal: { Service: hcl<string>`sort(${input.publishers})` },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { StringEquals: { "aws:SourceAccount": input.accountId } },
        },
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    resourceForEach(scope, SnsTopicSubscription, "email", input.emails, (email) => ({
      topicArn: topic.arn,
      protocol: "email",
      endpoint: email,
    }));
    return { arn: readyAfter(topic.arn, policy) };
  },
});
