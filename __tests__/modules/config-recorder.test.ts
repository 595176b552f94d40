import { ConfigRecorder } from "../../modules/config-recorder";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
  bucketName: "shop-config",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
} as const;

describePlan(
  "a recorder",
  (root) => {
    new ConfigRecorder(root, "home", { ...base, globalResources: true });
    new ConfigRecorder(root, "standby", { ...base, frequency: "DAILY" });
    new ConfigRecorder(root, "excluding", {
      ...base,
      globalResources: true,
      excludedTypes: ["AWS::Config::ResourceCompliance"],
      otherFrequencyTypes: ["AWS::EC2::NetworkInterface"],
    });
    new ConfigRecorder(root, "elsewhere", {
      ...base,
      frequency: "DAILY",
      excludedTypes: ["AWS::Config::ResourceCompliance"],
      otherFrequencyTypes: ["AWS::S3::Bucket"],
    });
  },
  (plan) => {
    test("records all resources in its region, and IAM if requested", () => {
      expect(plan().values("module.home.aws_config_configuration_recorder.this")).toMatchObject({
        role_arn: base.roleArn,
        recording_group: [{ all_supported: true, include_global_resource_types: true }],
        recording_mode: [{ recording_frequency: "CONTINUOUS" }],
      });
      expect(plan().values("module.standby.aws_config_configuration_recorder.this")).toMatchObject({
        recording_group: [{ all_supported: true, include_global_resource_types: false }],
        recording_mode: [{ recording_frequency: "DAILY" }],
      });
    });

    test("records all but the excluded types, among them IAM in all regions but one", () => {
      const group = (call: string) =>
        plan().values(`module.${call}.aws_config_configuration_recorder.this`).recording_group;
      const excluding = {
        all_supported: false,
        include_global_resource_types: false,
        recording_strategy: [{ use_only: "EXCLUSION_BY_RESOURCE_TYPES" }],
      };
      expect(group("excluding")).toMatchObject([
        { ...excluding, exclusion_by_resource_types: [{ resource_types: ["AWS::Config::ResourceCompliance"] }] },
      ]);
      expect(group("elsewhere")).toMatchObject([
        {
          ...excluding,
          exclusion_by_resource_types: [
            {
              resource_types: [
                "AWS::Config::ResourceCompliance",
                "AWS::IAM::Group",
                "AWS::IAM::Policy",
                "AWS::IAM::Role",
                "AWS::IAM::User",
              ],
            },
          ],
        },
      ]);
    });

    test("records the named types with the other frequency", () => {
      const mode = (call: string) =>
        plan().values(`module.${call}.aws_config_configuration_recorder.this`).recording_mode;
      expect(mode("excluding")).toMatchObject([
        {
          recording_frequency: "CONTINUOUS",
          recording_mode_override: [{ recording_frequency: "DAILY", resource_types: ["AWS::EC2::NetworkInterface"] }],
        },
      ]);
      expect(mode("elsewhere")).toMatchObject([
        {
          recording_frequency: "DAILY",
          recording_mode_override: [{ recording_frequency: "CONTINUOUS", resource_types: ["AWS::S3::Bucket"] }],
        },
      ]);
    });

    test("delivers encrypted to the bucket, and is enabled", () => {
      expect(plan().values("module.home.aws_config_delivery_channel.this")).toMatchObject({
        s3_bucket_name: "shop-config",
        s3_kms_key_arn: base.kmsKeyArn,
      });
      expect(plan().values("module.home.aws_config_configuration_recorder_status.this").is_enabled).toBe(true);
    });
  },
);

test("the channel follows the recorder, and the recorder starts after the channel", () => {
  expect(emitted(ConfigRecorder, "main.tf.json")).toMatchObject({
    resource: {
      aws_config_delivery_channel: { this: { depends_on: ["aws_config_configuration_recorder.this"] } },
      aws_config_configuration_recorder_status: { this: { depends_on: ["aws_config_delivery_channel.this"] } },
    },
  });
});
