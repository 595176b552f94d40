/** The four-eyes rule: two people for each commit that an apply includes. */
import { distinct, isAmong, isSameLogin } from "./user";

/** Writers and reviewers of a commit, without the approver of the run. */
export interface CommitPeople {
  readonly commit: string;
  /** Logins of the people who wrote a part of it; empty if only apps did. */
  readonly writers: readonly string[];
  /** Logins of the people with a valid approval of its pull request. Writers are not counted. */
  readonly reviewers: readonly string[];
  /** Why there is no reviewer; undefined if there is one. */
  readonly unreviewed: string | undefined;
}

/**
 * Why this person cannot approve a run. Each commit needs a person who did not write it, as reviewer or as approver of the run, and
 * a second person besides the approver.
 * @returns one line for each commit without these people
 */
export function shortfalls(commits: readonly CommitPeople[], approver: string): string[] {
  return commits.flatMap(({ commit, writers, reviewers, unreviewed }) => {
    const others = reviewers.filter((one) => !isAmong(one, writers));
    const why = unreviewed === undefined ? "" : `: ${unreviewed}`;
    if (isAmong(approver, writers) && others.length === 0) {
      return [
        `commit ${commit}: ${approver} wrote it and approved the run, and there is no valid review by another person${why}`,
      ];
    }
    if ([...writers, ...others].every((one) => isSameLogin(one, approver))) {
      return [
        `commit ${commit}: an app wrote it, and ${approver}, who approved the run, is the only person who has checked it${why}`,
      ];
    }
    return [];
  });
}

/** People who may approve, before the commits are taken into account. */
export interface Candidates {
  /** Noun in the plural for messages: `reviewers of the environment shop-prod`. */
  readonly what: string;
  /** How they approve: `by starting a new run`. */
  readonly how: string;
  readonly logins: readonly string[];
  /** Teams. The token cannot read their members. */
  readonly teams: readonly string[];
}

/** Line for messages with the candidates who could approve these commits. */
export function eligibleApprovers({ what, how, logins, teams }: Candidates, commits: readonly CommitPeople[]): string {
  const isEligible = (login: string) => shortfalls(commits, login).length === 0;
  const people = distinct(logins).filter(isEligible).sort();
  const involved = distinct(commits.flatMap(({ writers, reviewers }) => [...writers, ...reviewers]));
  const without = involved.filter((login) => !isEligible(login)).sort();
  const others = without.length === 0 ? "" : `, except ${without.join(", ")}`;
  const members = isEligible(OUTSIDER) ? teams.map((team) => `members of the team ${team}${others}`) : [];
  const eligible = [...people, ...members];
  if (eligible.length > 0) return `eligible approvers, ${how}: ${eligible.join("; ")}`;
  return `no eligible approver among the ${what}: got ${[...logins, ...teams].sort().join(", ") || "nobody"}; ${NEEDED}`;
}

const NEEDED =
  "allowed: a person who wrote none of these commits, and is not the only person who has checked one of them";

/** Not a login: stands for a person who is involved in none of the commits. */
const OUTSIDER = "";
