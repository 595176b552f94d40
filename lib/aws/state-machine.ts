/** A state machine with a role for its calls, an encrypted log and an alarm on failures; and one that runs at fixed times. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import { jsonencode } from "../generator/expression/expression";
import { LOG_RETENTION_DAYS } from "../generator/inputs/identifiers";
import { sizing } from "../generator/inputs/schema";
import { local, resource } from "../generator/module/resource";
import { deliveredLogs } from "./delivered-logs";
import { type PolicyStatement, policyDocument, serviceTrust } from "./policy";
import { type ScheduleInput, schedule } from "./schedule";

/** Input of a module that makes a state machine. */
export const EXECUTION_LOG_RETENTION = sizing(LOG_RETENTION_DAYS).describe("Retention of the log of the executions.");

interface MachineInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
  readonly arnPartition: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

interface Machine {
  /** What the machine does, for its role: "Reads findings and publishes them". */
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly PolicyStatement[];
  /** First words of the definition's comment, before the ARN of the role. */
  readonly comment: string;
  readonly states: object;
  readonly alarmDescription: string;
}

interface ScheduledMachine extends Machine {
  readonly scheduleDescription: string;
  /** Id of the statement that lets the schedule start the machine. */
  readonly startId: string;
}

export function scheduledStateMachine(
  scope: Construct,
  input: MachineInput & ScheduleInput,
  scheduled: ScheduledMachine,
) {
  const made = stateMachine(scope, input, scheduled);
  schedule(scope, input, {
    description: scheduled.scheduleDescription,
    target: made.machine.arn,
    input: jsonencode({}),
    statements: [
      { Sid: scheduled.startId, Effect: "Allow", Action: "states:StartExecution", Resource: made.machine.arn },
    ],
  });
  return made;
}

/** @returns the machine, and the role of its calls */
export function stateMachine(scope: Construct, input: MachineInput, machine: Machine) {
  const role = resource(scope, IamRole, "this", {
    name: input.name,
    description: machine.description,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "trust", "states.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "this", {
    name: machine.policyName,
    role: role.name,
    policy: policyDocument(scope, machine.policyName, [
      ...machine.statements,
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
            "kms:EncryptionContext:SourceArn": `arn:${input.arnPartition}:logs:${input.region}:${input.accountId}:*`,
          },
        },
      },
      { Sid: "DeliverLogs", Effect: "Allow", Action: [...LOG_DELIVERY], Resource: "*" },
    ]),
  });
  const log = deliveredLogs(
    scope,
    {
      arnPartition: input.arnPartition,
      group: `/aws/vendedlogs/states/${input.name}`,
      policy: `${input.name}-log`,
      region: input.region,
    },
    { ...input, logKmsKeyArn: input.kmsKeyArn },
  );
  const made = resource(scope, SfnStateMachine, "this", {
    name: input.name,
    roleArn: role.arn,
    definition: jsonencode(
      local(scope, "definition", {
        // Terraform has AWS validate a definition that it knows: the ARN keeps plans of a new state machine offline.
        Comment: `${machine.comment} ${role.arn}`,
        ...machine.states,
      }),
    ),
    encryptionConfiguration: {
      type: "CUSTOMER_MANAGED_KMS_KEY",
      kmsKeyId: input.kmsKeyArn,
      kmsDataKeyReusePeriodSeconds: 900,
    },
    // Input and output of a state can be personal data.
    loggingConfiguration: { level: "ALL", includeExecutionData: false, logDestination: `${log.group.arn}:*` },
    dependsOn: [policy, log.policy],
  });
  resource(scope, CloudwatchMetricAlarm, "this", {
    alarmName: `${input.name}-failed`,
    alarmDescription: machine.alarmDescription,
    namespace: "AWS/States",
    metricName: "ExecutionsFailed",
    dimensions: { StateMachineArn: made.arn },
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    alarmActions: [input.topicArn],
  });
  return { machine: made, role };
}

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
