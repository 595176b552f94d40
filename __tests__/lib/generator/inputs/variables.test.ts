import { z } from "zod";
import { sensitive, set, text } from "../../../../lib";
import { terraformKeys } from "../../../../lib/generator/inputs/terraform-keys";
import { type TerraformType, terraformType } from "../../../../lib/generator/inputs/types";
import { checksOf, variableBlock } from "../../../../lib/generator/inputs/variables";
import { jsonFile } from "../../../../lib/generator/synth/tree";
import { deployTime } from "../support";

const read = (schema: z.ZodType): TerraformType => terraformType(schema, "test");
const conditions = (schema: z.ZodType) => checksOf("size", read(schema)).map((check) => check.condition);

/** The block as it stands in the file. */
function block(name: string, schema: z.ZodType): unknown {
  return JSON.parse(jsonFile("variables.tf.json", "modules/x", variableBlock(name, read(schema), [])).content);
}

test("a required input has no default and refuses null", () => {
  expect(block("name", z.string().describe("Name."))).toEqual({
    description: "Name.",
    type: "string",
    nullable: false,
  });
});

test("a default is written in Terraform's names, and null is a default", () => {
  expect(block("logins", z.object({ maxPerHour: z.int() }).default({ maxPerHour: 5 }))).toMatchObject({
    default: { max_per_hour: 5 },
  });
  expect(block("logins", z.int().min(1).nullable().default(null))).toMatchObject({ default: null, nullable: true });
});

test("literal templates in a default or description are not escaped, because Terraform does not evaluate them", () => {
  expect(block("name", z.string().default("${aws:username}").describe("Say %{x} or ${y}."))).toMatchObject({
    default: "${aws:username}",
    description: "Say %{x} or ${y}.",
  });
});

test("a literal template in the default of a field is escaped once, in the type where it stands", () => {
  expect(block("user", z.object({ path: z.string().default("${aws:username}/%{x}") }))).toMatchObject({
    type: 'object({ path = optional(string, "$${aws:username}/%%{x}") })',
  });
});

test("a sensitive input is marked, and its messages do not show it", () => {
  expect(block("password", sensitive(z.string().min(8)))).toMatchObject({
    sensitive: true,
    validation: [{ error_message: "password: got a sensitive value; allowed: at least 8 characters." }],
  });
});

test("a validation shows place, value and allowed values", () => {
  expect(block("retentionDays", z.int().min(7))).toMatchObject({
    validation: [
      { condition: "${floor(var.retention_days) == var.retention_days}" },
      {
        condition: "${var.retention_days >= 7}",
        error_message: "retention_days: got ${jsonencode(var.retention_days)}; allowed: at least 7.",
      },
    ],
  });
});

test.each<[string, z.ZodType, string[]]>([
  ["an enumeration", z.enum(["a", 'say "b"', "${c}"]), ['contains(["a", "say \\"b\\"", "$${c}"], var.size)']],
  ["numbers", z.literal([1, 7]), ["contains([1, 7], var.size)"]],
  [
    "a pattern with a backslash and a percent sign",
    z.string().regex(/^\d[%{}]$/),
    ['can(regex("^\\\\d[%%{}]$", var.size))'],
  ],
  ["a CIDR block", z.cidrv4(), ["can(cidrnetmask(var.size))"]],
  ["something nullable", z.number().min(1).nullable(), ["var.size == null ? true : var.size >= 1"]],
  ["a list's elements", z.array(z.number().min(1)), ["alltrue([for item in var.size : item >= 1])"]],
  [
    "lists in maps, each with its own name for an element",
    z.record(z.string(), z.array(z.number().min(1))),
    ["alltrue([for item in var.size : alltrue([for item_1 in item : item_1 >= 1])])"],
  ],
  ["keys", z.record(text(/^a/, "a…"), z.string()), ['alltrue([for key in keys(var.size) : can(regex("^a", key))])']],
  [
    "an optional field of a nullable object",
    z.object({ maxDays: z.number().max(9).optional() }).nullable(),
    ["var.size == null ? true : var.size.max_days == null ? true : var.size.max_days <= 9"],
  ],
  ["a field with a default, which is never null", z.object({ a: z.number().max(9).default(1) }), ["var.size.a <= 9"]],
])("%s is checked in HCL", (_, schema, code) => {
  expect(conditions(schema)).toEqual(code);
});

test("offenders are only the elements that violate the check", () => {
  const [check] = checksOf("subnets", read(z.record(z.string(), z.object({ cidr: z.cidrv4() }))));
  expect(check).toMatchObject({
    place: "subnets{}.cidr",
    offenders: 'join(", ", [for item in var.subnets : jsonencode(item.cidr) if !(can(cidrnetmask(item.cidr)))])',
  });
});

test("names are converted in literals, but not in expressions and keys of maps", () => {
  const type = read(
    z.object({ hostNames: z.record(z.string(), z.object({ timeToLive: z.int() })), ids: set(z.string()) }),
  );
  const ids = deployTime<string[]>("var.ids");
  expect(terraformKeys({ hostNames: { fooBar: { timeToLive: 5 } }, ids }, type)).toEqual({
    host_names: { fooBar: { time_to_live: 5 } },
    ids,
  });
});
