/** Whether enough people stand behind what an apply brings. */
import { distinct, isAmong, isSameLogin } from "./user";

/** The people behind a commit before somebody approves a run. */
export interface CommitPeople {
  readonly commit: string;
  /** Logins of the people who wrote a part of it; none where only programs did. */
  readonly writers: readonly string[];
  /** Logins of the people whose review of its pull request counts. A writer's does not. */
  readonly reviewers: readonly string[];
  /** Why there is no reviewer; undefined where there is one. */
  readonly unreviewed: string | undefined;
}

/**
 * Why a run may not be approved by this person: a commit needs somebody who did not write it, by a review or in the run, and
 * somebody besides the person who approves the run.
 * @returns one line for each commit that lacks one of them
 */
export function shortfalls(commits: readonly CommitPeople[], approver: string): string[] {
  return commits.flatMap(({ commit, writers, reviewers, unreviewed }) => {
    const others = reviewers.filter((one) => !isAmong(one, writers));
    const why = unreviewed === undefined ? "" : `: ${unreviewed}`;
    if (isAmong(approver, writers) && others.length === 0) {
      return [`commit ${commit}: ${approver} wrote it and approved the run, and nobody else's review counts${why}`];
    }
    if ([...writers, ...others].every((one) => isSameLogin(one, approver))) {
      return [
        `commit ${commit}: a program wrote it, and ${approver}, who approved the run, is the only person behind it${why}`,
      ];
    }
    return [];
  });
}

/** Who may approve in general. */
export interface Candidates {
  /** What they are, in the plural: `reviewers of the environment shop-prod`. */
  readonly what: string;
  /** How they approve: `by starting a new run`. */
  readonly how: string;
  readonly logins: readonly string[];
  /** Teams whose members GitHub does not tell. */
  readonly teams: readonly string[];
}

/** Which of them could approve these commits, in words. */
export function eligibleApprovers({ what, how, logins, teams }: Candidates, commits: readonly CommitPeople[]): string {
  const isEligible = (login: string) => shortfalls(commits, login).length === 0;
  const people = distinct(logins).filter(isEligible).sort();
  const involved = distinct(commits.flatMap(({ writers, reviewers }) => [...writers, ...reviewers]));
  const without = involved.filter((login) => !isEligible(login)).sort();
  const others = without.length === 0 ? "" : ` but ${without.join(", ")}`;
  const members = isEligible(OUTSIDER) ? teams.map((team) => `members of the team ${team}${others}`) : [];
  const eligible = [...people, ...members];
  if (eligible.length > 0) return `eligible approvers, ${how}: ${eligible.join("; ")}`;
  return `no eligible approver among the ${what}: got ${[...logins, ...teams].sort().join(", ") || "nobody"}; ${NEEDED}`;
}

const NEEDED = "allowed: a person who did not write those commits and is not the only one behind any of them";

/** No login: somebody who has nothing to do with the commits. */
const OUTSIDER = "";
