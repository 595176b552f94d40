/** Calls of EventBridge. */
import { type Caller, type JsonService, signedCall } from "./signed-call";

const EVENTBRIDGE: JsonService = {
  prefix: "events",
  target: "AWSEvents",
  contentType: "application/x-amz-json-1.1",
  endpointVariable: "AWS_ENDPOINT_URL_EVENTBRIDGE",
};

/**
 * @param client whose credentials and region are used
 * @throws AwsError with the code of AWS; InputError if no region is set
 */
export function eventBridge(client: Caller, operation: string, what: string, input: object): Promise<unknown> {
  return signedCall(client, EVENTBRIDGE, operation, what, input);
}
