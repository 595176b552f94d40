/** Refusals by AWS, or by a check, while a service or its data is changed. */
import { InputError, Refusal } from "../../common/errors";

/** A refusal with a complete message. */
export class ServiceError extends Refusal {
  override readonly name = "ServiceError";
}

/** AWS refused a call. */
export class AwsError extends ServiceError {
  constructor(
    message: string,
    /** AWS's own name of the error, such as `DBInstanceNotFoundFault`. */
    readonly code: string,
  ) {
    super(message);
  }
}

/** Message of the SDK. */
const NO_REGION = "Region is missing";

/**
 * One call of AWS. The SDK repeats it if AWS throttles.
 * @param operation as IAM names it: `ecs:UpdateService`
 * @param what object of the call, as messages name it
 * @throws AwsError; InputError if no region is set
 */
export async function aws<T>(operation: string, what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.message === NO_REGION) {
      throw new InputError("AWS_REGION", ["got nothing; allowed: the region of the service, such as eu-central-1"]);
    }
    throw new AwsError(`${operation} of ${what} failed: ${error.name}: ${error.message}`, error.name);
  }
}
