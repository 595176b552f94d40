/** A state that Terraform could not push: what it has made is in no other place. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PlansBucket } from "./plans-bucket";

export interface KeptState {
  /** Where it is, encrypted; undefined where the bucket did not take it. */
  readonly place: string | undefined;
  /** What a person has to do. */
  readonly told: string;
}

/**
 * Where Terraform leaves it, beside the configuration: below the working directory, as the machine of a pipeline has other
 * folders than a person's. @param folder of the root
 */
export function erroredState(folder: string): string | undefined {
  const file = path.relative(process.cwd(), path.join(folder, "errored.tfstate"));
  return existsSync(file) ? file : undefined;
}

/** Keeps it in the bucket as well: the machine of a pipeline is gone after its job. The file stays. */
export async function keepErroredState(file: string, bucket: PlansBucket, key: string): Promise<KeptState> {
  const folder = path.dirname(file);
  const push = `terraform -chdir=${folder} init -reconfigure && terraform -chdir=${folder} state push errored.tfstate`;
  const told = `the state could not be pushed; it is in ${file}`;
  try {
    await bucket.put(key, readFileSync(file));
    const place = bucket.place(key);
    return {
      place,
      told: `${told}\n  and encrypted at ${place}\n  before anything else is applied: aws s3 cp ${place} ${file} && ${push}`,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      place: undefined,
      told: `${told}\n  and nowhere else: ${reason}\n  keep the file; before anything else is applied: ${push}`,
    };
  }
}
