/** OIDC subjects with which a role trusts the workflows of GitHub repositories. */
import type { ResourceInstance } from "../configuration";
import { type HclValue, Unknown } from "../hcl";
import { comparedWith, endOf } from "./conditions";
import { broken, HOLDS, type Verdict } from "./guardrail";
import { daysBetween, LONGEST_LIFE_DAYS } from "./life";
import { type Statement, statementsOf } from "./policies";
import { type Answer, openAmong, wrongAmong } from "./statements";

const SUBJECT = "token.actions.githubusercontent.com:sub";

/**
 * Owner and repository as names, or as names with a numeric id each. GitHub sends no other form, and a name contains
 * neither `@` nor a wildcard. A wildcard in the rest would let in jobs of every branch, or of an environment that
 * anybody with push access creates.
 * @see https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
const REPOSITORY = /^repo:(?:[^*?/:@]+\/[^*?/:@]+|[^*?/:@]+@[1-9]\d*\/[^*?/:@]+@[1-9]\d*)(?=:[^*?]+$)/;

/**
 * The longest life of an exception from a critical guardrail: the change takes an apply, a setting in GitHub, and
 * another apply.
 */
export const LONGEST_CHANGE_DAYS = LONGEST_LIFE_DAYS.critical;

/** Every subject names its repository completely. */
export function namesRepository(statement: Statement): Answer {
  const subjects = comparedWith(statement, SUBJECT);
  return (
    wrongAmong(subjects, (subject) => typeof subject === "string" && repositoryIn(subject) === undefined) ??
    openAmong(subjects)
  );
}

/**
 * All subjects of a role name one repository in one form. Subjects of another form must expire soon.
 * @param today as `2026-11-22`
 */
export function trustsOneRepository({ values }: ResourceInstance, today: string): Verdict {
  const statements = statementsOf(values.assume_role_policy ?? null);
  if (statements instanceof Unknown) return HOLDS;
  const trusts = statements.filter(({ effect }) => effect !== "Deny").flatMap(trustsOf);
  const lasting = different(trusts.filter(({ end }) => end === undefined));
  if (lasting.length > 1) return broken(`assume_role_policy: ${lasting.join(" beside ")}`);
  if (different(trusts).length < 2) return HOLDS;
  const wrong = trusts.find(({ end }) => end !== undefined && !isSoon(end, today));
  return wrong === undefined ? HOLDS : broken(`assume_role_policy: ${wrong.repository} until ${wrong.end}`);
}

interface Trust {
  readonly repository: string;
  /** The time at which AWS stops trusting it; undefined if it has no end. */
  readonly end: string | undefined;
}

function trustsOf(statement: Statement): Trust[] {
  return comparedWith(statement, SUBJECT).flatMap((subject) => {
    const repository = repositoryIn(subject);
    return repository === undefined ? [] : [{ repository, end: endOf(statement) }];
  });
}

function repositoryIn(subject: HclValue): string | undefined {
  return typeof subject === "string" ? REPOSITORY.exec(subject)?.[0] : undefined;
}

function different(trusts: readonly Trust[]): string[] {
  return [...new Set(trusts.map(({ repository }) => repository))].sort();
}

/** A text that is not a time is not soon. */
function isSoon(end: string, today: string): boolean {
  const days = daysBetween(today, end.slice(0, 10));
  return days >= 0 && days <= LONGEST_CHANGE_DAYS;
}
