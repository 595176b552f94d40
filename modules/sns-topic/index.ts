import { SnsTopic as AwsSnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  EMAIL_ADDRESS,
  type Expression,
  hcl,
  local,
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
    "An encrypted topic to which only the named AWS services of the account can publish, over TLS. E-mail addresses and other endpoints can subscribe.",
  inputs: {
    name: resourceName(100).describe("Name of the topic."),
    accountId: ACCOUNT_ID.describe("Account whose services may publish."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the messages. Its policy has to allow the publishers."),
    publishers: set(
      text(/^[a-z.-]+\.amazonaws\.com$/, "a service principal such as events.amazonaws.com", "events"),
    ).describe("Service principals that may publish."),
    emails: set(EMAIL_ADDRESS).default([]).describe("Addresses that receive every message after they are confirmed."),
  },
  outputs: {
    arn: z.string().describe("ARN of the topic, available after the services may publish."),
  },
  example: {
    name: "shop-alerts",
    accountId: "111122223333",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
    emails: ["oncall@example.com"],
  },
  build(scope, input) {
    const topic = resource(scope, AwsSnsTopic, "this", { name: input.name, kmsMasterKeyId: input.kmsKeyArn });
    const policy = resource(scope, SnsTopicPolicy, "this", {
      arn: topic.arn,
      policy: policyDocument(scope, "policy", statements(scope, topic.arn, input)),
    });
    resourceForEach(scope, SnsTopicSubscription, "email", input.emails, (email) => ({
      topicArn: topic.arn,
      protocol: "email",
      endpoint: email,
    }));
    return { arn: readyAfter(topic.arn, policy) };
  },
});

interface Publishing {
  readonly accountId: Expression<string>;
  readonly publishers: Expression<string[]>;
}

/**
 * EventBridge does not send the account for which it publishes, so that a condition would refuse it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
function statements(scope: Construct, topicArn: Expression<string>, { accountId, publishers }: Publishing) {
  const publish = { Effect: "Allow", Action: "sns:Publish", Resource: topicArn };
  const byService = local<object[]>(scope, "publish_statements", [
    {
      ...publish,
      Sid: "PublishByServices",
      Principal: { Service: hcl<string[]>`[for name in sort(${publishers}) : name if name != ${EVENTBRIDGE}]` },
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      ...publish,
      Sid: "PublishByEventBridge",
      Principal: { Service: hcl<string[]>`[for name in ${publishers} : name if name == ${EVENTBRIDGE}]` },
    },
  ]);
  const overTls = local<object>(scope, "tls_statement", {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  return hcl`concat([for statement in ${byService} : statement if length(statement.Principal.Service) > 0], [${overTls}])`;
}

const EVENTBRIDGE = "events.amazonaws.com";
