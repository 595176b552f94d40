import { Kms } from "../../modules/kms";
import { describePlan } from "../support/planned";

const base = { accountId: "111122223333", region: "eu-central-1" };
const topics = "arn:aws:sns:eu-central-1:111122223333:*";

describePlan(
  "a key",
  (root) => {
    new Kms(root, "plain", { ...base, name: "orders-data", description: "Data" });
    new Kms(root, "logs", {
      ...base,
      name: "orders-logs",
      description: "Logs",
      services: ["logs", "log-delivery"],
      deletionWindowDays: 7,
    });
    new Kms(root, "alerts", {
      ...base,
      name: "orders-alerts",
      description: "Alerts",
      services: ["ses", "events", "cloudwatch", "rds-events"],
    });
  },
  (plan) => {
    test("rotates, and has a deletion window", () => {
      expect(plan().values("module.plain.aws_kms_key.this")).toMatchObject({
        description: "Data",
        enable_key_rotation: true,
        deletion_window_in_days: 30,
        key_usage: "ENCRYPT_DECRYPT",
      });
      expect(plan().values("module.logs.aws_kms_key.this").deletion_window_in_days).toBe(7);
    });

    test("has an alias with its name", () => {
      expect(plan().values("module.plain.aws_kms_alias.this")).toMatchObject({
        name: "alias/orders-data",
        target_key_id: expect.stringContaining("module.plain.aws_kms_key.this"),
      });
    });

    test("allows only IAM policies of its account and the named services", () => {
      expect(plan().statements("module.plain.aws_kms_key.this")).toEqual({
        AccountPolicies: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      });
    });

    test("allows CloudWatch Logs of its region to encrypt log groups of its account, and to deliver encrypted logs", () => {
      const { AccountPolicies, ...services } = plan().statements("module.logs.aws_kms_key.this");
      expect(services).toEqual({
        CloudWatchLogs: {
          Effect: "Allow",
          Principal: { Service: "logs.eu-central-1.amazonaws.com" },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111122223333:log-group:*" },
          },
        },
        LogDelivery: {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: { "kms:EncryptionContext:SourceArn": "arn:aws:logs:eu-central-1:111122223333:*" },
          },
        },
      });
    });

    test("allows each named service to publish to encrypted topics, in any order", () => {
      const { AccountPolicies, ...services } = plan().statements("module.alerts.aws_kms_key.this");
      expect(Object.keys(services)).toEqual(["CloudWatchAlarms", "EventBridge", "RdsEvents", "Ses"]);
      expect(services.CloudWatchAlarms).toMatchObject({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      });
    });

    /** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
    test("has no source condition for EventBridge, which sends none to an encrypted topic", () => {
      expect(plan().statements("module.alerts.aws_kms_key.this").EventBridge).toMatchObject({
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": topics } },
      });
      expect(JSON.stringify(plan().statements("module.alerts.aws_kms_key.this").EventBridge)).not.toContain(
        "aws:Source",
      );
    });
  },
);
