/** States that copy a snapshot of RDS, and delete copies whatever happened before. */
import type { Value } from "../generator/expression/expression";

const RDS = "arn:aws:states:::aws-sdk:rds:";
const SECONDS = 60;
/** Four hours. Without a limit, a copy that hangs would keep its data for ever. */
const POLLS = 240;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export function rdsCall(action: string) {
  return { Type: "Task", Resource: `${RDS}${action}` } as const;
}

/** A state that fails leads to the clean-up, and the execution fails after it. */
export function cleanUpAfterFailure(cleanUp: string) {
  return { Catch: [{ ErrorEquals: ["States.ALL"], Assign: { failed: true }, Next: cleanUp }] };
}

interface Polling {
  /** Prefix of the names of the states: the first is `Await<name>`. */
  readonly name: string;
  readonly task: { readonly Type: "Task"; readonly Resource: string; readonly Arguments: object };
  /** JSONata condition on `$states.result`. */
  readonly isReady: string;
  /** Further variables of the result, for the states that follow. */
  readonly assign?: Readonly<Record<string, string>>;
  readonly next: string;
  readonly cleanUp: string;
}

/** States that call RDS every minute until its answer meets the condition. */
export function pollingStates({ name, task, isReady, assign = {}, next, cleanUp }: Polling) {
  const first = `Await${name}`;
  return {
    [first]: { Type: "Pass", Assign: { polls: 0 }, Next: `Pause${name}` },
    [`Pause${name}`]: { Type: "Wait", Seconds: SECONDS, Next: `Describe${name}` },
    [`Describe${name}`]: {
      ...task,
      Assign: { polls: "{% $polls + 1 %}", ready: `{% ${isReady} %}`, ...assign },
      ...cleanUpAfterFailure(cleanUp),
      Next: `Decide${name}`,
    },
    [`Decide${name}`]: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $ready %}", Next: next },
        { Condition: `{% $polls >= ${POLLS} %}`, Assign: { failed: true }, Next: cleanUp },
      ],
      Default: `Pause${name}`,
    },
  };
}

/** States that copy a snapshot and wait for the copy: the first is `CopySnapshot`. */
export function snapshotCopyStates(copy: {
  readonly source: Value<string>;
  readonly target: Value<string>;
  readonly kmsKeyArn: Value<string>;
  readonly next: string;
  readonly cleanUp: string;
}) {
  return {
    CopySnapshot: {
      ...rdsCall("copyDBSnapshot"),
      Arguments: {
        SourceDBSnapshotIdentifier: copy.source,
        TargetDBSnapshotIdentifier: copy.target,
        KmsKeyId: copy.kmsKeyArn,
        CopyTags: false,
      },
      ...cleanUpAfterFailure(copy.cleanUp),
      Next: "AwaitSnapshot",
    },
    ...pollingStates({
      name: "Snapshot",
      task: { ...rdsCall("describeDBSnapshots"), Arguments: { DbSnapshotIdentifier: copy.target } },
      isReady: '$states.result.DbSnapshots[0].Status = "available"',
      next: copy.next,
      cleanUp: copy.cleanUp,
    }),
  };
}

/** A state that deletes, and goes on if there is nothing to delete or the deletion is refused for an hour. */
export function deletionState(
  action: "deleteDBInstance" | "deleteDBSnapshot",
  args: Readonly<Record<string, Value<string> | boolean>>,
  next: string,
) {
  const missing = action === "deleteDBInstance" ? "Rds.DbInstanceNotFoundException" : "Rds.DbSnapshotNotFoundException";
  return {
    ...rdsCall(action),
    Arguments: args,
    Retry: [
      { ErrorEquals: [missing], MaxAttempts: 0 },
      { ErrorEquals: ["States.ALL"], IntervalSeconds: SECONDS, MaxAttempts: 60, BackoffRate: 1 },
    ],
    Catch: [
      { ErrorEquals: [missing], Next: next },
      { ErrorEquals: ["States.ALL"], Assign: { failed: true }, Next: next },
    ],
    Next: next,
  };
}

/** The last states: the execution fails if any state before did. The first is `Conclude`. */
export const CONCLUDING_STATES = {
  Conclude: { Type: "Choice", Choices: [{ Condition: "{% $failed %}", Next: "Failed" }], Default: "Succeeded" },
  Failed: { Type: "Fail", Error: "Failed", Cause: "Read the first failed state of the execution." },
  Succeeded: { Type: "Succeed" },
} as const;
