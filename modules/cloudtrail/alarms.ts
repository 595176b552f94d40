/**
 * Alarms on the trail's log group, which receives the calls of all regions. EventBridge reports a call only in its own
 * region, and those of global services such as IAM only in us-east-1.
 */
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type Expression, resource } from "../../lib";

interface Alarms {
  readonly name: Expression<string>;
  readonly logGroupName: Expression<string>;
  readonly pipelineRolePrefix: Expression<string>;
  readonly alertTopicArn: Expression<string>;
}

const ROLE = "$.userIdentity.sessionContext.sessionIssuer.userName";
const FEDERATION = "$.userIdentity.sessionContext.webIdFederationData.federatedProvider";

/**
 * A change that neither the pipeline makes, whose plans are reviewed and recorded, nor a service of AWS with its own role.
 * A user's session has no issuer.
 */
function changedByHand(prefix: Expression<string>, what: string): string {
  const others = `((${ROLE} != "${prefix}-*") && (${ROLE} != "AWSServiceRole*"))`;
  return `{ ($.readOnly IS FALSE) && ((${ROLE} NOT EXISTS) || ${others}) && ${what} }`;
}

function anyOf(selector: string, values: readonly string[]): string {
  return `(${values.map((value) => `(${selector} = "${value}")`).join(" || ")})`;
}

/** Calls that stop or blind what records and reports. The pipeline's own are reported, too. */
const RECORDS = [
  "DeleteConfigurationRecorder",
  "DeleteDeliveryChannel",
  "DeleteDetector",
  "DeleteTrail",
  "PutEventSelectors",
  "StopConfigurationRecorder",
  "StopLogging",
  "UpdateDetector",
  "UpdateTrail",
] as const;

const KEYS = [
  "*Alias",
  "DeleteImportedKeyMaterial",
  "DisableKey*",
  "EnableKey*",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
] as const;

const NETWORK = ["*Gateway*", "*NetworkAcl*", "*Route*", "*SecurityGroup*", "*Vpc*"] as const;

/**
 * One metric and one alarm each. A filter has at most 1,024 characters.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const ALARMS: Readonly<
  Record<string, { readonly description: string; readonly pattern: (prefix: Expression<string>) => string }>
> = {
  "root-user": {
    description: "Somebody works as the root user of the account",
    pattern: () =>
      '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
  },
  "trail-changes": {
    description: "Somebody changes what records and detects in the account",
    pattern: () => `{ ${anyOf("$.eventName", RECORDS)} }`,
  },
  "iam-changes": {
    description: "IAM is changed outside of the pipeline",
    pattern: (prefix) => changedByHand(prefix, '($.eventSource = "iam.amazonaws.com")'),
  },
  "network-changes": {
    description: "The network is changed outside of the pipeline",
    pattern: (prefix) =>
      changedByHand(prefix, `($.eventSource = "ec2.amazonaws.com") && ${anyOf("$.eventName", NETWORK)}`),
  },
  "key-changes": {
    description: "A KMS key is changed outside of the pipeline",
    pattern: (prefix) =>
      changedByHand(prefix, `($.eventSource = "kms.amazonaws.com") && ${anyOf("$.eventName", KEYS)}`),
  },
  "database-changes": {
    description: "A database or its migration is changed outside of the pipeline",
    pattern: (prefix) =>
      changedByHand(
        prefix,
        anyOf("$.eventSource", ["rds.amazonaws.com", "dynamodb.amazonaws.com", "dms.amazonaws.com"]),
      ),
  },
  "pipeline-role-use": {
    description: "Somebody uses a role of the pipeline, or tries to, outside of GitHub's workflows",
    pattern: (prefix) =>
      `{ ((${ROLE} = "${prefix}-*") && (${FEDERATION} NOT EXISTS)) || ((${ROLE} = "${prefix}-*") && ${anyOf("$.eventName", ["ConsoleLogin", "GetSigninToken"])}) || (($.eventName = "AssumeRole") && ($.requestParameters.roleArn = "*:role/${prefix}-*")) }`,
  },
};

/** A metric of CloudTrail arrives within minutes, so that one period without a call ends the alarm. */
export function raiseAlarms(scope: Construct, input: Alarms): void {
  for (const [event, { description, pattern }] of Object.entries(ALARMS)) {
    const filter = resource(scope, CloudwatchLogMetricFilter, event.replaceAll("-", "_"), {
      name: event,
      logGroupName: input.logGroupName,
      pattern: pattern(input.pipelineRolePrefix),
      metricTransformation: { name: event, namespace: `${input.name}-trail`, value: "1", unit: "Count" },
    });
    resource(scope, CloudwatchMetricAlarm, event.replaceAll("-", "_"), {
      alarmName: `${input.name}-${event}`,
      alarmDescription: `${description}. Search the trail's log group for the calls of the last 15 minutes.`,
      namespace: `${input.name}-trail`,
      metricName: filter.metricTransformation.name,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [input.alertTopicArn],
    });
  }
}
