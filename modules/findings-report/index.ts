import { z } from "zod";
import {
  defineModule,
  EXECUTION_LOG_RETENTION,
  partition,
  publishing,
  SCHEDULE_INPUTS,
  scheduledStateMachine,
} from "../../lib";
import { reportStates } from "./states";

export const FindingsReport = defineModule({
  name: "findings-report",
  description:
    "A regular report of open findings of Security Hub with severity high or critical, as a message to a topic. A state machine reads the findings and publishes them, so that there is no program to maintain. Security Hub has to be enabled.",
  inputs: { ...SCHEDULE_INPUTS, logRetentionDays: EXECUTION_LOG_RETENTION },
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
    const arnPartition = partition(scope);
    const { machine } = scheduledStateMachine(
      scope,
      { ...input, arnPartition },
      {
        description: "Reads findings and publishes them",
        policyName: "report",
        statements: [
          {
            Sid: "ReadFindings",
            Effect: "Allow",
            Action: "securityhub:GetFindings",
            Resource: `arn:${arnPartition}:securityhub:${input.region}:${input.accountId}:hub/default`,
          },
          ...publishing(input),
        ],
        comment: "Reports open findings as",
        states: reportStates(input.topicArn),
        alarmDescription: `The report of findings was not sent. Read the last execution of the state machine ${input.name}.`,
        scheduleDescription: "Starts the report of open findings",
        startId: "StartReport",
      },
    );
    return { stateMachineArn: machine.arn };
  },
});
