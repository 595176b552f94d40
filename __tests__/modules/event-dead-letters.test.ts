import { EventDeadLetters } from "../../modules/event-dead-letters";
import { Kms } from "../../modules/kms";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const place = { accountId: "111122223333", region: "eu-west-1" };
const alertTopicArn = "arn:aws:sns:eu-west-1:111122223333:account-alerts";

describePlan(
  "dead letters of EventBridge",
  (root) => {
    const services = ["events-queues"] as const;
    const key = new Kms(root, "key", { ...place, name: "findings", description: "Findings", services: [...services] });
    new EventDeadLetters(root, "letters", { ...place, name: "account-events", kmsKeyArn: key.arn, alertTopicArn });
  },
  (plan) => {
    const queue = arnOf("module.letters.aws_sqs_queue.this");

    test("wait for the longest time, encrypted with the key", () => {
      expect(plan().values("module.letters.aws_sqs_queue.this")).toMatchObject({
        name: "account-events-dead-letters",
        kms_master_key_id: arnOf("module.key.aws_kms_key.this"),
        message_retention_seconds: 1_209_600,
      });
    });

    test("come from rules of the account, which may use the key for queues only", () => {
      expect(plan().statements("module.letters.aws_sqs_queue_policy.this")).toMatchObject({
        SendByRules: {
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue,
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/*" } },
        },
        DenyPlainHttp: { Effect: "Deny", Principal: "*" },
      });
      expect(plan().statements("module.key.aws_kms_key.this").EventBridgeQueues).toMatchObject({
        Principal: { Service: "events.amazonaws.com" },
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:sqs:arn": "arn:aws:sqs:eu-west-1:111122223333:*" },
        },
      });
    });

    test("raise an alarm from the first one on", () => {
      expect(plan().values("module.letters.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        namespace: "AWS/SQS",
        metric_name: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: "account-events-dead-letters" },
        threshold: 0,
        comparison_operator: "GreaterThanThreshold",
        alarm_actions: [alertTopicArn],
      });
    });
  },
);
