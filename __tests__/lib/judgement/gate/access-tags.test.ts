import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { z } from "zod";
import { defineModule, jsonencode, resource } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { newRoot } from "../../generator/support";
import { appliedTree, type Values } from "./applied";

const Reader = defineModule({
  name: "reader",
  description: "A policy for secrets of a team.",
  inputs: { team: z.string().describe("Team.") },
  outputs: { arn: z.string().describe("ARN.") },
  example: { team: "shop" },
  build(scope, input) {
    const Condition = { StringEquals: { "aws:ResourceTag/Team": input.team, "AWS:PrincipalTag/Job": "reader" } };
    const Statement = [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*", Condition }];
    return {
      arn: resource(scope, IamPolicy, "this", { policy: jsonencode({ Version: "2012-10-17", Statement }) }).arn,
    };
  },
});

const ROOT = "environments/shop/dev";
const account = newRoot({ path: "accounts/shop" });
new Reader(account, "reader", { team: "shop" });
const files = renderTree([account, newRoot()]).map(({ path, content }) => [path, content] as const);
const { gateOn } = appliedTree(new Configurations(new Map(files)));

function approvals(before: Values, after: Values): string[] {
  const change = { address: "module.a.aws_ssm_activation.a", type: "aws_ssm_activation", before, after };
  return gateOn(ROOT, [change]).toApprove.map(({ guardrail, got }) => `${guardrail.id}: ${got}`);
}

test.each<[what: string, before: Values, after: Values, tag: string]>([
  ["another value", { tags: { Team: "web" } }, { tags: { Team: "shop" } }, "Team"],
  ["a new tag", { tags: null }, { tags: { Job: "reader" } }, "Job"],
  ["a removed tag", { tags: { Job: "reader" } }, { tags: {} }, "Job"],
  ["a tag in another case", { tags: {} }, { tags: { team: "shop" } }, "team"],
  ["a default tag of the provider", { tags_all: { Team: "web" } }, { tags_all: { Team: "shop" } }, "Team"],
])("a tag that a policy of any root reads needs the approval of security: %s", (_what, before, after, tag) => {
  expect(approvals(before, after)).toEqual([`access-tags-approved: another ${tag}, which a policy reads`]);
});

test("a tag that no policy reads changes without an approval", () => {
  expect(approvals({ tags: { Name: "a", Team: "web" } }, { tags: { Name: "b", Team: "web" } })).toEqual([]);
});

test("every tag counts if the name of a tag in a condition is known only to Terraform", () => {
  const named = newRoot({ path: "accounts/named" });
  const text = renderTree([named]).map(({ path, content }) => [path, content] as const);
  const policy = ["modules/a/main.tf.json", '{"locals":{"key":"aws:ResourceTag/${var.tag}"}}'] as const;
  const tree = appliedTree(new Configurations(new Map([...text, policy])));
  const change = { address: "module.a.aws_ssm_activation.a", type: "aws_ssm_activation" };
  const decision = tree.gateOn("accounts/named", [{ ...change, before: { tags: { A: "b" } }, after: { tags: {} } }]);
  expect(decision.missing).toEqual(["security"]);
});
