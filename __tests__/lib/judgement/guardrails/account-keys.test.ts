import { keyOfAccount } from "../../../../lib/judgement/guardrails/account-keys";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";

const providers = { aws: [{ allowed_account_ids: ["111111111111"] }] };
const source = (type: string, values: { readonly [argument: string]: HclValue }) =>
  resourceOf(type, values, { mode: "data", address: `module.call.data.${type}.this` });
const lookedUp = (type: string) => new Reference(`module.call.data.${type}.this`, "target_key_arn");
const partition = new Reference("module.call.data.aws_partition.current", "partition");
const caller = new Reference("module.call.data.aws_caller_identity.current", "account_id");

function outcome(
  key: HclValue,
  sources = [source("aws_kms_alias", { name: "alias/shop" })],
  more: object = { providers },
) {
  const log = resourceOf("aws_cloudwatch_log_group", { kms_key_id: key });
  return keyOfAccount("kms_key_id")(log, rootOf([log, ...sources], more)).outcome;
}

test.each<[key: HclValue]>([
  [new Reference("module.key.aws_kms_key.this", "arn")],
  [new Reference('module.key.aws_kms_replica_key.this["a"]', "key_id")],
  [new Reference("module.key.aws_kms_alias.this", "target_key_arn")],
  [lookedUp("aws_kms_alias")],
  ["arn:aws:kms:us-east-1:111111111111:key/0b9f6f3e-0000-4000-8000-000000000000"],
  ["arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/mrk-0b9f6f3e"],
  ["arn:aws:kms:us-east-1:111111111111:alias/shop"],
  [new PartialText(["arn:", partition, ":kms:us-east-1:111111111111:alias/shop"])],
  [new PartialText(["arn:aws:kms:us-east-1:", caller, ":alias/shop"])],
  ["alias/shop"],
  ["0b9f6f3e-0000-4000-8000-000000000000"],
])("%j is a key of the account", (key) => {
  expect(outcome(key)).toBe("holds");
});

test.each<[key: HclValue]>([
  [null],
  [""],
  ["alias/aws/rds"],
  ["aws/rds"],
  ["arn:aws:kms:us-east-1:111111111111:alias/aws/rds"],
  [new PartialText(["arn:", partition, ":kms:us-east-1:111111111111:alias/aws/rds"])],
  ["arn:aws:kms:us-east-1:222222222222:key/0b9f6f3e-0000-4000-8000-000000000000"],
  [new PartialText(["arn:", partition, ":kms:us-east-1:222222222222:alias/shop"])],
  ["arn:aws:kms:us-east-1::key/0b9f6f3e"],
  ["arn:aws:s3:::111111111111"],
  ["arn:aws:kms:us-east-1:111111111111:*"],
  ["key"],
  ["alias/"],
  [true],
  [new Reference("module.call.aws_s3_bucket.this", "arn")],
])("%j is not a key of the account", (key) => {
  expect(outcome(key)).toBe("broken");
});

test.each<[name: string, expected: string]>([
  ["alias/aws/rds", "broken"],
  ["alias/shop", "holds"],
])("an alias that a data source looks up as %s: %s", (name, expected) => {
  expect(outcome(lookedUp("aws_kms_alias"), [source("aws_kms_alias", { name })])).toBe(expected);
});

test.each<[key: HclValue]>([
  [new Unknown()],
  [new PartialText(["arn:aws:kms:us-east-1:111111111111:key/", new Unknown()])],
  [new PartialText(["arn:aws:kms:us-east-1:", lookedUp("aws_ssm_parameter"), ":key/a"])],
  [lookedUp("aws_ssm_parameter")],
])("%j is unknown before the apply", (key) => {
  expect(outcome(key)).toBe("unknown");
});

test("a root without a single account is reported for that, and not for its keys", () => {
  expect(outcome("arn:aws:kms:us-east-1:222222222222:key/a", [], {})).toBe("holds");
});

test("every row that requires a customer managed KMS key allows the same keys", () => {
  const rows = GUARDRAILS.filter(({ title }) => /customer managed KMS key/.test(title));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ allowed }) => !allowed.includes("other than alias/aws/…"))).toEqual([]);
});
