/** Checks of an account: the recorder of AWS Config, the corrections of what its rules find, and Security Hub. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import type { HclValue } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { accompanied, all, allows, either, equals, given, judgeAt, keptFromDestruction, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { itemsAt, named } from "./values";

/**
 * Documents that set one protective setting. A document that deletes, that closes what clients use, or that writes a policy
 * is not among them: Terraform would undo it, or nobody could.
 * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-runbook-reference.html
 */
export const CORRECTING_DOCUMENTS = [
  "AWS-ConfigureS3BucketVersioning",
  "AWS-EnableS3BucketEncryption",
  "AWSConfigRemediation-CancelKeyDeletion",
  "AWSConfigRemediation-ConfigureLambdaFunctionXRayTracing",
  "AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock",
  "AWSConfigRemediation-ConfigureS3PublicAccessBlock",
  "AWSConfigRemediation-DisablePublicAccessToRDSInstance",
  "AWSConfigRemediation-DisableSubnetAutoAssignPublicIP",
  "AWSConfigRemediation-EnableCopyTagsToSnapshotOnRDSCluster",
  "AWSConfigRemediation-EnableKeyRotation",
  "AWSConfigRemediation-EnableMinorVersionUpgradeOnRDSDBInstance",
  "AWSConfigRemediation-EnableRDSClusterDeletionProtection",
  "AWSConfigRemediation-EnableRDSInstanceDeletionProtection",
  "AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules",
] as const;

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationConfiguration.html */
const MOST_ATTEMPTS = 25;
const LONGEST_WINDOW_SECONDS = 2_678_000;

/** The name that AWS requires for the role of an automatic correction. */
const ROLE_PARAMETER = "AutomationAssumeRole";

export const COMPLIANCE = [
  {
    id: "config-records-all-types",
    title: "A recorder of AWS Config records all types of resources, or all but named ones",
    why: "A list of recorded types lacks the types that AWS adds: no rule checks them, and their history is missing after an incident.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.1", "CC7.2"], cis: ["3.3"], fsbp: ["Config.1"] },
    allowed: "all_supported = true, which is the default, or use_only = EXCLUSION_BY_RESOURCE_TYPES",
    types: ["aws_config_configuration_recorder"],
    judge: either(
      equals("recording_group.all_supported", true, null),
      equals("recording_group.recording_strategy.use_only", "EXCLUSION_BY_RESOURCE_TYPES"),
    ),
  },
  {
    id: "config-recorder-started",
    title: "A recorder of AWS Config records",
    why: "A new recorder is stopped: nothing is recorded, and no rule and no control of Security Hub finds anything.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.1", "CC7.2"], cis: ["3.3"], fsbp: ["Config.1"] },
    allowed: "an aws_config_configuration_recorder_status with is_enabled = true",
    types: ["aws_config_configuration_recorder"],
    judge: accompanied("aws_config_configuration_recorder_status", "name", equals("is_enabled", true)),
  },
  {
    id: "config-delivery-encrypted",
    title: "AWS Config delivers the history of resources encrypted with a customer managed KMS key",
    why: "The history lists every resource with its settings. Without a customer managed key, the policies of the bucket alone control who reads it.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `s3_kms_key_arn with ${KEY_OF_ACCOUNT}`,
    types: ["aws_config_delivery_channel"],
    judge: keyOfAccount("s3_kms_key_arn"),
  },
  {
    id: "config-remediation-document",
    title: "AWS Config corrects only with documents that set a protective setting",
    why: "A correction runs without a review. A document that deletes loses data, and one that closes a port or writes a policy fights Terraform.",
    severity: "critical",
    controls: { soc2: ["A1.2", "CC7.4", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: `target_type = SSM_DOCUMENT and target_id of ${CORRECTING_DOCUMENTS.join(", ")}`,
    types: ["aws_config_remediation_configuration"],
    judge: all(equals("target_type", "SSM_DOCUMENT"), equals("target_id", ...CORRECTING_DOCUMENTS)),
  },
  {
    id: "config-remediation-limited",
    title: "A correction of AWS Config ends after some attempts",
    why: "A correction that another program undoes runs again and again, and nobody notices.",
    severity: "low",
    controls: { soc2: ["CC7.4"] },
    allowed: `maximum_automatic_attempts of 1 to ${MOST_ATTEMPTS}, and retry_attempt_seconds of 1 to ${LONGEST_WINDOW_SECONDS}`,
    types: ["aws_config_remediation_configuration"],
    judge: all(
      allows("maximum_automatic_attempts", within(MOST_ATTEMPTS)),
      allows("retry_attempt_seconds", within(LONGEST_WINDOW_SECONDS)),
    ),
  },
  {
    id: "config-remediation-role-bounded",
    title: "A correction of AWS Config has a role with a permissions boundary",
    why: "Without a role of its own, the correction has the permissions of whoever starts it. Without a boundary, a change of the document's policy gives it every permission.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(4)(ii)(B)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: `a parameter ${ROLE_PARAMETER} with a role of the root that has a permissions_boundary`,
    types: ["aws_config_remediation_configuration"],
    judge: boundedRole,
  },
  {
    id: "securityhub-standards",
    title: "Security Hub checks the standards that the root names, and no default standards",
    why: "The default standards are an outdated version of the CIS benchmark and the best practices, and to leave them replaces the hub: all findings and their history are lost.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(8)"], soc2: ["CC4.1", "CC7.1"], gdpr: ["32(1)(d)"], cis: ["4.16"] },
    allowed:
      "enable_default_standards = false and control_finding_generator = SECURITY_CONTROL, with an aws_securityhub_standards_subscription in the same module",
    types: ["aws_securityhub_account"],
    judge: all(
      equals("enable_default_standards", false),
      equals("control_finding_generator", "SECURITY_CONTROL"),
      ({ call }, root) =>
        root.of("aws_securityhub_standards_subscription").some((standard) => standard.call === call)
          ? HOLDS
          : broken("no aws_securityhub_standards_subscription in the module"),
    ),
  },
  {
    id: "securityhub-destroy-prevented",
    title: "Terraform refuses to destroy or replace a hub of Security Hub whose block is in the configuration",
    why: "AWS deletes all findings, their history and the membership of accounts with the hub.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC4.1", "CC7.2"], gdpr: ["32(1)(d)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_securityhub_account"],
    judge: keptFromDestruction,
  },
] as const satisfies readonly ResourceGuardrail[];

function within(most: number): (value: HclValue) => boolean {
  return (value) => typeof value === "number" && value >= 1 && value <= most;
}

function boundedRole(resource: ResourceInstance, root: RootConfiguration): Verdict {
  const parameters = itemsAt(resource.values, "parameter");
  const roles = parameters.flatMap((parameter) => {
    const isRole = judgeAt(parameter, "name", (name) => name === ROLE_PARAMETER).outcome === "holds";
    return isRole ? itemsAt(parameter, "static_value") : [];
  });
  if (roles.length === 0) return broken(`no parameter ${ROLE_PARAMETER}`);
  return worst(
    roles.map((role) => {
      const found = named(role, "aws_iam_role", root);
      if (found === undefined) return undecided(`${ROLE_PARAMETER} = ${show(role)}`);
      return given("permissions_boundary")(found, root);
    }),
  );
}
