/** What a project declares about the isolation of its production: `isolation` of main.ts. */
import { z } from "zod";
import { InputError } from "../../common/errors";
import { ACCOUNT_ID } from "../inputs/identifiers";

export interface Isolation {
  /** Accounts without an environment that are as trusted as production, by id, with the reason: logs, identities of people. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Ways out of production that people agreed to. */
  readonly crossings: readonly Crossing[];
  /** Types that share nothing but what their policies and texts name, with the reason. Default: those that Groundplan knows. */
  readonly confined?: Readonly<Record<string, string>> | undefined;
}

/** One place at which one text that names the other side may stand. */
export interface Crossing {
  /** Folder of the root: `environments/shop/prod`. */
  readonly root: string;
  /** Address of the resource. */
  readonly address: string;
  /** The text as in the report, with `…` for a part that only an apply shows: `arn:aws:iam::111122223333:role/reader`. */
  readonly names: string;
  readonly reason: string;
}

const TEXT = z.string().min(1, "allowed: text, at least 1 characters");
const ISOLATION = z.strictObject({
  trusted: z.record(ACCOUNT_ID, TEXT),
  crossings: z.array(z.strictObject({ root: TEXT, address: TEXT, names: TEXT, reason: TEXT })),
  confined: z
    .record(z.string().regex(/^[a-z0-9]+_[a-z0-9_]+$/, "allowed: a type such as aws_sfn_activity"), TEXT)
    .optional(),
});

/** @throws InputError with all problems at once */
export function checkedIsolation(value: unknown): Isolation {
  const { data, error } = ISOLATION.safeParse(value);
  if (data !== undefined) return data;
  throw new InputError(
    "main.ts",
    error.issues.map(({ path, message }) => `${["isolation", ...path.map(String)].join(".")}: ${message}`),
  );
}
