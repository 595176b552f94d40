/** Deny statements: the requests to a resource of the root that they refuse to everybody. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { Unknown } from "../hcl";
import type { CompanionJudge } from "./attributes";
import { isFalse } from "./conditions";
import { broken, HOLDS, undecided } from "./guardrail";
import type { KeyComparison, Statement } from "./policies";
import { concernsEverybody } from "./principals";
import { judgeStatements } from "./statements";
import { concernsResource } from "./targets";

/** The actions and resources that a statement has to cover. */
interface Scope {
  readonly actions: (statement: Statement) => boolean;
  /** `within` for contents of the resource, such as the objects of a bucket. */
  readonly parts: readonly ("own" | "within")[];
}

/** The policy of a resource denies everybody all actions of a scope without TLS. */
export function refusesPlainHttp(path: string, { actions, parts }: Scope): CompanionJudge {
  return ({ values }, root, resource) =>
    judgeStatements(values, path, (statements) => {
      const refusing = statements.filter(
        (statement) => deniesEverybody(statement) && actions(statement) && isPlainHttp(statement),
      );
      const answers = parts.map((part) => concernsAny(refusing, resource, root, part));
      const open = answers.find((answer) => answer instanceof Unknown);
      if (answers.includes(false)) return broken(`${path} has no statement that denies all requests without TLS`);
      return open === undefined ? HOLDS : undecided(`${path} denies requests without TLS on ${show(open)}`);
    });
}

export function deniesEverybody(statement: Statement): boolean {
  return statement.effect === "Deny" && concernsEverybody(statement);
}

function concernsAny(
  statements: readonly Statement[],
  resource: ResourceInstance,
  root: RootConfiguration,
  part: "own" | "within",
): boolean | Unknown {
  const answers = statements.map((statement) => concernsResource(statement, resource, root, part));
  return answers.includes(true) || (answers.find((answer) => answer instanceof Unknown) ?? false);
}

/** Any other condition would make the statement deny less. */
function isPlainHttp({ conditions, openConditions }: Statement): boolean {
  const [condition, ...others] = conditions;
  return condition !== undefined && others.length + openConditions.length === 0 && asksForTls(condition);
}

/** Every request has the key, so `IfExists` makes no difference. */
function asksForTls({ test, quantifier, key, values }: KeyComparison): boolean {
  const isSingle = test === "bool" && quantifier === undefined && key === "aws:securetransport";
  return isSingle && values.length > 0 && values.every(isFalse);
}
