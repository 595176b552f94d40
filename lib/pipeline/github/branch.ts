/** What has to happen before a change reaches main: classic branch protection, rulesets, or both. */
import { type Gap, MAIN } from "./gap";

/** What one set of rules asks for. */
export interface BranchRules {
  /** What messages call it: `branch protection`, `ruleset main`. */
  readonly name: string;
  /** Who need not keep to it; undefined where GitHub does not tell. */
  readonly around: readonly string[] | undefined;
  readonly pullRequest: boolean;
  readonly approvals: number;
  readonly codeOwners: boolean;
  readonly dismissesStale: boolean;
  /** Whether who pushed last needs somebody else's approval. */
  readonly approvesLastPush: boolean;
  readonly checks: readonly string[];
  readonly noForcePush: boolean;
  readonly noDeletion: boolean;
  /** The most pull requests that a merge queue merges by one push; undefined where there is no queue. */
  readonly mergedAtOnce: number | undefined;
}

export interface MainProtection {
  readonly rules: readonly BranchRules[];
  /** Why classic protection is not among the rules, where it may be there all the same. */
  readonly unreadable?: string;
}

interface Requirement {
  readonly what: string;
  readonly got: string;
  readonly allowed: string;
  isKept(rules: BranchRules): boolean;
}

/** The status check that the workflow `ci` reports. */
export const CHECK = "ci";

const REQUIREMENTS: readonly Requirement[] = [
  { what: "pull request", got: "not required", allowed: "required", isKept: (rules) => rules.pullRequest },
  { what: "approvals", got: "0", allowed: "1 or more", isKept: (rules) => rules.approvals > 0 },
  {
    what: "review by code owners",
    got: "not required",
    allowed: "required",
    isKept: (rules) => rules.codeOwners && rules.approvals > 0,
  },
  {
    what: "approvals of what was pushed over",
    got: "kept",
    allowed: "dismissed",
    isKept: (rules) => rules.dismissesStale,
  },
  {
    what: "approval of the last push by somebody else",
    got: "not required",
    allowed: "required",
    isKept: (rules) => rules.approvesLastPush && rules.approvals > 0,
  },
  {
    what: `status check ${CHECK}`,
    got: "not required",
    allowed: "required",
    isKept: ({ checks }) => checks.includes(CHECK),
  },
  { what: "force pushes", got: "permitted", allowed: "none", isKept: (rules) => rules.noForcePush },
  { what: "deletion", got: "permitted", allowed: "none", isKept: (rules) => rules.noDeletion },
];

/**
 * A requirement that somebody may go around is none, unless other rules that nobody may go around ask for the same. A merge
 * queue pushes one pull request at a time, so that each has a plan and an apply of its own.
 */
export function branchGaps({ rules, unreadable }: MainProtection): Gap[] {
  const missing = REQUIREMENTS.filter((one) => !rules.some(one.isKept));
  const place = `branch ${MAIN}`;
  const isNeeded = (own: BranchRules) =>
    REQUIREMENTS.some(
      (one) => one.isKept(own) && !rules.some((other) => other.around?.length === 0 && one.isKept(other)),
    );
  return [
    ...(unreadable === undefined
      ? missing.map(({ what, got, allowed }) => ({ place: `${place}: ${what}`, got, allowed }))
      : missing.length === 0
        ? []
        : [{ place: `${place}: ${missing.map(({ what }) => what).join(", ")}`, unreadable }]),
    ...rules.flatMap(({ mergedAtOnce = 1 }) =>
      mergedAtOnce === 1
        ? []
        : [
            {
              place: `${place}: pull requests that the merge queue merges at once`,
              got: String(mergedAtOnce),
              allowed: "1",
            },
          ],
    ),
    ...rules.filter(isNeeded).flatMap(({ name, around }): Gap[] => {
      if (around === undefined) return [{ place: `${place}: who may go around ${name}`, unreadable: HIDDEN }];
      if (around.length === 0) return [];
      return [{ place: `${place}: who may go around ${name}`, got: around.join(", "), allowed: "nobody" }];
    }),
  ];
}

const HIDDEN = "GitHub shows it only to a token that may read the repository's administration";

/** Whether a change to what code owners answer for needs one of them. */
export function asksCodeOwners({ rules }: MainProtection): boolean {
  return rules.some(({ codeOwners, approvals }) => codeOwners && approvals > 0);
}
