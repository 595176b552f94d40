import { SnsTopic } from "../../modules/sns-topic";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = { accountId: "111122223333", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" };

describePlan(
  "a topic",
  (root) => {
    new SnsTopic(root, "alerts", {
      ...base,
      name: "orders-alerts",
      publishers: ["ses.amazonaws.com", "events.amazonaws.com", "cloudwatch.amazonaws.com"],
      emails: ["b@example.com", "a@example.com"],
    });
    new SnsTopic(root, "quiet", { ...base, name: "quiet", publishers: ["cloudwatch.amazonaws.com"] });
    new SnsTopic(root, "events", { ...base, name: "events", publishers: ["events.amazonaws.com"] });
  },
  (plan) => {
    const statements = (name: string) => plan().statements(`module.${name}.aws_sns_topic_policy.this`);
    const publish = (name: string) => ({
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: arnOf(`module.${name}.aws_sns_topic.this`),
    });
    const fromAccount = { StringEquals: { "aws:SourceAccount": "111122223333" } };

    test("is encrypted with the given key", () => {
      expect(plan().values("module.alerts.aws_sns_topic.this")).toMatchObject({
        name: "orders-alerts",
        kms_master_key_id: base.kmsKeyArn,
      });
    });

    test("accepts messages of the named services of its account", () => {
      expect(statements("alerts").PublishByServices).toEqual({
        ...publish("alerts"),
        Principal: { Service: ["cloudwatch.amazonaws.com", "ses.amazonaws.com"] },
        Condition: fromAccount,
      });
      expect(Object.keys(statements("quiet"))).toEqual(["PublishByServices", "DenyPlainHttp"]);
    });

    /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions */
    test("has no account condition for EventBridge, which sends none", () => {
      expect(statements("alerts").PublishByEventBridge).toEqual({
        ...publish("alerts"),
        Principal: { Service: ["events.amazonaws.com"] },
      });
      expect(Object.keys(statements("events"))).toEqual(["PublishByEventBridge", "DenyPlainHttp"]);
    });

    test("refuses plain HTTP", () => {
      expect(statements("quiet").DenyPlainHttp).toEqual({
        ...publish("quiet"),
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    });

    test("has a subscription for each address, and none without addresses", () => {
      expect(plan().keys("module.alerts.aws_sns_topic_subscription.email")).toEqual(["a@example.com", "b@example.com"]);
      expect(plan().values('module.alerts.aws_sns_topic_subscription.email["a@example.com"]')).toMatchObject({
        protocol: "email",
        endpoint: "a@example.com",
        topic_arn: arnOf("module.alerts.aws_sns_topic.this"),
      });
      expect(plan().keys("module.quiet.aws_sns_topic_subscription.email")).toEqual([]);
    });
  },
);

test("the output with the topic waits until the services may publish", () => {
  expect(emitted(SnsTopic, "outputs.tf.json")).toMatchObject({
    output: { arn: { depends_on: ["aws_sns_topic_policy.this"] } },
  });
});
