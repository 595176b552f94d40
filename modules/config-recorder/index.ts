import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  blockIf,
  condition,
  defineModule,
  hcl,
  readyAfter,
  resource,
  set,
  sizing,
  soleBlockIf,
  text,
} from "../../lib";

const RESOURCE_TYPE = text(/^AWS::[A-Za-z0-9]*::[A-Za-z0-9]+$/, "a resource type such as AWS::EC2::Subnet", "subnet");

/**
 * With exclusions, a recorder records IAM in each region unless its types are excluded as well.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ExclusionByResourceTypes.html
 */
const GLOBAL_TYPES = ["AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"] as const;

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
    excludedTypes: set(RESOURCE_TYPE)
      .default([])
      .describe(
        "Types that are not recorded, because they cost more than their history is worth. No rule and no control of Security Hub can check them. AWS adds new types to all others.",
      ),
    otherFrequencyTypes: set(RESOURCE_TYPE)
      .default([])
      .describe(
        "Types that are recorded with the other frequency: once a day if `frequency` is CONTINUOUS, such as network interfaces that live for minutes, and continuously if it is DAILY, such as types of rules with a correction.",
      ),
  },
  outputs: {
    recorderName: z.string().describe("Name of the recorder, available after it has started."),
  },
  rules: [
    {
      inputs: ["otherFrequencyTypes", "excludedTypes"],
      allowed: "types that are recorded",
      holds: ({ otherFrequencyTypes, excludedTypes }) =>
        otherFrequencyTypes.every((type) => !excludedTypes.includes(type)),
      condition: "length(setintersection(var.other_frequency_types, var.excluded_types)) == 0",
      counterexample: {
        otherFrequencyTypes: ["AWS::EC2::NetworkInterface"],
        excludedTypes: ["AWS::EC2::NetworkInterface"],
      },
    },
  ],
  example: {
    roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    bucketName: "shop-config",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    globalResources: true,
    excludedTypes: ["AWS::Config::ResourceCompliance"],
    otherFrequencyTypes: ["AWS::EC2::NetworkInterface"],
  },
  build(scope, input) {
    const excludes = condition`length(${input.excludedTypes}) > 0`;
    const recorder = resource(scope, ConfigConfigurationRecorder, "this", {
      name: "default",
      roleArn: input.roleArn,
      recordingGroup: {
        allSupported: excludes(false, true),
        includeGlobalResourceTypes: condition`${input.globalResources} && !${excludes}`,
        exclusionByResourceTypes: blockIf(excludes, {
          resourceTypes: hcl<
            string[]
          >`setunion(${input.excludedTypes}, ${input.globalResources} ? [] : ${GLOBAL_TYPES})`,
        }),
        recordingStrategy: blockIf(excludes, { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }),
      },
      recordingMode: {
        recordingFrequency: input.frequency,
        recordingModeOverride: soleBlockIf(condition`length(${input.otherFrequencyTypes}) > 0`, {
          resourceTypes: input.otherFrequencyTypes,
          recordingFrequency: hcl<string>`${input.frequency} == "DAILY" ? "CONTINUOUS" : "DAILY"`,
        }),
      },
    });
    /** A channel needs a recorder, and a recorder starts with a channel alone. */
    const channel = resource(scope, ConfigDeliveryChannel, "this", {
      name: "default",
      s3BucketName: input.bucketName,
      s3KmsKeyArn: input.kmsKeyArn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      dependsOn: [recorder],
    });
    const status = resource(scope, ConfigConfigurationRecorderStatus, "this", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
    return { recorderName: readyAfter(recorder.name, status) };
  },
});
