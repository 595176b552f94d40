/** A state that Terraform could not push. No other place has it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PlansBucket } from "./plans-bucket";

export interface KeptState {
  /** Place of the encrypted copy; undefined if the bucket did not accept it. */
  readonly place: string | undefined;
  /** Instructions for a person. */
  readonly message: string;
}

/**
 * The file that Terraform leaves beside the configuration, relative to the working directory, since the runner of a pipeline
 * has other folders than a person. @param folder of the root
 */
export function erroredState(folder: string): string | undefined {
  const file = path.relative(process.cwd(), path.join(folder, "errored.tfstate"));
  return existsSync(file) ? file : undefined;
}

/** Uploads it to the bucket, too, since the runner of a pipeline is deleted after its job. The file stays. */
export async function keepErroredState(file: string, bucket: PlansBucket, key: string): Promise<KeptState> {
  const folder = path.dirname(file);
  const push = `terraform -chdir=${folder} init -reconfigure && terraform -chdir=${folder} state push errored.tfstate`;
  const message = `the state could not be pushed; it is in ${file}`;
  try {
    await bucket.put(key, readFileSync(file));
    const place = bucket.place(key);
    return {
      place,
      message: `${message}\n  and encrypted at ${place}\n  before anything else is applied: aws s3 cp ${place} ${file} && ${push}`,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      place: undefined,
      message: `${message}\n  and nowhere else: ${reason}\n  keep the file; before anything else is applied: ${push}`,
    };
  }
}
