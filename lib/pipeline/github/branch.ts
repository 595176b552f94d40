/** Requirements for changes to main: classic branch protection, rulesets, or both. */
import type { SettingProblem } from "./setting-problem";

/** The branch whose commits are applied. */
export const MAIN = "main";

/** Requirements of one branch protection or ruleset. */
export interface BranchRules {
  /** Name in messages: `branch protection`, `ruleset main`. */
  readonly name: string;
  /** Who may bypass the rules; undefined if the token cannot read it. */
  readonly bypass: readonly string[] | undefined;
  readonly pullRequest: boolean;
  readonly approvals: number;
  readonly codeOwners: boolean;
  readonly dismissesStale: boolean;
  /** Whether the most recent push needs an approval by another person. */
  readonly approvesLastPush: boolean;
  readonly checks: readonly string[];
  readonly noForcePush: boolean;
  readonly noDeletion: boolean;
  /** Maximum of pull requests that a merge queue merges by one push; undefined without a queue. */
  readonly mergedAtOnce: number | undefined;
}

export interface MainProtection {
  readonly rules: readonly BranchRules[];
  /** Why classic protection cannot be read. It may exist nevertheless. */
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
  { what: "required approvals", got: "0", allowed: "1 or more", isKept: (rules) => rules.approvals > 0 },
  {
    what: "review by code owners",
    got: "not required",
    allowed: "required",
    isKept: (rules) => rules.codeOwners && rules.approvals > 0,
  },
  {
    what: "stale approvals after a push",
    got: "kept",
    allowed: "dismissed",
    isKept: (rules) => rules.dismissesStale,
  },
  {
    what: "approval of the most recent push by another person",
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
  { what: "force pushes", got: "allowed", allowed: "blocked", isKept: (rules) => rules.noForcePush },
  { what: "deletion", got: "allowed", allowed: "blocked", isKept: (rules) => rules.noDeletion },
];

/**
 * Each requirement needs one set of rules that nobody may bypass. A merge queue may push only one pull request at a time, so that
 * each of them has its own plan and apply.
 */
export function branchProblems({ rules, unreadable }: MainProtection): SettingProblem[] {
  const missing = REQUIREMENTS.filter((one) => !rules.some(one.isKept));
  const place = `branch ${MAIN}`;
  const isNeeded = (own: BranchRules) =>
    REQUIREMENTS.some(
      (one) => one.isKept(own) && !rules.some((other) => other.bypass?.length === 0 && one.isKept(other)),
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
              place: `${place}: pull requests per push of the merge queue`,
              got: String(mergedAtOnce),
              allowed: "1",
            },
          ],
    ),
    ...rules.filter(isNeeded).flatMap(({ name, bypass }): SettingProblem[] => {
      if (bypass === undefined) return [{ place: `${place}: bypass of ${name}`, unreadable: HIDDEN }];
      if (bypass.length === 0) return [];
      return [{ place: `${place}: bypass of ${name}`, got: bypass.join(", "), allowed: "nobody" }];
    }),
  ];
}

const HIDDEN = "GitHub returns it only to a token with read access to the repository's administration";

/** Whether a change to a file with code owners needs the review of one of them. */
export function asksCodeOwners({ rules }: MainProtection): boolean {
  return rules.some(({ codeOwners, approvals }) => codeOwners && approvals > 0);
}
