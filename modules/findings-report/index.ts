import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { z } from "zod";
import {
  defineModule,
  deliveredLogs,
  jsonencode,
  LOG_RETENTION_DAYS,
  local,
  partition,
  policyDocument,
  publishing,
  resource,
  SCHEDULE_INPUTS,
  schedule,
  serviceTrust,
  sizing,
} from "../../lib";
import { reportStates } from "./states";

export const FindingsReport = defineModule({
  name: "findings-report",
  description:
    "A regular report of open findings of Security Hub with severity high or critical, as a message to a topic. A state machine reads the findings and publishes them, so that there is no program to maintain. Security Hub has to be enabled.",
  inputs: {
    ...SCHEDULE_INPUTS,
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log of the executions."),
  },
  outputs: {
    stateMachineArn: z.string().describe("ARN of the state machine, for a report outside of the schedule."),
  },
  example: {
    name: "account-findings-report",
    accountId: "111122223333",
    region: "eu-central-1",
    schedule: "cron(0 7 ? * MON *)",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
    topicKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:account-events-dead-letters",
    logRetentionDays: 365,
  },
  build(scope, input) {
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: "Reads findings and publishes them",
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: serviceTrust(scope, "trust", "states.amazonaws.com", input.accountId),
    });
    const arnPartition = partition(scope);
    const policy = resource(scope, IamRolePolicy, "this", {
      name: "report",
      role: role.name,
      policy: policyDocument(scope, "report", [
        {
          Sid: "ReadFindings",
          Effect: "Allow",
          Action: "securityhub:GetFindings",
          Resource: `arn:${arnPartition}:securityhub:${input.region}:${input.accountId}:hub/default`,
        },
        ...publishing(input),
        {
          Sid: "UseKeyOfExecutions",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: input.kmsKeyArn,
          Condition: { StringEquals: { "kms:ViaService": `states.${input.region}.amazonaws.com` } },
        },
        {
          Sid: "EncryptLogs",
          Effect: "Allow",
          Action: "kms:GenerateDataKey",
          Resource: input.kmsKeyArn,
          Condition: {
            StringEquals: {
              "kms:EncryptionContext:SourceArn": `arn:${arnPartition}:logs:${input.region}:${input.accountId}:*`,
            },
          },
        },
        { Sid: "DeliverLogs", Effect: "Allow", Action: [...LOG_DELIVERY], Resource: "*" },
      ]),
    });
    const log = deliveredLogs(
      scope,
      {
        arnPartition,
        group: `/aws/vendedlogs/states/${input.name}`,
        policy: `${input.name}-log`,
        region: input.region,
      },
      { ...input, logKmsKeyArn: input.kmsKeyArn },
    );
    const machine = resource(scope, SfnStateMachine, "this", {
      name: input.name,
      roleArn: role.arn,
      definition: jsonencode(
        local(scope, "definition", {
          // Terraform has AWS validate a definition that it knows: the ARN keeps plans of a new state machine offline.
          Comment: `Reports open findings as ${role.arn}`,
          ...reportStates(input.topicArn),
        }),
      ),
      encryptionConfiguration: {
        type: "CUSTOMER_MANAGED_KMS_KEY",
        kmsKeyId: input.kmsKeyArn,
        kmsDataKeyReusePeriodSeconds: 900,
      },
      // Input and output of a state are findings, which the archive has.
      loggingConfiguration: { level: "ALL", includeExecutionData: false, logDestination: `${log.group.arn}:*` },
      dependsOn: [policy, log.policy],
    });
    resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: `${input.name}-failed`,
      alarmDescription: `The report of findings was not sent. Read the last execution of the state machine ${input.name}.`,
      namespace: "AWS/States",
      metricName: "ExecutionsFailed",
      dimensions: { StateMachineArn: machine.arn },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [input.topicArn],
    });
    schedule(scope, input, {
      description: "Starts the report of open findings",
      target: machine.arn,
      input: jsonencode({}),
      statements: [{ Sid: "StartReport", Effect: "Allow", Action: "states:StartExecution", Resource: machine.arn }],
    });
    return { stateMachineArn: machine.arn };
  },
});

/**
 * These actions have no resources.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
const LOG_DELIVERY = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
] as const;
