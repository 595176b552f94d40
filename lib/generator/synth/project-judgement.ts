/** The project's own judgements of resource types and of state backends. */
import { z } from "zod";
import { InputError } from "../../common/errors";

const REST = {
  /** Reason why a resource of the type, or a state in the backend, needs no approval of security. */
  reason: z.string().trim().min(1),
  /** Person or team that is responsible for the judgement. */
  owner: z.string().trim().min(1),
  /** Day of the judgement: `2026-11-29`. */
  day: z.iso.date(),
};

const JUDGEMENT = z.union([
  z.strictObject({ type: z.string().regex(/^[a-z0-9]+_[a-z0-9_]+$/), ...REST }),
  z.strictObject({ backend: z.string().regex(/^[a-z0-9]+$/), ...REST }),
  z.strictObject({ provider: z.string().regex(/^[a-z0-9-]+$/), ...REST }),
]);

/**
 * One type, such as `random_pet`, all types of a provider, by their first word: `random`, or a type of state backend, such as
 * `kubernetes`. `main.ts` exports the list as `judged`; its code owners review it.
 */
export type ProjectJudgement = Readonly<z.infer<typeof JUDGEMENT>>;

/** @param today as `2026-11-29` @throws InputError with all problems at once */
export function checkedJudgements(value: unknown, today: string): readonly ProjectJudgement[] {
  const { data, error } = z.array(JUDGEMENT).safeParse(value);
  if (data === undefined) {
    const problems = error.issues.map(({ path, message }) => `judged.${path.map(String).join(".")}: ${message}`);
    throw new InputError("main.ts", problems);
  }
  const future = data
    .filter(({ day }) => day > today)
    .map((one) => `judged: got day "${one.day}"; allowed: no later than ${today}`);
  if (future.length > 0) throw new InputError("main.ts", future);
  return data;
}
