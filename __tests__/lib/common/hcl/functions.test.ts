import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { problemOfCalls } from "../../../../lib/common/hcl/functions";
import { parseExpression } from "../../../../lib/common/hcl/parse";
import { findTerraform } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";

const project = path.resolve(__dirname, "../../../..");
const problem = (code: string) => problemOfCalls(parseExpression(code));

test.each([
  ['fromat("%s", a)', "got the function fromat; allowed: format, tomap, chomp"],
  ["[for x in y : lowr(x)]", "got the function lowr; allowed: lower, floor, log"],
  ["a ? { b = jsonencod(c) } : {}", "got the function jsonencod; allowed: jsonencode, jsondecode, csvdecode"],
  ["lower(a, b)", "got 2 arguments for lower; allowed: lower(str)"],
  ["join()", "got 0 arguments for join; allowed: join(separator, lists...)"],
])("%s is a problem: %s", (code, expected) => {
  expect(problem(code)).toBe(expected);
});

test.each(["core::upper(a)", "provider::aws::arn_parse(a, b, c)", "merge(a...)", "timestamp()", "lookup(a, b)"])(
  "%s is right",
  (code) => {
    expect(problem(code)).toBeUndefined();
  },
);

describeWithTerraform("the table of functions", () => {
  test("is the output of .ci/functions for the installed Terraform", () => {
    const { stdout: input } = spawnSync(findTerraform().file, ["metadata", "functions", "-json"], { encoding: "utf8" });
    const { stdout } = spawnSync(path.join(project, ".ci/functions"), { input, encoding: "utf8" });
    expect(stdout).toBe(readFileSync(path.join(project, "lib/common/hcl/function-parameters.json"), "utf8"));
  });
});
