import { z } from "zod";
import { defineModule, hcl, InputError, sensitive, set, text } from "../../../../lib";
import { deployTime, failure, newRoot } from "../support";

const inputs = {
  name: text(/^[a-z]+$/, "lower-case letters").describe("d"),
  retentionDays: z.int().min(7).max(35).default(7).describe("d"),
  engine: z.enum(["postgres", "mysql"]).default("postgres").describe("d"),
  password: sensitive(z.string().min(8)).nullable().default(null).describe("d"),
  zones: set(z.string().min(2)).default([]).describe("d"),
  subnets: z
    .record(
      text(/^[a-z]+$/, "lower-case letters"),
      z.object({ cidr: z.cidrv4(), mapPublicIp: z.boolean().default(false) }),
    )
    .default({})
    .describe("d"),
  window: z
    .object({ startHour: z.int().min(0), days: z.array(z.string()).max(2).optional() })
    .nullable()
    .default(null)
    .describe("d"),
};

const Fixture = defineModule({
  name: "fixture",
  description: "d",
  inputs,
  outputs: { all: z.string().describe("d") },
  rules: [
    {
      inputs: ["engine", "retentionDays"],
      allowed: "mysql with 7 days at most",
      holds: ({ engine, retentionDays }) => engine !== "mysql" || retentionDays <= 7,
      condition: 'var.engine != "mysql" || var.retention_days <= 7',
      counterexample: { engine: "mysql", retentionDays: 8 },
    },
  ],
  example: { name: "orders" },
  build: (_, input) => ({ all: hcl<string>`jsonencode(${Object.values(input)})` }),
});

const problems = (values: object) => Fixture.specification.problems({ name: "orders", ...values });

test.each<[string, object, string[]]>([
  ["a pattern", { name: "Orders" }, ['name: got "Orders"; allowed: text, lower-case letters']],
  ["a missing input", { name: undefined }, ["name: got nothing; allowed: text, lower-case letters"]],
  ["a wrong type", { retentionDays: "7" }, ['retentionDays: got "7"; allowed: an integer, at least 7, at most 35']],
  ["a fraction", { retentionDays: 7.5 }, ["retentionDays: got 7.5; allowed: an integer, at least 7, at most 35"]],
  ["NaN", { retentionDays: Number.NaN }, ["retentionDays: got NaN; allowed: an integer, at least 7, at most 35"]],
  ["a range", { retentionDays: 36 }, ["retentionDays: got 36; allowed: an integer, at least 7, at most 35"]],
  ["an enumeration", { engine: "oracle" }, ['engine: got "oracle"; allowed: one of "postgres", "mysql"']],
  ["null", { engine: null }, ['engine: got null; allowed: one of "postgres", "mysql"']],
  ["an element", { zones: ["eu-a", "x"] }, ['zones[1]: got "x"; allowed: text, at least 2 characters']],
  ["a repetition", { zones: ["eu-a", "eu-a"] }, ['zones: got ["eu-a","eu-a"]; allowed: a list without repetition']],
  [
    "nested values, all at once",
    { subnets: { a: { cidr: "10.0.0.0/33" }, b: { mapPublicIp: "no" } } },
    [
      'subnets.a.cidr: got "10.0.0.0/33"; allowed: text, an IPv4 CIDR block such as 10.0.0.0/16',
      "subnets.b.cidr: got nothing; allowed: text, an IPv4 CIDR block such as 10.0.0.0/16",
      'subnets.b.mapPublicIp: got "no"; allowed: true or false',
    ],
  ],
  [
    "a key",
    { subnets: { A1: { cidr: "10.0.0.0/16" } } },
    ['subnets: got "A1"; allowed: a map, keys that are lower-case letters'],
  ],
  ["something that may be null", { window: 5 }, ["window: got 5; allowed: an object, or null"]],
  [
    "a length",
    { window: { startHour: 1, days: ["a", "b", "c"] } },
    ['window.days: got ["a","b","c"]; allowed: a list, at most 2 items'],
  ],
  [
    "unknown inputs",
    { nmae: 1, subnets: { a: { cidr: "10.0.0.0/16", zone: "z" } } },
    [
      "nmae: got 1; allowed: nothing of this name, only name, retentionDays, engine, password, zones, subnets, window",
      'subnets.a.zone: got "z"; allowed: nothing of this name, only cidr, mapPublicIp',
    ],
  ],
  [
    "an unknown input with a name that every object has",
    { constructor: 1 },
    [expect.stringContaining("constructor: got 1; allowed: nothing")],
  ],
  [
    "a rule over several inputs",
    { engine: "mysql", retentionDays: 8 },
    ['engine: got "mysql", retentionDays: got 8; allowed: mysql with 7 days at most'],
  ],
])("%s with an invalid value is reported with place, value and allowed values", (_, values, expected) => {
  expect(problems(values)).toEqual(expected);
});

