import { COMPLIANCE } from "../../../../lib/judgement/guardrails/compliance";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const recorder = (values: Values) => resourceOf("aws_config_configuration_recorder", { name: "default", ...values });
const group = (values: Values) => recorder({ recording_group: [values] });
const status = (values: Values) =>
  resourceOf("aws_config_configuration_recorder_status", { name: "default", ...values });
const channel = (s3_kms_key_arn: HclValue) => resourceOf("aws_config_delivery_channel", { s3_kms_key_arn });
const remediation = (values: Values) =>
  resourceOf("aws_config_remediation_configuration", {
    target_type: "SSM_DOCUMENT",
    target_id: "AWSConfigRemediation-EnableKeyRotation",
    maximum_automatic_attempts: 3,
    retry_attempt_seconds: 60,
    ...values,
  });
const role = (values: Values) => resourceOf("aws_iam_role", values);
const ofRole = (static_value: HclValue) =>
  remediation({
    parameter: [
      { name: "KeyId", resource_value: "RESOURCE_ID" },
      { name: "AutomationAssumeRole", static_value },
    ],
  });
const roleArn = new Reference("module.call.aws_iam_role.this", "arn");
const boundary = { permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" };
const hub = (values: Values, lifecycle: Values = {}) =>
  resourceOf(
    "aws_securityhub_account",
    { enable_default_standards: false, control_finding_generator: "SECURITY_CONTROL", ...values },
    { lifecycle },
  );
const standard = (call = "call") =>
  resourceOf("aws_securityhub_standards_subscription", { standards_arn: unknown }, { call });

proveRows(COMPLIANCE, {
  "config-records-all-types": [
    ["holds for all types, which is the default", [recorder({}), group({ all_supported: true })], "holds", "holds"],
    [
      "holds for all types but named ones",
      [group({ all_supported: false, recording_strategy: [{ use_only: "EXCLUSION_BY_RESOURCE_TYPES" }] })],
      "holds",
    ],
    [
      "is broken by a list of recorded types",
      [group({ all_supported: false, resource_types: ["AWS::S3::Bucket"] })],
      "broken: recording_group.all_supported = false and recording_group.recording_strategy.use_only = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [group({ all_supported: unknown })],
      "unknown: recording_group.all_supported = (known after apply)",
    ],
  ],
  "config-recorder-started": [
    ["holds if it is started", [recorder({}), status({ is_enabled: true })], "holds"],
    ["is broken if it is stopped", [recorder({}), status({ is_enabled: false })], "broken: is_enabled = false"],
    [
      "is broken without a status",
      [recorder({})],
      "broken: no aws_config_configuration_recorder_status whose name names this resource",
    ],
  ],
  "config-delivery-encrypted": [
    ["holds with a key", [channel(new Reference("module.key.aws_kms_key.this", "arn"))], "holds"],
    ["is broken without one", [channel(null)], "broken: s3_kms_key_arn = null"],
  ],
  "config-remediation-document": [
    ["holds for a document that sets a protective setting", [remediation({})], "holds"],
    [
      "is broken by a document that deletes, and by one that closes ports that clients use",
      [
        remediation({ target_id: "AWSConfigRemediation-DeleteIAMUser" }),
        remediation({ target_id: "AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules" }),
        remediation({ target_id: "AWS-CloseSecurityGroup" }),
      ],
      'broken: target_id = "AWSConfigRemediation-DeleteIAMUser"',
      'broken: target_id = "AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules"',
      'broken: target_id = "AWS-CloseSecurityGroup"',
    ],
    [
      "is unknown if the document is known only after the apply",
      [remediation({ target_id: unknown })],
      "unknown: target_id = (known after apply)",
    ],
  ],
  "config-remediation-limited": [
    ["holds within the limits", [remediation({ maximum_automatic_attempts: 25 })], "holds"],
    [
      "is broken by other values",
      [remediation({ maximum_automatic_attempts: 26 }), remediation({ retry_attempt_seconds: 0 })],
      "broken: maximum_automatic_attempts = 26",
      "broken: retry_attempt_seconds = 0",
    ],
  ],
  "config-remediation-role-bounded": [
    ["holds for a role with a boundary", [ofRole(roleArn), role(boundary)], "holds"],
    ["is broken by a role without one", [ofRole(roleArn), role({})], "broken: permissions_boundary = null"],
    ["is broken without a role", [remediation({})], "broken: no parameter AutomationAssumeRole"],
    [
      "is unknown for a role that the root does not have",
      [ofRole("arn:aws:iam::111111111111:role/other")],
      'unknown: AutomationAssumeRole = "arn:aws:iam::111111111111:role/other"',
    ],
  ],
  "securityhub-standards": [
    ["holds with a standard in the module", [hub({}), standard()], "holds"],
    [
      "is broken by the default standards, which are the provider's default",
      [hub({ enable_default_standards: true }), standard()],
      "broken: enable_default_standards = true",
    ],
    [
      "is broken without a value for the default standards",
      [hub({ enable_default_standards: null }), standard()],
      "broken: enable_default_standards = null",
    ],
    [
      "is broken by findings for each standard",
      [hub({ control_finding_generator: "STANDARD_CONTROL" }), standard()],
      'broken: control_finding_generator = "STANDARD_CONTROL"',
    ],
    [
      "is broken if only another hub has standards",
      [hub({}), standard("other")],
      "broken: no aws_securityhub_standards_subscription in the module",
    ],
  ],
  "securityhub-destroy-prevented": [
    ["holds with prevent_destroy", [hub({}, { prevent_destroy: true })], "holds"],
    ["is broken without a lifecycle", [hub({})], "broken: lifecycle.prevent_destroy = null"],
  ],
});
