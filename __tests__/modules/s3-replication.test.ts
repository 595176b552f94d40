import { S3Replication } from "../../modules/s3-replication";
import { describePlan } from "../support/planned";
import { EVERYTHING, may } from "../support/policy";

const bucket = (region: string, name: string) => ({
  name,
  region,
  kmsKeyArn: `arn:aws:kms:${region}:111122223333:key/1`,
  topicArn: `arn:aws:sns:${region}:111122223333:shop-alerts`,
});
const source = bucket("eu-central-1", "shop-app");
const destination = bucket("eu-west-1", "shop-app-replica");

describePlan(
  "a replication of a bucket",
  (root) => {
    new S3Replication(
      root,
      "replication",
      { name: "shop-app-replica", sourceBucket: source, destinationBucket: destination },
      { providers: { "aws.destination": root.awsAlias("standby", "eu-west-1") } },
    );
  },
  (plan) => {
    test("encrypted objects are copied within 15 minutes, and their deletion is not", () => {
      expect(plan().values("module.replication.aws_s3_bucket_replication_configuration.this")).toMatchObject({
        bucket: "shop-app",
        rule: [
          {
            status: "Enabled",
            filter: [{ prefix: "" }],
            delete_marker_replication: [{ status: "Disabled" }],
            source_selection_criteria: [{ sse_kms_encrypted_objects: [{ status: "Enabled" }] }],
            destination: [
              {
                encryption_configuration: [{ replica_kms_key_id: destination.kmsKeyArn }],
                replication_time: [{ status: "Enabled", time: [{ minutes: 15 }] }],
                metrics: [{ status: "Enabled", event_threshold: [{ minutes: 15 }] }],
              },
            ],
          },
        ],
      });
    });

    test.each([
      ["failed", "OperationsFailedReplication", source],
      ["late", "ReplicationLatency", destination],
    ])("the alarm %s is in the region of its metric, and notifies the topic there", (name, metric, { topicArn }) => {
      expect(plan().values(`module.replication.aws_cloudwatch_metric_alarm.${name}`)).toMatchObject({
        metric_name: metric,
        dimensions: { DestinationBucket: "shop-app-replica", RuleId: "shop-app-replica" },
        alarm_actions: [topicArn],
      });
    });

    describe("the role", () => {
      const statements = () => Object.values(plan().statements("module.replication.aws_iam_role_policy.this"));
      const key = (action: string, { region, kmsKeyArn: resource }: typeof source, name: string) => ({
        action,
        resource,
        context: {
          "kms:ViaService": `s3.${region}.amazonaws.com`,
          "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${name}`,
        },
      });

      test.each([key("kms:Decrypt", source, source.name), key("kms:Encrypt", destination, destination.name)])(
        "uses the keys of both buckets: %j",
        (request) => {
          expect(may(statements(), [EVERYTHING], request)).toBe(true);
        },
      );

      test.each([
        key("kms:Decrypt", source, "another-bucket"),
        key("kms:Encrypt", source, source.name),
        { action: "s3:GetObject", resource: "arn:aws:s3:::shop-app-replica/index.html" },
        { action: "s3:ReplicateDelete", resource: "arn:aws:s3:::shop-app-replica/index.html" },
        { action: "s3:ReplicateObject", resource: "arn:aws:s3:::shop-app/index.html" },
      ])("may do nothing else: %j", (request) => {
        expect(may(statements(), [EVERYTHING], request)).toBe(false);
      });
    });
  },
);
