import { z } from "zod";
import { sensitive, set, sizing, text } from "../../../../lib";
import { type TerraformType, terraformType } from "../../../../lib/generator/inputs/types";
import { typeConstraint } from "../../../../lib/generator/inputs/variables";
import { failure } from "../support";

const read = (schema: z.ZodType): TerraformType => terraformType(schema, "module db, input size");
const allowed = (schema: z.ZodType) => read(schema).constraints.map((constraint) => constraint.allowed);

test.each<[string, z.ZodType, string]>([
  ["text", z.string(), "string"],
  ["a number", z.number(), "number"],
  ["an integer", z.int(), "number"],
  ["a boolean", z.boolean(), "bool"],
  ["an enumeration", z.enum(["a", "b"]), "string"],
  ["one literal", z.literal("a"), "string"],
  ["number literals", z.literal([1, 7, 30]), "number"],
  ["a list", z.array(z.number()), "list(number)"],
  ["a set", set(z.string()), "set(string)"],
  ["a map", z.record(z.string(), z.array(z.boolean())), "map(list(bool))"],
  [
    "an object",
    z.object({ subnetIds: z.array(z.string()), port: z.int() }),
    "object({ subnet_ids = list(string), port = number })",
  ],
  [
    "an object with optional attributes and defaults",
    z.object({
      a: z.string().optional(),
      b: z.int().default(5),
      c: z.string().nullable().default(null),
      d: z.string().default("${x}"),
    }),
    'object({ a = optional(string), b = optional(number, 5), c = optional(string), d = optional(string, "$${x}") })',
  ],
  [
    "a map of objects with objects in them",
    z.record(z.string(), z.object({ cidr: z.cidrv4(), tags: z.record(z.string(), z.string()).default({ a: "b" }) })),
    'map(object({ cidr = string, tags = optional(map(string), { "a" = "b" }) }))',
  ],
])("%s has a type constraint", (_, schema, constraint) => {
  expect(typeConstraint(read(schema))).toBe(constraint);
});

test.each<[string, z.ZodType, string]>([
  ["text", z.string().nullable(), "string"],
  ["text with a default", z.string().nullable().default("a"), "string"],
  ["text with a length", z.string().min(1).nullable(), "string"],
  ["a number", z.number().nullable().default(null), "number"],
  ["an integer", z.int().min(1).nullable().default(null), "number"],
  ["a boolean", z.boolean().nullable(), "bool"],
  ["an enumeration", z.enum(["a"]).nullable(), "string"],
  ["a list", z.array(z.string().nullable()).nullable(), "list(string)"],
  ["an object", z.object({ a: z.string().nullable() }).nullable(), "object({ a = string })"],
])("%s is nullable", (_, schema, constraint) => {
  expect(read(schema)).toMatchObject({ nullable: true });
  expect(typeConstraint(read(schema))).toBe(constraint);
});

test.each<[string, z.ZodType, string[]]>([
  ["an integer's bounds", z.int().min(7).max(35), ["an integer", "at least 7", "at most 35"]],
  ["an integer alone", z.int(), ["an integer"]],
  ["a positive number", z.number().positive(), ["more than 0"]],
  ["a number below a bound", z.number().lt(10), ["less than 10"]],
  ["a step", z.int().min(0).multipleOf(5), ["an integer", "at least 0", "a multiple of 5"]],
  ["a length", z.string().min(3).max(63), ["at least 3 characters", "at most 63 characters"]],
  ["a pattern", z.string().regex(/^[a-z]+$/), ["text that matches ^[a-z]+$"]],
  ["two patterns", z.string().regex(/^a/).regex(/z$/), ["text that matches ^a", "text that matches z$"]],
  ["a pattern in words", text(/^[a-z]+$/, "lower-case letters"), ["lower-case letters"]],
  ["an enumeration", z.enum(["a", "b"]), ['one of "a", "b"']],
  ["number literals", z.literal([1, 7]), ["one of 1, 7"]],
  ["a CIDR block", z.cidrv4(), ["an IPv4 CIDR block such as 10.0.0.0/16"]],
  ["a list's length", z.array(z.string()).min(1).max(3), ["at least 1 items", "at most 3 items"]],
  ["a map's keys", z.record(text(/^[a-z]+$/, "lower-case letters"), z.string()), ["keys that are lower-case letters"]],
])("%s is kept", (_, schema, words) => {
  expect(allowed(schema)).toEqual(words);
});

test("marks and descriptions are read in any order of their calls", () => {
  const marks = { description: "d", sensitive: true, sizing: true, nullable: true, default: null };
  expect(read(sizing(sensitive(z.int().min(1).nullable().default(null))).describe("d"))).toMatchObject(marks);
  expect(
    read(
      sensitive(sizing(z.int().min(1)).describe("d"))
        .nullable()
        .default(null),
    ),
  ).toMatchObject(marks);
});

test.each<[string, z.ZodType, string]>([
  ["a union", z.union([z.string(), z.number()]), "got a union of types; allowed: the types of Terraform: strings"],
  ["a union inside", z.object({ a: z.array(z.union([z.string(), z.number()])) }), "input size.a[] "],
  ["any value", z.record(z.string(), z.unknown()), "got a value of any type; allowed"],
  ["a discriminated union", z.discriminatedUnion("k", [z.object({ k: z.literal("a") })]), "module db, input size"],
  ["a tuple", z.tuple([z.string(), z.number()]), "module db, input size"],
  ["a date", z.date(), "module db, input size"],
  ["a boolean literal", z.literal(true), "module db, input size"],
  ["null among literals", z.literal(["a", null]), "module db, input size"],
  ["a transformation", z.string().transform((value) => value.length), "module db, input size"],
])("%s is refused with its place", (_, schema, message) => {
  expect(failure(() => read(schema)).message).toContain(message);
});

test.each<[string, z.ZodType]>([
  ["a URL, which only JavaScript can check", z.url()],
  ["base64", z.base64()],
  ["a pattern without regard to case, a flag that RE2's pattern would not have", z.string().regex(/^[a-z]+$/i)],
  ["a pattern with a look-ahead, which RE2 does not know", z.string().regex(/^(?!aws)[a-z]+$/)],
  ["a pattern with a back-reference, which RE2 does not know", z.string().regex(/^(a)\1$/)],
  ["a backspace in a class, which RE2 does not know", z.string().regex(/^[\b]$/)],
  ["an e-mail address, whose pattern RE2 does not know", z.email()],
  ["more repeats than RE2 takes", z.string().regex(/^.{1,2048}$/)],
  ["a character by its number, as only JavaScript writes it", z.string().regex(/^[\u00e0-\u00ff]+$/)],
  ["a property of Unicode that RE2 does not know", z.string().regex(/^\p{Letter}+$/u)],
  ["a check of JavaScript's own", z.string().refine((value) => value.startsWith("a"))],
  ["text that JavaScript trims", z.string().trim()],
  ["a map that needs all keys of an enumeration", z.record(z.enum(["a", "b"]), z.string())],
  [
    "an optional field with a default that may be null, where Terraform puts the default for null",
    z.object({ a: z.string().min(1).nullable().default("x") }),
  ],
  [
    "a secret inside an object, which a Terraform variable cannot hide alone",
    z.object({ password: sensitive(z.string()) }),
  ],
  ["a secret inside a list", z.array(sensitive(z.string()))],
  ["a secret inside a map", z.record(z.string(), sensitive(z.string()))],
])("%s is refused, because Terraform cannot check or keep it", (_, schema) => {
  expect(failure(() => read(schema)).message).toContain("module db, input size");
});
