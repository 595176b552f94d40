import { z } from "zod";
import { codeOf } from "../../../../lib/generator/expression/code";
import { condition } from "../../../../lib/generator/expression/expression";
import { filter, values } from "../../../../lib/generator/expression/reference";
import { terraformType } from "../../../../lib/generator/inputs/types";
import { input } from "../support";

const zones = input<Record<string, string>>("zones", terraformType(z.record(z.string(), z.string()), "zones"));

test("a nested filter uses a separate variable", () => {
  const outer = filter(zones, (one) => {
    const inner = filter(zones, (other) => condition`${other} == ${one}`);
    return condition`length(${inner}) > 1`;
  });
  expect(codeOf(outer).hcl).toBe(
    "{ for key, value in var.zones : key => value if (length({ for key, value_1 in var.zones : key => value_1 if (value_1 == value) }) > 1) }",
  );
  expect(codeOf(filter(zones, (one) => condition`${one} != ""`)).hcl).toContain("for key, value in");
});

test("the values of a map are a list, which cannot be text", () => {
  expect(codeOf(values(zones)).hcl).toBe("values(var.zones)");
  expect(() => `${values(zones)}`).toThrow("got values(var.zones) as text, but only Terraform knows its value");
});
