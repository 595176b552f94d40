/** Policy documents, IAM's and those of resources, taken apart into their statements. */
import { show } from "../configuration";
import { EncodedJson, isMapping, isUnknown, type Mapping, Unknown, type Value } from "../hcl";
import { type Judgement, worst } from "./attributes";
import { bindsCallers } from "./conditions";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { many, stemsFromNothing, valuesAt } from "./values";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  readonly sid: string;
  readonly effect: Value;
  readonly actions: readonly Value[];
  /** Everything but these is allowed. */
  readonly notActions: readonly Value[];
  readonly resources: readonly Value[];
  readonly notResources: readonly Value[];
  /** `*`, or the ids of every kind of principal: `ecs-tasks.amazonaws.com`. */
  readonly principals: readonly Value[];
  readonly notPrincipals: readonly Value[];
  /** `*`, or the ids by kind, as the document has them: `{ Service: "ecs-tasks.amazonaws.com" }`. */
  readonly principal: Value;
  readonly notPrincipal: Value;
  /** By operator, then by key: `{ StringEquals: { "aws:SourceAccount": "111111111111" } }`. */
  readonly conditions: Value;
}

/** JSON text as what it says, its unknown parts in their places. Unknown where nothing of it can be read; "" says nothing. */
export function documentOf(value: Value): Value {
  if (value instanceof EncodedJson) return value.value;
  if (typeof value !== "string") return value;
  if (value === "") return null;
  try {
    const document: Value = JSON.parse(value);
    return document;
  } catch {
    return new Unknown();
  }
}

/** The statements of a document; unknown where one can hide in what is not known. */
export function statementsOf(value: Value): readonly Statement[] | Unknown {
  const document = documentOf(value);
  if (isUnknown(document)) return document;
  const statements = isMapping(document) ? many(document.Statement) : [];
  return statements.find(isUnknown) ?? statements.filter(isMapping).map(statementOf);
}

function statementOf(statement: Mapping, position: number): Statement {
  return {
    sid: typeof statement.Sid === "string" ? statement.Sid : `statement ${position + 1}`,
    effect: statement.Effect ?? null,
    actions: many(statement.Action),
    notActions: many(statement.NotAction),
    resources: many(statement.Resource),
    notResources: many(statement.NotResource),
    principals: principalsOf(statement.Principal),
    notPrincipals: principalsOf(statement.NotPrincipal),
    principal: statement.Principal ?? null,
    notPrincipal: statement.NotPrincipal ?? null,
    conditions: statement.Condition ?? {},
  };
}

function principalsOf(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isMapping(value)) return Object.values(value).flatMap(many);
  return many(value);
}

/** What is wrong with a statement, or what has to be known first; nothing where it is as it should be. */
export type Answer = { readonly wrong: Value } | { readonly open: Value } | undefined;

/** Judges every statement that allows something; one whose effect is not known counts as such. */
export function eachAllowed(path: string, judge: (statement: Statement) => Answer): Judgement {
  return judgeStatements(path, (statements) =>
    worst(
      statements
        .filter(({ effect }) => effect !== "Deny")
        .map((statement) => verdictOf(`${path}, ${statement.sid}`, judge(statement))),
    ),
  );
}

function judgeStatements(path: string, judge: (statements: readonly Statement[]) => Verdict): Judgement {
  return ({ values }) =>
    worst(
      valuesAt(values, path).map((value) => {
        const statements = statementsOf(value);
        return statements instanceof Unknown ? undecided(`${path} = ${show(statements)}`) : judge(statements);
      }),
    );
}

function verdictOf(place: string, answer: Answer): Verdict {
  if (answer === undefined) return HOLDS;
  return "wrong" in answer ? broken(`${place}: ${show(answer.wrong)}`) : undecided(`${place}: ${show(answer.open)}`);
}

export function wrongAmong(values: readonly Value[], isWrong: (value: Value) => boolean): Answer {
  const wrong = values.find(isWrong);
  return wrong === undefined ? undefined : { wrong };
}

/** A reference is not open, as the resource that it belongs to is known. */
export function openAmong(values: readonly Value[]): Answer {
  const open = values.find(stemsFromNothing);
  return open === undefined ? undefined : { open };
}

/** What `closedToThePublic` allows. */
export const BOUND_PRINCIPALS =
  "principals by name, or a condition that binds them to accounts, organizations, VPCs or sources";

/** Nobody but named principals, or callers that a condition binds, may do anything. */
export function closedToThePublic(path: string): Judgement {
  return eachAllowed(path, openToTheWorld);
}

function openToTheWorld({ principals, notPrincipals, conditions }: Statement): Answer {
  if (bindsCallers(conditions)) return undefined;
  if (notPrincipals.length > 0) return { wrong: { NotPrincipal: notPrincipals } };
  if (principals.includes("*") && !isUnknown(conditions)) return { wrong: { Principal: "*" } };
  return openAmong([conditions, ...principals]);
}

/** A statement refuses whatever comes without TLS. `covers` tells whether it is about all of the resource. */
export function refusesPlainHttp(path: string, covers: (statement: Statement) => boolean): Judgement {
  const refuses = (statement: Statement) =>
    statement.effect === "Deny" &&
    statement.principals.includes("*") &&
    PLAIN_HTTP.test(show(statement.conditions)) &&
    covers(statement);
  return judgeStatements(path, (statements) =>
    statements.some(refuses) ? HOLDS : broken(`${path} has no statement that denies all that comes without TLS`),
  );
}

/** Anything else in the condition would make it refuse less. */
const PLAIN_HTTP = /^\{"Bool": \{"aws:SecureTransport": \[?"?false"?\]?\}\}$/i;
