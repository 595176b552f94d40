/** Conditions that restrict a statement to an account other than the root's. */
import type { RootConfiguration } from "../configuration";
import { accountOf } from "./account";
import type { ConditionSubject } from "./condition-keys";
import { restrictsAny } from "./conditions";
import { TESTS } from "./fixed-values";
import type { KeyComparison, Statement } from "./policies";
import { type Answer, unless, wrongAmong } from "./statements";
import { textWithHoles } from "./values";

/** Nothing is wrong with a statement whose conditions restrict one of the subjects, unless they name a foreign account. */
export function unlessRestricted(
  statement: Statement,
  root: RootConfiguration,
  answer: Answer,
  ...subjects: readonly ConditionSubject[]
): Answer {
  const isWrong = answer !== undefined && "wrong" in answer;
  const foreign = isWrong ? foreignAccount(statement, accountOf(root), subjects) : undefined;
  return unless(restrictsAny(statement, ...subjects), answer) ?? foreign;
}

function foreignAccount(
  { conditions }: Statement,
  own: string | undefined,
  subjects: readonly ConditionSubject[],
): Answer {
  const values = conditions
    .filter((one) => subjects.some((subject) => namesAccounts(one, subject)))
    .flatMap((one) => one.values);
  return wrongAmong(values, (value) => {
    const account = ACCOUNT.exec(textWithHoles(value) ?? "")?.[1];
    return account !== undefined && own !== undefined && account !== own;
  });
}

function namesAccounts({ key, test }: KeyComparison, subject: ConditionSubject): boolean {
  const form = subject(key);
  return (form === "account" || form === "arn") && TESTS[form].includes(test);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ACCOUNT = /^(?:arn:(?:[^:]*:){3})?(\d{12})(?:$|:)/;
