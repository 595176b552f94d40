import { CloudwatchEventApiDestination } from "@cdktf/provider-aws/lib/cloudwatch-event-api-destination";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  hcl,
  jsonencode,
  policyDocument,
  resource,
  resourceName,
  serviceTrust,
  set,
  sizing,
  text,
} from "../../lib";

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"] as const;

export const FindingsExport = defineModule({
  name: "findings-export",
  description:
    "Sends findings of Security Hub to a tool outside of AWS, over HTTPS. The connection holds the credential of the tool. `groundplan findings-connection` makes it from a secret, because a connection of Terraform would have the credential in the state.",
  inputs: {
    name: resourceName(40).describe("Prefix of the names of the destination, the rule and the role."),
    accountId: ACCOUNT_ID.describe("Account whose findings are sent."),
    connectionArn: text(
      /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:connection\/[\w.-]{1,64}\/[0-9a-f-]+$/,
      "an ARN of an EventBridge connection",
      "arn:aws:events:eu-central-1:111122223333:rule/name",
    ).describe("Connection to the tool, as `groundplan findings-connection` prints it."),
    endpoint: text(
      /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w./~-]*)?$/,
      "an HTTPS URL without user, query and placeholders, because the state contains it",
      "https://tool.example.com/findings?key=secret",
    ).describe("URL that receives each finding as a POST request with JSON."),
    severities: set(z.enum(SEVERITIES))
      .min(1)
      .default(["CRITICAL", "HIGH", "MEDIUM"])
      .describe("Severities that are sent."),
    callsPerSecond: sizing(z.int().min(1).max(300))
      .default(10)
      .describe("Limit for the tool's sake. EventBridge delays findings above it."),
    deadLetterArn: arnOf("sqs").describe(
      "Queue of findings that the tool has not accepted within a day, from the `event-dead-letters` module.",
    ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    destinationArn: z.string().describe("ARN of the destination."),
  },
  example: {
    name: "account-findings",
    accountId: "111122223333",
    connectionArn: "arn:aws:events:eu-central-1:111122223333:connection/findings/1234abcd-12ab-34cd-56ef-1234567890ab",
    endpoint: "https://tool.example.com/v1/findings",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:account-events-dead-letters",
  },
  build(scope, input) {
    const destination = resource(scope, CloudwatchEventApiDestination, "this", {
      name: `${input.name}-export`,
      description: "Tool that receives findings of Security Hub",
      connectionArn: input.connectionArn,
      httpMethod: "POST",
      invocationEndpoint: input.endpoint,
      invocationRateLimitPerSecond: input.callsPerSecond,
    });
    const role = resource(scope, IamRole, "this", {
      name: `${input.name}-export`,
      description: "Sends findings to a tool outside of AWS",
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: serviceTrust(scope, "trust", "events.amazonaws.com", input.accountId),
    });
    const policy = resource(scope, IamRolePolicy, "this", {
      name: "call-tool",
      role: role.name,
      policy: policyDocument(scope, "call_tool", [
        { Sid: "CallTool", Effect: "Allow", Action: "events:InvokeApiDestination", Resource: destination.arn },
      ]),
    });
    const rule = resource(scope, CloudwatchEventRule, "this", {
      name: `${input.name}-exported`,
      description: "Findings of Security Hub for a tool outside of AWS",
      eventPattern: jsonencode({
        source: ["aws.securityhub"],
        "detail-type": ["Security Hub Findings - Imported"],
        detail: {
          findings: {
            AwsAccountId: [input.accountId],
            Severity: { Label: hcl<string[]>`sort(${input.severities})` },
          },
        },
      }),
    });
    resource(scope, CloudwatchEventTarget, "this", {
      rule: rule.name,
      arn: destination.arn,
      roleArn: role.arn,
      inputPath: "$.detail.findings[0]",
      // The longest time and the most attempts that EventBridge allows.
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: input.deadLetterArn },
      dependsOn: [policy],
    });
    return { destinationArn: destination.arn };
  },
});