test("a secret is not shown", () => {
  expect(problems({ password: "hunter2" })).toEqual([
    "password: got a sensitive value; allowed: text, at least 8 characters, or null",
  ]);
});

test("expressions are accepted at any depth, and only literals are checked", () => {
  const name = deployTime<string>("module.a.name");
  expect(
    problems({ name, retentionDays: deployTime("module.a.days"), window: { startHour: name, days: [name] } }),
  ).toEqual([]);
  expect(problems({ name: `db ${name}`, subnets: { a: { cidr: name } }, zones: [name, name] })).toEqual([]);
  expect(
    problems({ subnets: deployTime("module.a.subnets"), engine: "mysql", retentionDays: deployTime("module.a.days") }),
  ).toEqual([]);
  expect(problems({ subnets: { a: { cidr: name, mapPublicIp: "no" } } })).toEqual([
    'subnets.a.mapPublicIp: got "no"; allowed: true or false',
  ]);
});

test("an invalid value that contains expressions is reported with the expressions", () => {
  const day = deployTime<string>("module.a.day");
  expect(problems({ window: { startHour: 1, days: [day, "b", "c"] } })).toEqual([
    'window.days: got ["${module.a.day}","b","c"]; allowed: a list, at most 2 items',
  ]);
  expect(problems({ nmae: day })).toEqual([
    expect.stringContaining("nmae: got ${module.a.day}; allowed: nothing of this name"),
  ]);
  expect(problems({ nmae: `x-${day}` })).toEqual([
    expect.stringContaining('nmae: got "x-${module.a.day}"; allowed: nothing'),
  ]);
});

test("a call with invalid inputs throws one error with its path, file, line, module and every problem", () => {
  const values: { name: string; retentionDays: number } = { name: "X", retentionDays: 1 };
  const error = failure(() => new Fixture(newRoot(), "orders", values));
  expect(error).toBeInstanceOf(InputError);
  expect(error.message.split("\n")).toEqual([
    expect.stringMatching(
      /^environments\/shop\/dev\/orders \(__tests__\/lib\/generator\/inputs\/validation\.test\.ts:\d+:\d+\): bad inputs of module fixture$/,
    ),
    '  name: got "X"; allowed: text, lower-case letters',
    "  retentionDays: got 1; allowed: an integer, at least 7, at most 35",
  ]);
});

test("a rule that breaks through a default shows the default", () => {
  const Defaulted = defineModule({
    name: "defaulted",
    description: "d",
    inputs: { a: z.int().describe("d"), b: z.int().default(5).describe("d") },
    outputs: { sum: z.number().describe("d") },
    rules: [
      {
        inputs: ["a", "b"],
        allowed: "a below b",
        holds: ({ a, b }) => a < b,
        condition: "var.a < var.b",
        counterexample: { a: 6 },
      },
    ],
    example: { a: 1 },
    build: (_, input) => ({ sum: hcl<number>`${input.a} + ${input.b}` }),
  });
  expect(Defaulted.specification.problems({ a: 6 })).toEqual(["a: got 6, b: got 5; allowed: a below b"]);
});
