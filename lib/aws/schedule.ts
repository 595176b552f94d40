/** A call that EventBridge Scheduler makes at fixed times, with a role for this call alone. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import type { Value } from "../generator/expression/expression";
import { ACCOUNT_ID, arnOf, REGION, resourceName } from "../generator/inputs/identifiers";
import { sizing, text } from "../generator/inputs/schema";
import { resource } from "../generator/module/resource";
import { type PolicyStatement, policyDocument, serviceTrust } from "./policy";

/** Inputs of a module that makes a schedule. */
export const SCHEDULE_INPUTS = {
  name: resourceName(40).describe("Name of the schedule and its role."),
  accountId: ACCOUNT_ID.describe("Account of the schedule."),
  region: REGION.describe("Region of the schedule."),
  schedule: sizing(
    /** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
    text(
      /^cron\([\w*,/-]+ [\w*,/-]+ [\w?*,/-]+ [\w*,/-]+ [\w?*,/#-]+ [\w*,/-]+\)$/,
      "a cron expression of EventBridge Scheduler with six fields, such as cron(0 7 ? * MON *)",
      "0 7 * * 1",
    ),
  ).describe("Times in UTC."),
  kmsKeyArn: arnOf("kms").describe("Key that encrypts the schedule and the dead letters."),
  topicArn: arnOf("sns").describe("Topic that receives the message."),
  topicKeyArn: arnOf("kms").describe("Key of the topic."),
  deadLetterArn: arnOf("sqs").describe("Queue of calls that failed for a day, from the `event-dead-letters` module."),
  permissionsBoundaryArn: arnOf("iam")
    .nullable()
    .default(null)
    .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
};

export interface ScheduleInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly schedule: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly deadLetterArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

interface Call {
  readonly description: string;
  readonly target: Value<string>;
  readonly input: Expression<string>;
  readonly statements: readonly PolicyStatement[];
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role */
export function schedule(scope: Construct, input: ScheduleInput, call: Call) {
  const role = resource(scope, IamRole, "schedule", {
    name: `${input.name}-schedule`,
    description: call.description,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "schedule_trust", "scheduler.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "schedule", {
    name: "call",
    role: role.name,
    policy: policyDocument(scope, "schedule_call", [
      ...call.statements,
      { Sid: "SendDeadLetters", Effect: "Allow", Action: "sqs:SendMessage", Resource: input.deadLetterArn },
      {
        Sid: "UseKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: input.kmsKeyArn,
        Condition: {
          StringEquals: {
            "kms:ViaService": [`scheduler.${input.region}.amazonaws.com`, `sqs.${input.region}.amazonaws.com`],
          },
        },
      },
    ]),
  });
  return resource(scope, SchedulerSchedule, "this", {
    name: input.name,
    description: call.description,
    scheduleExpression: input.schedule,
    flexibleTimeWindow: { mode: "OFF" },
    kmsKeyArn: input.kmsKeyArn,
    target: {
      arn: call.target,
      roleArn: role.arn,
      input: call.input,
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: input.deadLetterArn },
    },
    dependsOn: [policy],
  });
}

/** Permissions to publish to an encrypted topic of the account. */
export function publishing({
  region,
  topicArn,
  topicKeyArn,
}: Readonly<Record<"region" | "topicArn" | "topicKeyArn", Expression<string>>>): PolicyStatement[] {
  return [
    { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
    {
      Sid: "UseKeyOfTopic",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: topicKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `sns.${region}.amazonaws.com` } },
    },
  ];
}
