/** Applies a plan and writes a record of the result. */
import { Refusal } from "../../common/errors";
import { apply, Interrupted, type StateVersion, stateVersion, TerraformError, type Workplace } from "../../terraform";
import type { Custody } from "./custody";
import { erroredState, keepErroredState } from "./errored-state";
import type { PlansBucket } from "./plans-bucket";
import { type ApplyRecord, recordKey } from "./record";

/** Fields of the record that are known before the apply. */
interface Approved {
  readonly custody: Custody;
  /** SHA-256 of custody.json. */
  readonly digest: string;
  readonly approval: unknown;
  readonly before: StateVersion;
}

/**
 * @returns the place of the record
 * @throws TerraformError if the apply fails; Interrupted if a signal stopped it: both are recorded
 * @throws Refusal if the plan was applied, but its state or its record could not be saved
 */
export async function applyRecorded(
  workplace: Workplace,
  planFile: string,
  bucket: PlansBucket,
  { custody, digest, approval, before }: Approved,
): Promise<string> {
  const started = new Date();
  const failure = await failureOf(apply(workplace, planFile));
  const file = erroredState(workplace.folder);
  const kept =
    file === undefined ? undefined : await keepErroredState(file, bucket, recordKey("errored", custody, started));
  const record: ApplyRecord = {
    format: 1,
    custody,
    custodySha256: digest,
    approval,
    startedAt: started.toISOString(),
    endedAt: new Date().toISOString(),
    result: failure === undefined ? "applied" : failure instanceof Interrupted ? "interrupted" : "failed",
    serial: { before: before.serial, after: await serialOf(workplace) },
    erroredState: kept?.place ?? null,
  };
  const key = recordKey("applied", custody, started);
  const unwritten = await failureOf(bucket.put(key, `${JSON.stringify(record, null, 2)}\n`));
  if (failure === undefined && kept === undefined && unwritten === undefined) return bucket.place(key);
  const message = [
    ...(kept === undefined ? [] : [kept.message]),
    unwritten === undefined
      ? `its record is ${bucket.place(key)}`
      : `its record could not be written: ${textOf(unwritten)}\n${JSON.stringify(record)}`,
  ].join("\n");
  if (failure === undefined) throw new Refusal(`${workplace.name}: applied\n${message}`);
  if (failure instanceof TerraformError) throw new TerraformError(`${failure.message}\n${message}`);
  console.error(message);
  throw failure;
}

/** The error that the work ends with; undefined if it succeeds. */
function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function serialOf(workplace: Workplace): Promise<number | null> {
  try {
    return (await stateVersion(workplace)).serial;
  } catch {
    return null;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
