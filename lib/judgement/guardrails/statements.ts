/** Judges the statements of a policy document. */
import { type RootConfiguration, show } from "../configuration";
import { type HclValue, Unknown } from "../hcl";
import { type Judge, worst } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { type Statement, statementsOf } from "./policies";
import { stemsFromNothing, valuesAt } from "./values";

/** The wrong part of a statement, or the value that has to be known first; undefined if the statement is right. */
export type Answer = { readonly wrong: HclValue } | { readonly open: HclValue } | undefined;

/** Judges every statement that allows something, including statements with an unknown effect. */
export function eachAllowed(path: string, judge: (statement: Statement, root: RootConfiguration) => Answer): Judge {
  return ({ values }, root) =>
    judgeStatements(values, path, (statements) =>
      worst(
        statements
          .filter(({ effect }) => effect !== "Deny")
          .map((statement) => verdictOf(`${path}, ${statement.sid}`, judge(statement, root))),
      ),
    );
}

/** Judges the statements of every document at a path. */
export function judgeStatements(
  values: HclValue,
  path: string,
  judge: (statements: readonly Statement[]) => Verdict,
): Verdict {
  return worst(
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

export function wrongAmong(values: readonly HclValue[], isWrong: (value: HclValue) => boolean): Answer {
  const wrong = values.find(isWrong);
  return wrong === undefined ? undefined : { wrong };
}

/** A reference is not open, because the resource that it belongs to is known. */
export function openAmong(values: readonly HclValue[]): Answer {
  const open = values.find(stemsFromNothing);
  return open === undefined ? undefined : { open };
}

/** A statement that a condition restricts is right. If the restriction is unknown, so is the answer. */
export function unless(restriction: boolean | Unknown, answer: Answer): Answer {
  if (restriction === true || answer === undefined) return undefined;
  return restriction === false ? answer : { open: restriction };
}
