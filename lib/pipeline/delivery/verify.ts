/** Whether a plan is still the one that was made, for the tree, the state and the tools that are here. */
import type { StateVersion } from "../../terraform";
import { type Custody, planKey } from "./custody";

/** What can be known without running Terraform. */
export interface Surroundings {
  /** Folder of the root that is to be applied, below the tree. */
  readonly root: string;
  /** HEAD. */
  readonly commit: string;
  /** What the working tree has and HEAD does not. */
  readonly uncommitted: readonly string[];
  readonly treeSha256: string;
  readonly terraform: string;
  /** Bucket that the root's plans wait in. */
  readonly plansBucket: string;
  readonly now: Date;
  readonly maxAgeHours: number;
}

/** The file that was handed over is not the one whose digest was told. */
export function digestProblems(pair: Pair): string[] {
  return differs("custody.json", "SHA-256", pair, "it was changed after it was put: find out by whom");
}

/** One line for each thing that does not match; then the plan may not be applied. */
export function mismatches(custody: Custody, here: Surroundings): string[] {
  return [
    ...differs("root", "", { allowed: custody.root, got: here.root }, "apply the root that was planned"),
    ...differs("commit", "", { allowed: custody.commit, got: here.commit }, "check out the commit that was planned"),
    ...here.uncommitted.map((change) => `working tree: got "${change}"; allowed: what HEAD holds; undo or commit it`),
    ...differs(
      "tree",
      "SHA-256 of the root's files",
      { allowed: custody.treeSha256, got: here.treeSha256 },
      "run `git status --ignored` for what lies there besides the commit",
    ),
    ...differs(
      "Terraform",
      "version",
      { allowed: custody.terraform, got: here.terraform },
      "install the version that planned",
    ),
    ...placeProblems(custody, here.plansBucket),
    ...ageProblems(custody, here),
  ];
}

/** The bytes that came out of the bucket. */
export function planProblems(custody: Custody, got: string): string[] {
  const todo = `${place(custody)} was changed after it was put: find out by whom`;
  return differs("plan", "SHA-256", { allowed: custody.planSha256, got }, todo);
}

/** What only Terraform tells: the state that the root has now, and the providers that it was initialized with. */
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
      "the root has another state than it was planned for",
    ),
    ...differs(
      "state",
      "serial",
      { allowed: String(custody.state.serial), got: String(state.serial) },
      "something was applied since",
    ),
    ...sources.flatMap((source) =>
      differs(
        `provider ${source}`,
        "version",
        { allowed: custody.providers[source] ?? "none", got: providers[source] ?? "none" },
        "the lock file selects another one",
      ),
    ),
  ];
}

/** What was applied since, and the commits that have to be approved, as the records and Git have them now. */
export function approvalProblems(custody: Custody, now: Pick<Custody, "lastApply" | "commits">): string[] {
  const record = ({ lastApply }: Pick<Custody, "lastApply">) => lastApply?.record ?? "none";
  const commits = ({ commits }: Pick<Custody, "commits">) => commits.join(", ") || "none";
  return [
    ...differs("last apply", "record", { allowed: record(custody), got: record(now) }, "something was applied since"),
    ...differs("commits to approve", "", { allowed: commits(custody), got: commits(now) }, "others were approved"),
  ];
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
    return ["plan: got no object; allowed: one in the plans bucket; run `groundplan custody put` where it was made"];
  }
  const allowed = `s3://${plansBucket}/${planKey(custody)}`;
  return differs("plan", "", { allowed, got: place(custody) }, "a plan from elsewhere is not applied; put it there");
}

function place({ object }: Custody): string {
  return object === undefined ? "nowhere" : `s3://${object.bucket}/${object.key}`;
}

const HOUR_MS = 60 * 60 * 1000;
/** By how much the clocks of two machines may differ. */
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
