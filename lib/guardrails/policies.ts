/** Policy documents, IAM's and those of resources, taken apart into their statements. */
import { show } from "../configuration";
import { EncodedJson, isUnknown, Unknown, Unordered, type Value } from "../hcl";
import { isList, isObject, type Judgement, stemsFromNothing, valuesAt, worst } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";

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
  /** By operator, then by key: `{ StringEquals: { "aws:SourceAccount": "111111111111" } }`. */
  readonly conditions: Value;
}

/** JSON text as what it says, its unknown parts in their places. Unknown where nothing of it can be read. */
export function documentOf(value: Value): Value {
  if (value instanceof EncodedJson) return value.value;
  if (typeof value !== "string") return value;
  const document: Value = JSON.parse(value);
  return document;
}

/** The statements of a document; unknown where one can hide in what is not known. */
export function statementsOf(value: Value): readonly Statement[] | Unknown {
  const document = documentOf(value);
  if (document instanceof Unknown) return document;
  const statements = isObject(document) ? many(document.Statement) : [];
  const open = statements.find(isUnknown);
  return open instanceof Unknown ? open : statements.filter(isObject).map(statementOf);
}

function statementOf(statement: { readonly [key: string]: Value }, position: number): Statement {
  return {
    sid: typeof statement.Sid === "string" ? statement.Sid : `statement ${position + 1}`,
    effect: statement.Effect ?? null,
    actions: many(statement.Action),
    notActions: many(statement.NotAction),
    resources: many(statement.Resource),
    notResources: many(statement.NotResource),
    principals: principalsOf(statement.Principal),
    notPrincipals: principalsOf(statement.NotPrincipal),
    conditions: statement.Condition ?? {},
  };
}

function principalsOf(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isObject(value)) return Object.values(value).flatMap(many);
  return many(value);
}

function many(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  if (value instanceof Unordered) return value.elements;
  return isList(value) ? value : [value];
}

/** Judges every statement that allows something; one whose effect is not known counts as such. */
export function eachAllowed(
  path: string,
  value: Value,
  judge: (statement: Statement) => { readonly wrong: Value } | { readonly open: Value } | undefined,
): Verdict {
  const statements = statementsOf(value);
  if (statements instanceof Unknown) return undecided(`${path} = ${show(statements)}`);
  const answers = statements
    .filter(({ effect }) => effect !== "Deny")
    .flatMap((statement) => {
      const answer = judge(statement);
      return answer === undefined ? [] : [{ ...answer, sid: statement.sid }];
    });
  for (const answer of answers) if ("wrong" in answer) return broken(`${path}, ${answer.sid}: ${show(answer.wrong)}`);
  for (const answer of answers) if ("open" in answer) return undecided(`${path}, ${answer.sid}: ${show(answer.open)}`);
  return HOLDS;
}

/** Nobody but named principals, or callers that a condition binds, may do anything. */
export function closedToThePublic(path: string): Judgement {
  return ({ values }) => worst(valuesAt(values, path).map((value) => eachAllowed(path, value, openToTheWorld)));
}

function openToTheWorld({ principals, notPrincipals, conditions }: Statement) {
  if (bindsCallers(conditions)) return undefined;
  const open = [conditions, ...principals].find(stemsFromNothing);
  if (notPrincipals.length > 0) return { wrong: { NotPrincipal: notPrincipals } };
  if (principals.includes("*") && !(conditions instanceof Unknown)) return { wrong: { Principal: "*" } };
  return open === undefined ? undefined : { open };
}

/** Operators that ask for equality; those with `Not`, `IfExists` and `ForAllValues` let in whom they do not name. */
const BINDING_OPERATOR = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const BINDING_KEY =
  /^(aws:(Source(Arn|Account|Owner|OrgID|Vpc|Vpce)|Principal(Arn|Account|OrgID))|kms:CallerAccount)$/i;

function bindsCallers(conditions: Value): boolean {
  if (!isObject(conditions)) return false;
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      BINDING_OPERATOR.test(operator) &&
      isObject(keys) &&
      Object.entries(keys).some(([key, value]) => BINDING_KEY.test(key) && !many(value).includes("*")),
  );
}

/** A statement refuses whatever comes without TLS. `covers` tells whether it is about all of the resource. */
export function refusesPlainHttp(path: string, covers: (statement: Statement) => boolean): Judgement {
  return ({ values }) => {
    const statements = statementsOf(values[path] ?? null);
    if (statements instanceof Unknown) return undecided(`${path} = ${show(statements)}`);
    const refuses = statements.some(
      (statement) =>
        statement.effect === "Deny" &&
        statement.principals.includes("*") &&
        PLAIN_HTTP.test(show(statement.conditions)) &&
        covers(statement),
    );
    return refuses ? HOLDS : broken(`${path} has no statement that denies all that comes without TLS`);
  };
}

/** Anything else in the condition would make it refuse less. */
const PLAIN_HTTP = /^\{"Bool": \{"aws:SecureTransport": \[?"?false"?\]?\}\}$/i;

/** Operators that a request without the key passes, or any with a key that is not named. */
const LOOSE_OPERATOR = /Not|IfExists$|^ForAllValues:|^Null$/;

/** Keys that a statement's conditions ask for, in lower case as AWS takes them in any. */
export function conditionKeys(conditions: Value): readonly string[] {
  const operators = isObject(conditions) ? Object.entries(conditions) : [];
  return operators
    .filter(([operator]) => !LOOSE_OPERATOR.test(operator))
    .flatMap(([, keys]) => (isObject(keys) ? Object.entries(keys) : []))
    .filter(([, value]) => !many(value).includes("*"))
    .map(([key]) => key.toLowerCase());
}
