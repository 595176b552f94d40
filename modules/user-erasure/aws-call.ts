/** A state that calls an AWS service, and repeats the call if it fails for a while. */
import type { Value } from "../../lib";

/** The request is not open, which no repetition changes. */
export const NOT_OPEN = "DynamoDB.ConditionalCheckFailedException";

/**
 * @param action such as `aws-sdk:s3:deleteObjects`
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function awsCall(action: string, args: Readonly<Record<string, Value<string> | number | object>>) {
  return {
    Type: "Task",
    Resource: `arn:aws:states:::${action}`,
    Arguments: args,
    Retry: [
      { ErrorEquals: [NOT_OPEN], MaxAttempts: 0 },
      { ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 3 },
    ],
  } as const;
}
