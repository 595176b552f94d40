import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Lazy, Token } from "cdktf";
import { defineModule, resource } from "../../../../lib";
import { DeployTimeValueError } from "../../../../lib/generator/expression/code";
import { jsonFile, leaksFolder, treeFolder } from "../../../../lib/generator/synth/tree";
import { deployTime, emitted, OWNER } from "../support";

const finished = (value: object): unknown => JSON.parse(jsonFile("main.tf.json", OWNER, value).content);

test("expressions become interpolations, and text around them stays text", () => {
  const name = deployTime<string>("var.name");
  expect(finished({ a: `${name}`, b: `x-${name}-\${y}-%{z}`, [`key-${name}`]: [1, true, null] })).toEqual({
    a: "${var.name}",
    b: "x-${var.name}-$${y}-%%{z}",
    "key-${var.name}": [1, true, null],
  });
});

test("a carriage return before an interpolation does not turn it into text", () => {
  const name = deployTime<string>("var.name");
  expect(finished({ a: `x\r${name}`, b: `$\r\n${name}`, c: "x\r" })).toEqual({
    a: 'x${"\\r"}${var.name}',
    b: '${"$\\r"}\n${var.name}',
    c: "x\r",
  });
});

test("a dollar or percent sign before an interpolation does not turn it into text", () => {
  const name = deployTime<string>("var.name");
  expect(JSON.stringify(finished({ a: `costs $${name}`, b: `5%${name}` }))).not.toMatch(/\$\$\{var|%\$\{var/);
});

test("keys are sorted, meta-arguments apart, so that the order of definition does not show", () => {
  const sorted = { "//": 1, for_each: 1, provider: 1, a: 1, b: { c: 1, d: 1 }, lifecycle: 1, depends_on: 1 };
  const shuffled = { depends_on: 1, b: { d: 1, c: 1 }, lifecycle: 1, provider: 1, a: 1, for_each: 1, "//": 1 };
  expect(jsonFile("a", OWNER, shuffled).content).toBe(`${JSON.stringify(sorted, null, 2)}\n`);
});

test.each<[string, unknown]>([
  ["a number token of CDKTF", Token.asNumber("${aws_vpc.this.port}")],
  ["a number token of CDKTF that was calculated with", Token.asNumber("${aws_vpc.this.port}") + 1],
  ["a number token of CDKTF in a text", `port ${Token.asNumber("${aws_vpc.this.port}")}`],
  ["a text token of CDKTF", Lazy.stringValue({ produce: () => "x" })],
  ["a text token of CDKTF that was upper-cased", Lazy.stringValue({ produce: () => "x" }).toUpperCase()],
  ["a piece of a token", "Token[TOKEN.7]"],
  ["a list token of CDKTF", Token.asList(Lazy.listValue({ produce: () => ["x"] }))],
  ["an object as text", `${{}}`],
  ["a function's result that is not there", `name-${undefined}`],
  ["something that is not a number", `${Number("x")} GiB`],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["a hole in a list", [undefined]],
])("%s is refused with its place", (_, value) => {
  expect(() => finished({ resource: { a: [{ b: value }] } })).toThrow(DeployTimeValueError);
  expect(() => finished({ resource: { a: [{ b: value }] } })).toThrow(
    /^main\.tf\.json: resource: a\[0\]: b(\[0\])?: got /,
  );
});

test("a file of the project is a path of this machine, unless the project lies where a container might", () => {
  expect(leaksFolder("/home/ana/shop/lambda.zip", "/home/ana/shop")).toBe(true);
  expect(leaksFolder("/home/ana/shop", "/home/ana/shop")).toBe(true);
  expect(leaksFolder("/home/ana/shopping", "/home/ana/shop")).toBe(false);
  expect(leaksFolder("/app/.next/cache", "/app")).toBe(false);
  expect(leaksFolder("/tmp", "/home/ana/shop")).toBe(false);
});

test("a poisoned key is refused like a value", () => {
  expect(() => finished({ [`${{}}`]: 1 })).toThrow(
    "main.tf.json: got [object Object]; allowed: literals and expressions",
  );
});

test.each(["Nan Goldin", "/srv/next/cache", "tokens[0]", "8.1 GiB", 8.1, -1e200])("%p is an honest value", (value) => {
  expect(finished({ a: value })).toEqual({ a: value });
});

test("a number of CDKTF's own classes through a literal argument is refused in a module", () => {
  const Poisoned = defineModule({
    name: "poisoned",
    description: "d",
    inputs: {},
    outputs: {},
    example: {},
    build(scope) {
      const days = Token.asNumber("${var.days}") * 2;
      resource(scope, S3BucketLifecycleConfiguration, "this", {
        bucket: "b",
        rule: [{ id: "old", status: "Enabled", expiration: [{ days }] }],
      });
      return {};
    },
  });
  expect(() => emitted(Poisoned, "main.tf.json")).toThrow(
    /modules\/poisoned\/main\.tf\.json: resource: aws_s3_bucket_lifecycle_configuration: this: rule\[0\]: expiration\[0\]: days: got -\d/,
  );
});

test("a value of another owner is refused with both names and its place", () => {
  expect(() => finished({ a: { b: deployTime("module.db.arn", "environments/shop/prod").toString() } })).toThrow(
    "main.tf.json: a: b: module.db.arn belongs to environments/shop/prod and means nothing in modules/fixture",
  );
});

describe("the folder of the tree", () => {
  const { CDKTF_OUTDIR } = process.env;
  afterEach(() => {
    if (CDKTF_OUTDIR === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = CDKTF_OUTDIR;
  });

  test.each([
    ["elsewhere", "elsewhere"],
    ["", "terraform"],
  ])('is, where CDKTF_OUTDIR is "%s", %s: never the project itself', (variable, folder) => {
    process.env.CDKTF_OUTDIR = variable;
    expect(treeFolder()).toBe(folder);
  });
});
