import { createHash } from "node:crypto";
import { hasRandomKey } from "../../../../lib/judgement/guardrails/random-keys";
import { formOfSecret } from "../../../../lib/judgement/guardrails/secret-patterns";

/** Random bytes in Base64, as AWS makes secret access keys. */
function key(seed: number): string {
  return createHash("sha256").update(String(seed)).digest().subarray(0, 30).toString("base64");
}

test("an AWS secret access key is recognized without a name that says so", () => {
  const missed = Array.from({ length: 2000 }, (_, i) => key(i)).filter((one) => !hasRandomKey(one));
  expect(missed.length).toBeLessThan(40);
  expect(formOfSecret(key(1))).toBe("a text like an AWS secret access key");
});

test.each([
  ["in quotes", `{"a":"${key(1)}"}`],
  ["after an option", `run --with ${key(1)} now`],
  ["in a variable", `X=${key(1)}\n`],
  ["in a list", `us-east-1,${key(1)},json`],
])("a key is recognized %s", (_place, text) => {
  expect(hasRandomKey(text)).toBe(true);
});

test.each([
  ["a commit", createHash("sha1").update("a").digest("hex")],
  ["a hash of another length", createHash("sha256").update("a").digest("base64")],
  ["a name in camel case", "arnAwsIamPolicyServiceRoleLambdaBasic2Ex"],
  ["a name of AWS", "AWSServiceRoleForApplicationAutoScaling1"],
  ["a path", "environments/production/Api2Service/abcd"],
  ["a name in capitals", "MY_LONG_NAME_OF_A_VARIABLE_IN_CAPITALS_1"],
  ["text in Base64", Buffer.from("Hello, dear world of 30 bytes!").toString("base64")],
  ["a part of longer text", `${key(1)}${key(2)}`],
  ["a key in an ARN", `arn:aws:s3:::${key(1)}`],
])("%s is no secret access key", (_what, text) => {
  expect(hasRandomKey(text)).toBe(false);
});
