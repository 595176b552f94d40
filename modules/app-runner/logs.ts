/**
 * Retention and key of the logs. App Runner creates its log groups itself, with an id in their names that is known only after
 * the service exists: Terraform can neither create them first nor adopt them in the same apply. Schedules set both on each
 * group once an hour, so that they also hold for a group that somebody deletes and App Runner creates again.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/monitor-cwl.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
import type { ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import type { Construct } from "constructs";
import {
  type Expression,
  jsonencode,
  partition,
  policyDocument,
  type Resource,
  resource,
  serviceTrust,
  type Value,
} from "../../lib";

interface LogInputs {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
  readonly logKmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
}

/** @returns the log group of the container */
export function keepLogs(scope: Construct, service: Resource<ApprunnerService>, input: LogInputs): Value<string> {
  const group = resource(scope, SchedulerScheduleGroup, "logs", { name: `${input.name}-logs` });
  const { role, policy } = loggingRole(scope, input);
  const nameOf = (kind: "application" | "service") => `/aws/apprunner/${input.name}/${service.serviceId}/${kind}`;
  for (const kind of ["application", "service"] as const) {
    const logGroup = { LogGroupName: nameOf(kind) };
    const calls = {
      retention: {
        arn: "arn:aws:scheduler:::aws-sdk:cloudwatchlogs:putRetentionPolicy",
        input: jsonencode({ ...logGroup, RetentionInDays: input.logRetentionDays }),
      },
      key: {
        arn: "arn:aws:scheduler:::aws-sdk:cloudwatchlogs:associateKmsKey",
        input: jsonencode({ ...logGroup, KmsKeyId: input.logKmsKeyArn }),
      },
    };
    for (const [setting, call] of Object.entries(calls)) {
      resource(scope, SchedulerSchedule, `${kind}_${setting}`, {
        name: `${kind}-${setting}`,
        groupName: group.name,
        description: `Sets the ${setting} of the ${kind} log`,
        scheduleExpression: "rate(1 hour)",
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn: input.kmsKeyArn,
        target: {
          ...call,
          roleArn: role.arn,
          retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 1800 },
        },
        dependsOn: [policy],
      });
    }
  }
  return nameOf("application");
}

function loggingRole(scope: Construct, input: LogInputs) {
  const { name, accountId, region } = input;
  const role = resource(scope, IamRole, "logs", {
    name: `${name}-logs`,
    description: "Lets schedules set the retention and the key of the logs",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "logs_trust", "scheduler.amazonaws.com", accountId),
  });
  const policy = resource(scope, IamRolePolicy, "logs", {
    name: "log-settings",
    role: role.id,
    policy: policyDocument(scope, "logs_policy", [
      {
        Sid: "SetLogSettings",
        Effect: "Allow",
        Action: ["logs:AssociateKmsKey", "logs:PutRetentionPolicy"],
        Resource: `arn:${partition(scope)}:logs:${region}:${accountId}:log-group:/aws/apprunner/${name}/*`,
      },
      {
        Sid: "DecryptSchedules",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: input.kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `scheduler.${region}.amazonaws.com` } },
      },
    ]),
  });
  return { role, policy };
}
