/** Mutants of what checks an account: recorders, rules with corrections, Security Hub. */
import { type Mutant, ofModule, refused } from "./mutant";

const RECORDER = "resource.aws_config_configuration_recorder.this";
const REMEDIATION = "resource.aws_config_remediation_configuration.key_rotated";
const HUB = "resource.aws_securityhub_account.this";

/** A policy beside those of the module. */
function granting(Action: string, Resource: string) {
  const Statement = [{ Sid: "Extra", Effect: "Allow", Action, Resource }];
  const policy = JSON.stringify({ Version: "2012-10-17", Statement });
  return ["resource.aws_iam_role_policy", { extra: { name: "extra", role: "robot", policy } }] as const;
}

export const COMPLIANCE_MUTANTS: readonly Mutant[] = [
  ...ofModule("config-account", {
    "iam-actions-named": granting("logs:*", "arn:aws:logs:us-east-1:111111111111:log-group:shop:*"),
    "iam-resources-named": granting("logs:PutLogEvents", "*"),
    "iam-pass-role-narrow": granting("iam:PassRole", "arn:aws:iam::111111111111:role/shop-task"),
  }),
  ...ofModule("config-recorder", {
    "config-records-all-types": [
      `${RECORDER}.recording_group`,
      { all_supported: false, include_global_resource_types: false, resource_types: ["AWS::S3::Bucket"] },
    ],
    "config-recorder-started": ["resource.aws_config_configuration_recorder_status.this.is_enabled", false],
    "config-delivery-encrypted": ["resource.aws_config_delivery_channel.this.s3_kms_key_arn"],
  }),
  ...ofModule("config-rules", {
    "config-remediation-document": [`${REMEDIATION}.target_id`, "AWSConfigRemediation-DeleteIAMRole"],
    "config-remediation-role-bounded": [`${REMEDIATION}.parameter.0.name`, "Role"],
  }),
  ...ofModule("config-rules", {
    "config-remediation-limited": [`${REMEDIATION}.maximum_automatic_attempts`, 0],
  }).map(refused),
  ...ofModule("config-remediation-roles", {
    "config-remediation-role-bounded": ["resource.aws_iam_role.key_rotated.permissions_boundary"],
  }),
  ...ofModule("security-hub", {
    "securityhub-standards": [`${HUB}.enable_default_standards`, true],
    "securityhub-destroy-prevented": [`${HUB}.lifecycle`],
  }),
];
