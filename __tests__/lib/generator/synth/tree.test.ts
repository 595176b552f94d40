import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Lazy, Token } from "cdktf";
import { defineModule, resource } from "../../../../lib";
import { InputError } from "../../../../lib/common/errors";
import { lower } from "../../../../lib/generator/expression/template";
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

test("keys are sorted except meta-arguments, so that the order of definition does not affect the output", () => {
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
  ["a list token of CDKTF", Token.asList(Lazy.listValue({ produce: () => ["x"] }))],
])("%s is refused with the author's line", (_, value) => {
  expect(() => lower({ a: [{ b: value }] })).toThrow(
    /__tests__\/lib\/generator\/synth\/tree\.test\.ts:\d+:\d+\)?\n {2}got .*, a token of CDKTF; allowed: /,
  );
});

test.each<[string, unknown, string]>([
  ["NaN", Number.NaN, "b\n  got NaN;"],
  ["infinity", Number.POSITIVE_INFINITY, "b\n  got Infinity;"],
  ["a hole in a list", [undefined], "b.0\n  got undefined;"],
])("%s is refused with its place", (_, value, message) => {
  expect(() => finished({ resource: { a: [{ b: value }] } })).toThrow(InputError);
  expect(() => finished({ resource: { a: [{ b: value }] } })).toThrow(`main.tf.json: resource.a.0.${message}`);
});

test("a path in the project's folder is refused, unless the folder is as short as one in a container", () => {
  expect(leaksFolder("/home/ana/shop/lambda.zip", "/home/ana/shop")).toBe(true);
  expect(leaksFolder("/home/ana/shop", "/home/ana/shop")).toBe(true);
  expect(leaksFolder("/home/ana/shopping", "/home/ana/shop")).toBe(false);
  expect(leaksFolder("/app/.next/cache", "/app")).toBe(false);
  expect(leaksFolder("/tmp", "/home/ana/shop")).toBe(false);
});

test("a token of CDKTF in a key is refused like one in a value", () => {
  expect(() => lower({ [Lazy.stringValue({ produce: () => "x" })]: 1 })).toThrow("a token of CDKTF");
});

test.each([
  "undefined behaviour is NaN",
  "an [object Object] in a log",
  "Token[TOKEN.7] and TfToken[",
  "/srv/next/cache",
  "-8.1e+298",
  8.1,
  -1e200,
])("%p is kept as the author's value", (value) => {
  expect(finished({ [`key ${value}`]: lower(value) })).toEqual({ [`key ${value}`]: value });
});

test("a number token of a CDKTF class is refused in the argument of a resource", () => {
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
    /^modules\/poisoned \(__tests__\/lib\/generator\/synth\/tree\.test\.ts:\d+:\d+\)\n {2}got -\d.*, a token of CDKTF; allowed: /,
  );
});

test("a value of another owner is refused with both names and its place", () => {
  expect(() => finished({ a: { b: deployTime("module.db.arn", "environments/shop/prod").toString() } })).toThrow(
    "main.tf.json: a.b\n  got module.db.arn of environments/shop/prod; allowed: values of modules/fixture; publish",
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
