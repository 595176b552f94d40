/** Nullable values, and the members that they have when they are there. */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { condition, defineModule, hcl, isSet, resource } from "../../../../lib";
import { codeOf, type Expression } from "../../../../lib/generator/expression/code";
import { reference } from "../../../../lib/generator/expression/reference";
import { terraformType } from "../../../../lib/generator/inputs/types";
import { emitted, failure } from "../support";

const Note = defineModule({
  name: "note",
  description: "A note.",
  inputs: {
    key: z.object({ arn: z.string() }).nullable().default(null).describe("Key."),
    owner: z.object({ name: z.string() }).describe("Owner."),
  },
  outputs: {},
  example: { owner: { name: "platform" } },
  build(scope, { key, owner }) {
    // @ts-expect-error: the key may be null
    void key.arn;
    resource(scope, SsmParameter, "this", {
      name: owner.name,
      type: "SecureString",
      value: "x",
      keyId: isSet(key)((given) => given.arn, "alias/aws/ssm"),
    });
    return {};
  },
});

test("a nullable value has its members only in the callback of isSet", () => {
  expect(emitted(Note, "main.tf.json")).toMatchObject({
    resource: {
      aws_ssm_parameter: {
        this: { key_id: '${(var.key != null) ? var.key.arn : "alias/aws/ssm"}', name: "${var.owner.name}" },
      },
    },
  });
});

describe("in raw HCL", () => {
  const schema = z.object({
    key: z.object({ arn: z.string(), tags: z.record(z.string(), z.string()).optional() }).nullable(),
    days: z.int().nullable(),
    names: z.array(z.string()).nullable(),
    enabled: z.boolean().nullable(),
  });
  const { key, days, names, enabled } = reference<z.output<typeof schema>>(
    { hcl: "var.a", owner: "modules/a" },
    terraformType(schema, "a"),
  );

  test.each<[string, () => unknown, string]>([
    ["a member", () => hcl`${key}.arn`, 'got var.a.key, which may be null, beside "."; allowed: isSet('],
    ["an index", () => hcl`${names}[0]`, 'got var.a.names, which may be null, beside "["'],
    ["a spread", () => hcl`concat(${names}...)`, 'got var.a.names, which may be null, beside "."'],
    ["a number in front of an operator", () => hcl`${days} * 60`, 'got var.a.days, which may be null, beside "*"'],
    ["a number after an operator", () => condition`7 >= ${days}`, 'beside ">="'],
    ["a condition", () => hcl`${enabled} ? 1 : 0`, 'got var.a.enabled, which may be null, beside "?"'],
    ["a negation", () => condition`!${enabled}`, 'beside "!"'],
    ["the collection of a for", () => hcl`[for name in ${names} : name]`, 'beside "in"'],
    [
      "an optional field",
      () => isSet(key)((given) => hcl`${given.tags}.App`, null),
      "got var.a.key.tags, which may be",
    ],
  ])("%s of a nullable value is refused", (_, write, message) => {
    expect(failure(write).message).toContain(message);
  });

  test.each<[string, () => Expression<unknown>]>([
    ["a comparison", () => hcl`${days} == 7`],
    ["an argument", () => hcl`jsonencode(${key})`],
    ["a test in the same text", () => hcl`${days} != null ? ${days} * 60 : 0`],
    ["try", () => hcl`try(${key}.arn, "")`],
    ["the values of an object for", () => hcl`{ for name in ["a"] : name => ${days} }`],
    ["the callback of isSet", () => isSet(days)((given) => hcl`${given} * 60`, 0)],
  ])("%s is accepted", (_, write) => {
    expect(codeOf(write()).hcl).toContain("var.a.");
  });

  test("a value is tested in the callback only", () => {
    isSet(days)((given) => given, 0);
    expect(failure(() => hcl`${days} * 60`).message).toContain("which may be null");
  });
});
