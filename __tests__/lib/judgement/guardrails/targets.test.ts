import { isEverything, isEverythingOf } from "../../../../lib/judgement/guardrails/targets";
import { type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";

const partition = new Reference("module.call.data.aws_partition.current", "partition");
const bucket = new Reference("module.call.aws_s3_bucket.this", "arn");

test.each<[arn: HclValue]>([
  ["*"],
  ["**"],
  ["?*"],
  ["arn:*"],
  ["arn:aws:*"],
  ["arn:aws:s3:*"],
  ["arn:aws:s3:::*"],
  ["arn:aws:s3:::**"],
  ["arn:aws:s3:::*/*"],
  ["arn:*:*:*:*:*"],
  ["arn:aws:logs:us-east-1:111111111111:*"],
  ["arn:aws:secretsmanager:*:*:secret:*"],
  ["arn:aws:iam::*:role/*"],
  ["arn:aws:kms:us-east-1:*:key/?*"],
  [new PartialText(["arn:", partition, ":s3:::*"])],
])("%j covers everything", (arn) => {
  expect(isEverything(arn)).toBe(true);
});

test.each<[arn: HclValue]>([
  ["arn:aws:s3:::documents"],
  ["arn:aws:s3:::documents/*"],
  ["arn:aws:s3:::documents*"],
  ["arn:aws:iam::*:role/app-*"],
  ["arn:aws:secretsmanager:*:*:secret:shop/*"],
  ["arn:aws:rds:us-east-1:111111111111:db:*"],
  [bucket],
  [new PartialText([bucket, "/*"])],
  [new Unknown()],
  [""],
])("%j does not cover everything", (arn) => {
  expect(isEverything(arn)).toBe(false);
});

test("all roles of an account are everything for an action on roles", () => {
  const roles = "arn:aws:iam::111111111111:role/*";
  expect([isEverythingOf(["role"], roles), isEverythingOf(["user"], roles)]).toEqual([true, false]);
});
