import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  condition,
  defineModule,
  type Expression,
  hcl,
  local,
  resource,
  resourceForEach,
  resourceIf,
} from "../../../../lib";
import { built, type Inputs } from "../built-module";
import { deployTime, emitted } from "../support";

const tagsOf = (input: Inputs) => hcl<Record<string, string>>`{ for key, one in ${input.subnets} : key => one.cidr }`;
const subnet = (cidrBlock: Expression<string> | string) => ({ vpcId: "vpc-1", cidrBlock });

test("all instances as text is an error like any other map", () => {
  expect(() =>
    built((scope, input) => {
      const subnets = resourceForEach(scope, Subnet, "this", input.subnets, (value) => subnet(value.cidr));
      `${subnets.all("id")}`;
    }),
  ).toThrow("as text, but only Terraform knows its value; allowed: ");
});

test("a list is refused as a collection for for_each", () => {
  const list = defineModule({
    name: "list",
    description: "d",
    inputs: { zones: z.array(z.string()).default([]).describe("d") },
    outputs: {},
    example: {},
    build(scope, input) {
      resourceForEach(scope, S3Bucket, "zone", input.zones, (zone) => ({ bucket: `logs-${zone}` }));
      return {};
    },
  });
  expect(() => emitted(list, "main.tf.json")).toThrow("for_each: got var.zones, a list; allowed: a map or a set");
});

test("a field of an element without a declared type is an error", () => {
  const build = (scope: Construct) => {
    const planned = local<Record<string, { cidr: string }>>(scope, "planned", { a: { cidr: "10.0.0.0/24" } });
    resourceForEach(scope, Subnet, "this", planned, (value) => subnet(value.cidr));
  };
  const cidr = () => JSON.stringify(built(build));
  let text = "";
  try {
    text = cidr();
  } catch (error) {
    expect(String(error)).toContain("each.value");
    return;
  }
  expect(text).toContain("${each.value.cidr}");
});

test.each<[string, (scope: Construct, input: Inputs) => unknown]>([
  ["an argument", (scope, input) => resource(scope, S3Bucket, "a", { tags: { ...tagsOf(input), Backup: "yes" } })],
  [
    "a local",
    (scope, input) => local(scope, "a", { ...input.subnets, b: { cidr: "10.0.0.0/24", mapPublicIp: false } }),
  ],
  ["HCL", (_, input) => hcl<string>`keys(${{ ...input.subnets, b: 1 }})`],
])("spread entries with further entries in %s are refused, because the further entries would be lost", (_, build) => {
  expect(() => built((scope, input) => void build(scope, input))).toThrow(
    /^modules\/fixture \(__tests__\/lib\/generator\/module\/resource-misuse\.test\.ts:\d+:\d+\)\n {2}got \{ \.\.\..*var\.subnets.* \}, whose entries only Terraform knows; allowed: hcl`merge\(…\)`$/,
  );
});

test.each<[string, (scope: Construct) => unknown]>([
  ["an argument", (scope) => resource(scope, S3Bucket, "a", { bucket: Fn.lower("A") })],
  ["the text of an argument", (scope) => resource(scope, S3Bucket, "a", { bucket: `a-${Fn.lower("A")}` })],
  ["a list", (scope) => resource(scope, Subnet, "a", { vpcId: "v", tags: { all: Token.asList("${var.a}")[0] ?? "" } })],
  ["a key", (scope) => resource(scope, S3Bucket, "a", { tags: Token.asStringMap("${var.tags}") })],
  ["a local", (scope) => local(scope, "a", Fn.lower("A"))],
])("a CDKTF token in %s is refused with its line", (_, build) => {
  expect(() => built(build)).toThrow(
    /^modules\/fixture \(__tests__\/lib\/generator\/module\/resource-misuse\.test\.ts:\d+:\d+\)\n {2}got .*(TfToken\[TOKEN\.\d+\].*|an object), a token of CDKTF; allowed: literals, hcl`…`, and attributes of a resource\(\)$/,
  );
});

describe("a value of another module or root", () => {
  const foreign = deployTime<string>("module.db.endpoint", "environments/shop/prod");
  const both = /environments\/shop\/prod.*modules\/fixture|modules\/fixture.*environments\/shop\/prod/s;

  test.each<[string, (scope: Construct, input: Inputs) => unknown]>([
    ["as an argument", (scope) => resource(scope, S3Bucket, "a", { bucket: foreign })],
    ["in the text of an argument", (scope) => resource(scope, S3Bucket, "a", { bucket: `a-${foreign}` })],
    [
      "in a nested block",
      (scope) => resource(scope, S3Bucket, "a", { grant: [{ type: "Group", permissions: [foreign] }] }),
    ],
    ["as a dependency", (scope) => resource(scope, S3Bucket, "a", { dependsOn: [foreign] })],
    [
      "as a collection",
      (scope) =>
        resourceForEach(
          scope,
          S3Bucket,
          "a",
          deployTime<Record<string, string>>("module.b.c", "environments/shop/prod"),
          () => ({}),
        ),
    ],
    ["as a switch", (scope) => resourceIf(scope, S3Bucket, "a", condition`${foreign} == "a"`, {})],
    ["as a local", (scope) => local(scope, "a", foreign)],
  ])("%s is an error that names both", (_, use) => {
    expect(() => built((scope, input) => void use(scope, input))).toThrow(both);
  });

  test("as an output's value is an error that names both", () => {
    expect(() => built(() => foreign)).toThrow(both);
  });
});

test("a dependency on an attribute is refused", () => {
  expect(() =>
    built((scope) => {
      const first = resource(scope, S3Bucket, "first", {});
      resource(scope, S3Bucket, "second", { dependsOn: [first.arn] });
    }),
  ).toThrow("aws_s3_bucket.second, depends_on: got aws_s3_bucket.first.arn; allowed: whole resources");
});
