/** A state machine that runs at fixed times, with a role for its calls, a role that starts it, and an alarm on failures. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import { jsonencode } from "../generator/expression/expression";
import { local, resource } from "../generator/module/resource";
import { type PolicyStatement, policyDocument, serviceTrust } from "./policy";
import { type ScheduleInput, schedule } from "./schedule";

interface Machine {
  /** What the machine does, for its role: "Reads findings and publishes them". */
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly PolicyStatement[];
  /** First words of the definition's comment, before the ARN of the role. */
  readonly comment: string;
  readonly states: object;
  readonly alarmDescription: string;
  readonly scheduleDescription: string;
  /** Id of the statement that lets the schedule start the machine. */
  readonly startId: string;
}

export function scheduledStateMachine(
  scope: Construct,
  input: ScheduleInput & { readonly topicArn: Expression<string> },
  machine: Machine,
) {
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
    ]),
  });
  const stateMachine = resource(scope, SfnStateMachine, "this", {
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
    dependsOn: [policy],
  });
  resource(scope, CloudwatchMetricAlarm, "this", {
    alarmName: `${input.name}-failed`,
    alarmDescription: machine.alarmDescription,
    namespace: "AWS/States",
    metricName: "ExecutionsFailed",
    dimensions: { StateMachineArn: stateMachine.arn },
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    alarmActions: [input.topicArn],
  });
  schedule(scope, input, {
    description: machine.scheduleDescription,
    target: stateMachine.arn,
    input: jsonencode({}),
    statements: [
      { Sid: machine.startId, Effect: "Allow", Action: "states:StartExecution", Resource: stateMachine.arn },
    ],
  });
  return { machine: stateMachine, role };
}
