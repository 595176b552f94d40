import { RESOURCE } from "../../../../lib/judgement/guardrails/condition-keys";
import { unlessRestricted } from "../../../../lib/judgement/guardrails/foreign-accounts";
import { statementsOf } from "../../../../lib/judgement/guardrails/policies";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { rootOf } from "./fixture";

const WRONG = { wrong: "*" };
const [OWN, FOREIGN] = ["111111111111", "999999999999"];

function answer(Condition: HclValue, accounts: readonly string[] = [OWN]) {
  const statements = statementsOf({ Statement: { Effect: "Allow", Condition } });
  const [statement] = statements instanceof Unknown ? [] : statements;
  const root = rootOf([], { providers: { aws: [{ allowed_account_ids: accounts }] } });
  return statement && unlessRestricted(statement, root, WRONG, RESOURCE);
}

test.each<[what: string, condition: HclValue, accounts: readonly string[]]>([
  ["the own account", { StringEquals: { "aws:ResourceAccount": OWN } }, [OWN]],
  [
    "a reference",
    { StringEquals: { "aws:ResourceAccount": new Reference("data.aws_caller_identity.this", "id") } },
    [OWN],
  ],
  ["a tag that looks like an account", { StringEquals: { "aws:ResourceTag/id": FOREIGN } }, [OWN]],
  ["any account, in a root for no single account", { StringEquals: { "aws:ResourceAccount": FOREIGN } }, []],
])("a condition may name %s", (_what, condition, accounts) => {
  expect(answer(condition, accounts)).toBeUndefined();
});

test("a condition may not name a foreign account, alone or with the own account", () => {
  expect(answer({ StringEquals: { "aws:ResourceAccount": FOREIGN } })).toEqual({ wrong: FOREIGN });
  expect(answer({ StringEquals: { "aws:ResourceAccount": [OWN, FOREIGN] } })).toEqual({ wrong: FOREIGN });
});

test("a statement without a restriction stays wrong", () => {
  expect(answer({ Bool: { "aws:SecureTransport": "true" } })).toBe(WRONG);
});
