/** The states of an erasure and of a replay. Each can run again after a failure: what is deleted already is passed over. */
import { type Expression, hcl, taskState } from "../../lib";
import { awsCall, NOT_OPEN } from "./aws-call";
import { objectStates } from "./object-states";

/** Longer than the deletion of one user, or of all erased users of a restored database, takes. */
const TASK_SECONDS = 3600;
const RECORD = { request_id: { S: "{% $requestId %}" } } as const;

interface StatesInput {
  readonly topicArn: Expression<string>;
  readonly userPoolId: Expression<string>;
  readonly saltSecretArn: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskFamily: Expression<string>;
  readonly subnetIds: Expression<string[]>;
  readonly taskSecurityGroupId: Expression<string>;
  readonly eraseCommand: Expression<string[]>;
  readonly replayCommand: Expression<string[]>;
  readonly buckets: Expression<string[]>;
  readonly objectPrefix: Expression<string>;
  readonly ledgerRetentionDays: Expression<number>;
}

type Made = Readonly<Record<"ledger" | "replayRole", Expression<string>>>;

export function erasureStates(input: StatesInput, made: Made) {
  return {
    QueryLanguage: "JSONata",
    StartAt: "Decide",
    States: {
      Decide: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $states.input.replay = true %}", Next: "Replay" },
          {
            Condition: `{% ${isUuid("requestId")} and ${isUuid("userId")} %}`,
            Assign: { requestId: "{% $states.input.requestId %}", userId: "{% $states.input.userId %}" },
            Next: "HashUser",
          },
        ],
        Default: "Refused",
      },
      ...verificationStates(input, made),
      ...deletionStates(input),
      ...recordStates(input, made),
      Replay: {
        ...taskState({
          ...input,
          taskDefinition: input.taskFamily,
          roleArn: made.replayRole,
          command: input.replayCommand,
          environment: { LEDGER_TABLE: made.ledger, SALT_SECRET_ARN: input.saltSecretArn },
          timeoutSeconds: TASK_SECONDS,
        }),
        Next: "Done",
      },
      Refused: {
        Type: "Fail",
        Error: "Refused",
        Cause:
          "Allowed: replay with the value true; or requestId and userId, two UUIDs, with a request of this user in the ledger that is not erased yet.",
      },
      Done: { Type: "Succeed" },
    },
  };
}

/** A user id is a part of prefixes of objects, where a shorter one would match other users. */
function isUuid(field: "requestId" | "userId"): string {
  const value = `$states.input.${field}`;
  return `$type(${value}) = "string" and $contains(${value}, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)`;
}

/** The ledger has an open request of this user, whom the pool knows unless an earlier execution deleted it. */
function verificationStates(input: StatesInput, { ledger }: Made) {
  return {
    HashUser: {
      ...awsCall("aws-sdk:secretsmanager:getSecretValue", { SecretId: input.saltSecretArn }),
      Assign: { subject: '{% $hash($states.result.SecretString & ":" & $userId, "SHA-256") %}' },
      Next: "VerifyRequest",
    },
    VerifyRequest: {
      ...awsCall("dynamodb:updateItem", {
        TableName: ledger,
        Key: RECORD,
        UpdateExpression: "SET started_at = :now",
        ConditionExpression:
          "subject = :subject AND attribute_exists(requested_at) AND attribute_not_exists(erased_at)",
        ExpressionAttributeValues: { ":now": { S: "{% $now() %}" }, ":subject": { S: "{% $subject %}" } },
      }),
      Catch: [{ ErrorEquals: [NOT_OPEN], Next: "Refused" }],
      Next: "FindUser",
    },
    FindUser: {
      ...awsCall("aws-sdk:cognitoidentityprovider:listUsers", {
        UserPoolId: input.userPoolId,
        Filter: `{% 'sub = "' & $userId & '"' %}`,
      }),
      Assign: { username: '{% $count($states.result.Users) = 1 ? $states.result.Users[0].Username : "" %}' },
      Next: "DecideSignOut",
    },
  };
}

/** A disabled user makes no new data. The user stays in the pool until all data is deleted, because the pool has the key of the data. */
function deletionStates(input: StatesInput) {
  const user = { UserPoolId: input.userPoolId, Username: "{% $username %}" };
  return {
    DecideSignOut: ifInPool("DisableUser", "EraseFromDatabase"),
    DisableUser: { ...awsCall("aws-sdk:cognitoidentityprovider:adminDisableUser", user), Next: "SignOut" },
    SignOut: {
      ...awsCall("aws-sdk:cognitoidentityprovider:adminUserGlobalSignOut", user),
      Next: "EraseFromDatabase",
    },
    EraseFromDatabase: {
      ...taskState({
        ...input,
        taskDefinition: input.taskFamily,
        command: input.eraseCommand,
        environment: { USER_ID: "{% $userId %}" },
        timeoutSeconds: TASK_SECONDS,
      }),
      Next: "EraseObjects",
    },
    EraseObjects: { ...objectStates(input), Next: "DecideDeletion" },
    DecideDeletion: ifInPool("DeleteUser", "RecordErasure"),
    DeleteUser: { ...awsCall("aws-sdk:cognitoidentityprovider:adminDeleteUser", user), Next: "RecordErasure" },
  };
}

function ifInPool(next: string, otherwise: string) {
  return { Type: "Choice", Choices: [{ Condition: '{% $username != "" %}', Next: next }], Default: otherwise };
}

/** The record has no personal data: the hash can be computed only from the user id and the salt. */
function recordStates({ topicArn, buckets, ledgerRetentionDays }: StatesInput, { ledger }: Made) {
  return {
    RecordErasure: {
      ...awsCall("dynamodb:updateItem", {
        TableName: ledger,
        Key: RECORD,
        UpdateExpression: "SET erased_at = :now, systems = :systems, expires_at = :expires REMOVE started_at",
        ExpressionAttributeValues: {
          ":now": { S: "{% $now() %}" },
          ":systems": { SS: hcl<string[]>`concat(["cognito", "database"], sort(${buckets}))` },
          ":expires": {
            N: `{% $string($floor($millis() / 1000) + ${hcl<number>`${ledgerRetentionDays} * 86400`}) %}`,
          },
        },
      }),
      Next: "Notify",
    },
    Notify: {
      ...awsCall("sns:publish", {
        TopicArn: topicArn,
        Message: '{% "Erased the user of request " & $requestId & "." %}',
      }),
      Next: "Done",
    },
  };
}
