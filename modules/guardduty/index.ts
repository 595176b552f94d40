import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyDetectorFeature } from "@cdktf/provider-aws/lib/guardduty-detector-feature";
import { GuarddutyOrganizationConfiguration } from "@cdktf/provider-aws/lib/guardduty-organization-configuration";
import { GuarddutyOrganizationConfigurationFeature } from "@cdktf/provider-aws/lib/guardduty-organization-configuration-feature";
import { z } from "zod";
import { arnOf, condition, defineModule, jsonencode, resource, resourceIf, resourceName, set } from "../../lib";

/**
 * Protection plans without an agent and without network settings. A new detector enables most of them, so that each is
 * set.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
 */
const FEATURES = [
  "S3_DATA_EVENTS",
  "RDS_LOGIN_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "LAMBDA_NETWORK_LOGS",
] as const;

/** Low findings wait for a review; medium, high and critical ones notify people. */
const LEAST_SEVERITY = 4;

export const Guardduty = defineModule({
  name: "guardduty",
  description:
    "Threat detection in one region of an account (Amazon GuardDuty): CloudTrail, DNS and flow logs, and the chosen protection plans. A topic receives findings of medium severity and above. A region has one detector: call this once for each region in use, and not if the organization does it.",
  inputs: {
    name: resourceName(40).describe("Prefix of the rule's name."),
    features: set(z.enum(FEATURES))
      .default(["RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"])
      .describe("Enabled protection plans. Each has a separate price; the others are disabled."),
    organization: z
      .boolean()
      .default(false)
      .describe(
        "Whether the account is the delegated administrator of its organization in the region: all accounts become members with the same protection plans.",
      ),
    alertTopicArn: arnOf("sns").describe(
      "Topic of the region that receives the findings. Its policy has to allow `events.amazonaws.com`.",
    ),
  },
  outputs: {
    detectorId: z.string().describe("Id of the detector."),
  },
  example: { name: "account", alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts" },
  build(scope, input) {
    const detector = resource(scope, GuarddutyDetector, "this", {
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    const members = resourceIf(scope, GuarddutyOrganizationConfiguration, "this", input.organization, {
      detectorId: detector.id,
      autoEnableOrganizationMembers: "ALL",
    });
    for (const name of FEATURES) {
      const isEnabled = condition`contains(${input.features}, ${name})`;
      resource(scope, GuarddutyDetectorFeature, name.toLowerCase(), {
        detectorId: detector.id,
        name,
        status: isEnabled("ENABLED", "DISABLED"),
      });
      resourceIf(scope, GuarddutyOrganizationConfigurationFeature, name.toLowerCase(), input.organization, {
        detectorId: detector.id,
        name,
        autoEnable: isEnabled("ALL", "NONE"),
        dependsOn: [members],
      });
    }
    const rule = resource(scope, CloudwatchEventRule, "finding", {
      name: `${input.name}-guardduty-finding`,
      description: "GuardDuty found something of medium severity or above",
      eventPattern: jsonencode({
        source: ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        detail: { severity: [{ numeric: [">=", LEAST_SEVERITY] }] },
      }),
    });
    resource(scope, CloudwatchEventTarget, "finding", { rule: rule.name, arn: input.alertTopicArn });
    return { detectorId: detector.id };
  },
});
