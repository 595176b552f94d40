import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, hcl, isSet, jsonencode, resource, resourceName } from "../../lib";

/** An event has one finding. @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
const FINDING = "$.detail.findings[0]";

const FIELDS = {
  account: `${FINDING}.AwsAccountId`,
  control: `${FINDING}.GeneratorId`,
  description: `${FINDING}.Description`,
  id: `${FINDING}.Id`,
  instructions: `${FINDING}.Remediation.Recommendation.Url`,
  product: `${FINDING}.ProductArn`,
  region: `${FINDING}.Region`,
  resource: `${FINDING}.Resources[0].Id`,
  severity: `${FINDING}.Severity.Label`,
  title: `${FINDING}.Title`,
} as const;

/**
 * Each line is a JSON string. EventBridge replaces a missing field by nothing.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
const MESSAGE = [
  "<severity> finding in account <account>, <region>: <title>",
  "<description>",
  "Resource: <resource>",
  "Control: <control>",
  "Instructions: <instructions>",
  "Each new check reports the finding again until somebody takes it:",
  "aws securityhub batch-update-findings --region <region> --workflow Status=NOTIFIED --finding-identifiers Id=<id>,ProductArn=<product>",
]
  .map((line) => `"${line}"`)
  .join("\n");

const NEW_FINDING = {
  RecordState: ["ACTIVE"],
  Severity: { Label: ["CRITICAL", "HIGH"] },
  Workflow: { Status: ["NEW"] },
};

export const FindingsAlerts = defineModule({
  name: "findings-alerts",
  description:
    "Alerts for findings of Security Hub with severity high or critical, as readable text, until somebody changes their workflow status. An account reports its own findings, or an administrator those of all its members, of all regions that Security Hub aggregates.",
  inputs: {
    name: resourceName(40).describe("Prefix of the rule's name."),
    accountId: ACCOUNT_ID.nullable().describe(
      "Account whose findings are reported; null for those of all accounts that the account receives. An administrator of Security Hub also receives its members' findings: give its own id if the members report theirs.",
    ),
    alertTopicArn: arnOf("sns").describe("Topic of the region. Its policy has to allow `events.amazonaws.com`."),
    deadLetterArn: arnOf("sqs").describe(
      "Queue of events that cannot be delivered, from the `event-dead-letters` module.",
    ),
  },
  outputs: {
    ruleName: z.string().describe("Name of the rule."),
  },
  example: {
    name: "account",
    accountId: "111122223333",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:account-events-dead-letters",
  },
  build(scope, input) {
    const rule = resource(scope, CloudwatchEventRule, "this", {
      name: `${input.name}-securityhub-finding`,
      description: "Security Hub has a new finding of severity high or critical",
      eventPattern: jsonencode({
        source: ["aws.securityhub"],
        "detail-type": ["Security Hub Findings - Imported"],
        detail: {
          findings: hcl<object>`merge(${NEW_FINDING}, ${isSet(input.accountId)((id): object | null => ({ AwsAccountId: [id] }), null)})`,
        },
      }),
    });
    resource(scope, CloudwatchEventTarget, "this", {
      rule: rule.name,
      arn: input.alertTopicArn,
      inputTransformer: { inputPaths: FIELDS, inputTemplate: MESSAGE },
      deadLetterConfig: { arn: input.deadLetterArn },
    });
    return { ruleName: rule.name };
  },
});
