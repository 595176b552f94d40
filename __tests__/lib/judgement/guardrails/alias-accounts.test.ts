import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { resourceOf, rootOf } from "./fixture";

const OWN = "111122223333";
const OTHER = "444455556666";

const providers = {
  aws: [
    { region: "eu-central-1", allowed_account_ids: [OWN] },
    { alias: "replica", region: "eu-west-1", allowed_account_ids: [OWN] },
    { alias: "archive", region: "eu-central-1", allowed_account_ids: [OTHER] },
  ],
};

/** Outcomes of the row for keys, for a log group of the configuration whose key is in the account. */
function outcomes(provider: string, account: string): string[] {
  const kms_key_id = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const group = resourceOf("aws_cloudwatch_log_group", { name: "shop", kms_key_id }, { provider });
  const { broken } = judgeRoot(rootOf([group], { providers }), [], "2026-11-22");
  return broken.filter(({ guardrail }) => guardrail.id === "logs-encrypted").map(({ got }) => got);
}

test.each([
  ["aws", OWN],
  ["aws.replica", OWN],
  ["aws.archive", OTHER],
])("a resource of %s may use a key of account %s", (provider, account) => {
  expect(outcomes(provider, account)).toEqual([]);
});

test.each([
  ["aws", OTHER, OWN],
  ["aws.replica", OTHER, OWN],
  ["aws.archive", OWN, OTHER],
])("a resource of %s may not use a key of account %s", (provider, account, own) => {
  expect(outcomes(provider, account)).toEqual([expect.stringContaining(`the root is for account ${own}`)]);
});
