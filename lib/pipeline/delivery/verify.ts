/** Compares custody.json with the plan, the tree, the state and the tools at hand. */
import { z } from "zod";
import type { StateVersion } from "../../terraform";
import { type Custody, planKey } from "./custody";

/** Facts that need no run of Terraform. */
export interface Surroundings {
  /** Folder of the root that is to be applied, below the tree. */
  readonly root: string;
  /** HEAD. */
  readonly commit: string;
  /** Changes in the working tree that HEAD does not have. */
  readonly uncommitted: readonly string[];
  readonly treeSha256: string;
  readonly terraform: string;
  /** Bucket of the root's plans. */
  readonly plansBucket: string;
  readonly now: Date;
  readonly maxAgeHours: number;
}

/** The file has another digest than the plan job reported. */
export function digestProblems(pair: Pair): string[] {
  return differs("custody.json", "SHA-256", pair, "it was changed after its upload: find out by whom");
}

/** One line for each mismatch. A plan with a mismatch may not be applied. */
export function mismatches(custody: Custody, here: Surroundings): string[] {
  return [
    ...differs("root", "", { allowed: custody.root, got: here.root }, "apply the root that was planned"),
    ...differs("commit", "", { allowed: custody.commit, got: here.commit }, "check out the commit that was planned"),
    ...here.uncommitted.map((change) => `working tree: got "${change}"; allowed: what HEAD holds; undo or commit it`),
    ...differs(
      "tree",
      "SHA-256 of the root's files",
      { allowed: custody.treeSha256, got: here.treeSha256 },
      "run `git status --ignored` to find files that are not in the commit",
    ),
    ...differs(
      "Terraform",
      "version",
      { allowed: custody.terraform, got: here.terraform },
      "install the version that made the plan",
    ),
    ...placeProblems(custody, here.plansBucket),
    ...ageProblems(custody, here),
  ];
}

/** @param got SHA-256 of the bytes from the bucket */
export function planProblems(custody: Custody, got: string): string[] {
  const todo = `${place(custody)} was changed after its upload: find out by whom`;
  return differs("plan", "SHA-256", { allowed: custody.planSha256, got }, todo);
}

/** Mismatches that need Terraform: the state of the root, and the providers that it was initialized with. */
export function initializationProblems(
  custody: Custody,
  state: StateVersion,
  providers: Readonly<Record<string, string>>,
): string[] {
  const sources = [...new Set([...Object.keys(custody.providers), ...Object.keys(providers)])].sort();
  return [
    ...differs(
      "state",
      "lineage",
      { allowed: String(custody.state.lineage), got: String(state.lineage) },
      "the root has another state than at the time of the plan",
    ),
    ...differs(
      "state",
      "serial",
      { allowed: String(custody.state.serial), got: String(state.serial) },
      "something was applied after the plan",
    ),
    ...sources.flatMap((source) =>
      differs(
        `provider ${source}`,
        "version",
        { allowed: custody.providers[source] ?? "none", got: providers[source] ?? "none" },
        "the lock file selects another version",
      ),
    ),
  ];
}

/** Compares the inputs of the plan with the values at hand. Digests say which value changed, and show none. */
export function inputProblems({ inputs = {} }: Custody, now: Readonly<Record<string, string>>): string[] {
  const names = [...new Set([...Object.keys(inputs), ...Object.keys(now)])].sort();
  return names.flatMap((name) =>
    differs(
      `input ${name}`,
      "SHA-256",
      { allowed: inputs[name] ?? "none", got: now[name] ?? "none" },
      "give the value of the plan",
    ),
  );
}

/** Compares the last apply and the commits to approve with the present records and history. */
export function approvalProblems(custody: Custody, now: Pick<Custody, "lastApply" | "commits">): string[] {
  const record = ({ lastApply }: Pick<Custody, "lastApply">) => lastApply?.record ?? "none";
  const commits = ({ commits }: Pick<Custody, "commits">) => commits.join(", ") || "none";
  return [
    ...differs(
      "last apply",
      "record",
      { allowed: record(custody), got: record(now) },
      "something was applied after the plan",
    ),
    ...differs(
      "commits to approve",
      "",
      { allowed: commits(custody), got: commits(now) },
      "the plan was approved for other commits",
    ),
  ];
}

const SIGNED = z.object({
  root: z.string(),
  commit: z.string(),
  signOffs: z.array(z.object({ environment: z.string() })).default([]),
});

/** @param approval content of the file that `groundplan approval` wrote @param needed environments that sign off the root */
export function signOffProblems(
  { root, commit }: Pick<Custody, "root" | "commit">,
  approval: unknown,
  needed: readonly string[],
): string[] {
  const { data } = SIGNED.safeParse(approval);
  const signed =
    data?.root === root && data.commit === commit ? data.signOffs.map(({ environment }) => environment) : [];
  return needed
    .filter((one) => !signed.includes(one))
    .map((one) => `sign-off of ${one}: got none for ${root} at ${commit}; allowed: one in the record of the approval`);
}

interface Pair {
  readonly allowed: string;
  readonly got: string;
}

function differs(what: string, unit: string, { got, allowed }: Pair, todo: string): string[] {
  if (got === allowed) return [];
  const name = unit === "" ? "" : `${unit} `;
  return [`${what}: got ${name}${got}; allowed: ${allowed}; ${todo}, or plan again`];
}

function placeProblems(custody: Custody, plansBucket: string): string[] {
  if (custody.object === undefined) {
    return [
      "plan: got no object; allowed: one in the plans bucket; run `groundplan custody put` in the job that made the plan",
    ];
  }
  const allowed = `s3://${plansBucket}/${planKey(custody)}`;
  return differs(
    "plan",
    "",
    { allowed, got: place(custody) },
    "only a plan from this place is applied; upload it there",
  );
}

function place({ object }: Custody): string {
  return object === undefined ? "nowhere" : `s3://${object.bucket}/${object.key}`;
}

const HOUR_MS = 60 * 60 * 1000;
/** Tolerated difference between the clocks of two machines. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

function ageProblems({ plannedAt }: Custody, { now, maxAgeHours }: Surroundings): string[] {
  const age = now.getTime() - Date.parse(plannedAt);
  if (age < -CLOCK_SKEW_MS) {
    return [
      `age: got a plan of ${plannedAt}; allowed: one from before ${now.toISOString()}; set the clock, or plan again`,
    ];
  }
  if (age <= maxAgeHours * HOUR_MS) return [];
  const hours = Math.floor(age / HOUR_MS);
  return [
    `age: got more than ${hours} hours, as it was planned at ${plannedAt}; allowed: at most ${maxAgeHours}; plan again`,
  ];
}
