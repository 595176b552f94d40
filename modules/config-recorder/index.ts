import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { z } from "zod";
import { arnOf, BUCKET_NAME, defineModule, resource, sizing } from "../../lib";

export const ConfigRecorder = defineModule({
  name: "config-recorder",
  description:
    "Records every change of every resource in one region of an account (AWS Config). A region has one recorder and one delivery channel: call this once for each region in use, and not if the organization does it.",
  inputs: {
    roleArn: arnOf("iam").describe("Service-linked role of AWS Config, from the `config-account` module."),
    bucketName: BUCKET_NAME.describe("Bucket from the `config-account` module. It can be in another region."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the delivered objects, in the region of the bucket."),
    globalResources: z
      .boolean()
      .default(false)
      .describe(
        "Whether IAM is recorded, too. Enable it in one region of the account, because each region charges it.",
      ),
    frequency: sizing(z.enum(["CONTINUOUS", "DAILY"]))
      .default("CONTINUOUS")
      .describe(
        "`DAILY` records one state per day for each changed resource, which is cheaper if resources change often.",
      ),
  },
  outputs: {
    recorderName: z.string().describe("Name of the recorder."),
  },
  example: {
    roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    bucketName: "shop-config",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    globalResources: true,
  },
  build(scope, input) {
    const recorder = resource(scope, ConfigConfigurationRecorder, "this", {
      name: "default",
      roleArn: input.roleArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: input.globalResources },
      recordingMode: { recordingFrequency: input.frequency },
    });
    /** A channel needs a recorder, and a recorder starts with a channel alone. */
    const channel = resource(scope, ConfigDeliveryChannel, "this", {
      name: "default",
      s3BucketName: input.bucketName,
      s3KmsKeyArn: input.kmsKeyArn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      dependsOn: [recorder],
    });
    resource(scope, ConfigConfigurationRecorderStatus, "this", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
    return { recorderName: recorder.name };
  },
});
