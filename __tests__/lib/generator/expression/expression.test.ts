import fc from "fast-check";
import { z } from "zod";
import { condition, hcl, jsonencode, type Ref } from "../../../../lib";
import { InputError } from "../../../../lib/common/errors";
import { codeOf } from "../../../../lib/generator/expression/code";
import { choice, expression, hclCollection } from "../../../../lib/generator/expression/expression";
import { hasExpression, printHcl, splitTemplate } from "../../../../lib/generator/expression/template";
import { terraformType } from "../../../../lib/generator/inputs/types";
import { deployTime, input, OWNER } from "../support";

const type = (schema: z.ZodType) => terraformType(schema, "test");
const count: Ref<number> = input("n", type(z.number()));
const name: Ref<string> = input("name", type(z.string()));
const flag: Ref<boolean> = input("flag", type(z.boolean()));
const list: Ref<string[]> = input("list", type(z.array(z.string())));
const map: Ref<Record<string, string>> = input("map", type(z.record(z.string(), z.string())));

/** Text in which expressions were templated, as HCL. */
const asHcl = (text: string) => printHcl(text);

describe("a deploy-time number", () => {
  test("does not compile in arithmetic or a comparison, and throws if types are bypassed", () => {
    // @ts-expect-error: operator + on an expression
    expect(() => count + 1).toThrow("got var.n in arithmetic or a comparison, but only Terraform knows its value");
    // @ts-expect-error: operator * on an expression
    expect(() => count * 2).toThrow("allowed: hcl`… + 1`");
    // @ts-expect-error: operator > on an expression
    expect(() => count > 5).toThrow(InputError);
    expect(() => -count).toThrow(InputError);
    expect(() => Math.max(Number(count), 1)).toThrow(InputError);
  });

  test("is an interpolation in a template, and arithmetic is written in HCL", () => {
    expect(asHcl(`${count}`)).toBe("var.n");
    expect(asHcl(`${count} GiB`)).toBe('"${var.n} GiB"');
    expect(asHcl(`${hcl<number>`${count} + 1`} GiB`)).toBe('"${(var.n + 1)} GiB"');
  });
});

describe("a deploy-time boolean", () => {
  test("does not compile as a condition", () => {
    // @ts-expect-error: an expression is not a condition
    const chosen = flag ? "a" : "b";
    // @ts-expect-error: an expression is not a condition
    const guarded = flag && "a";
    // @ts-expect-error: an expression is not a condition
    if (flag) expect([chosen, guarded]).toHaveLength(2);
    // @ts-expect-error: a boolean and an expression never equal each other
    expect(flag === true).toBe(false);
  });

  test("is called to choose", () => {
    expect(printHcl(flag("aws:kms", "AES256"))).toBe('(var.flag ? "aws:kms" : "AES256")');
    expect(asHcl(`key-${flag(name, "none")}`)).toBe('"key-${(var.flag ? var.name : "none")}"');
    expect(asHcl(`${flag}`)).toBe("var.flag");
  });
});

describe("a deploy-time list, map or object", () => {
  test("has no length, no join, no index and no keys", () => {
    // @ts-expect-error: a list is not a JavaScript array
    expect(list.length).toBeUndefined();
    // @ts-expect-error: a list is not a JavaScript array
    expect(list.join).toBeUndefined();
    // @ts-expect-error: a list is not a JavaScript array
    expect(list[0]).toBeUndefined();
    // @ts-expect-error: a list cannot be iterated
    expect(() => [...list]).toThrow(TypeError);
    // @ts-expect-error: a map has at(key), not a member for each key
    expect(map.first).toBeUndefined();
    expect(printHcl(map.at("first"))).toBe('var.map["first"]');
  });

  test.each([
    ["list", list, "var.list"],
    ["map", map, "var.map"],
    ["object", input("o", type(z.object({ a: z.string() }))), "var.o"],
  ])("%s as text is an error that explains what to write", (_, value, code) => {
    expect(() => `${value}`).toThrow(`got ${code} as text, but only Terraform knows its value`);
    expect(() => [value].join(",")).toThrow('allowed: hcl`join(",", …)`');
  });

  test("as text is an error as well if it is written in HCL with its type", () => {
    const zones = hcl<string[]>`sort(${list})`;
    expect(printHcl({ zones })).toBe('{ "zones" = sort(var.list) }');
    expect(asHcl(`${hcl<string>`join(",", ${list})`}`)).toBe('join(",", var.list)');
  });
});

test.each<[string, () => unknown]>([
  ["a class of characters", () => hcl<boolean>`can(regex("^\d{3}$", ${name}))`],
  ["a point", () => condition`can(regex("a\.b", ${name}))`],
  ["a line break", () => hclCollection<string[]>`split("\n", ${name})`],
])("a backslash that TypeScript removes from HCL is refused: %s", (_, write) => {
  expect(write).toThrow(
    /^(modules\/fixture \()?__tests__\/lib\/generator\/expression\/expression\.test\.ts:\d+:\d+\)?\n {2}got \\[d.n] in HCL, of which TypeScript removes the backslash; allowed: (\\\\\\\\[d.]|\\\\n)$/,
  );
});

test("a doubled backslash, a backtick and a dollar sign are kept", () => {
  expect(printHcl(hcl<string>`replace(${name}, "\\\\d", "\`\${x}")`)).toBe('replace(var.name, "\\\\d", "`${x}")');
});

test("a key that is an expression is not rendered as a bare name", () => {
  expect(printHcl({ [`${name}`]: 1, [`a-${name}`]: 2 })).toBe('{ (var.name) = 1, "a-${var.name}" = 2 }');
});

describe("a deploy-time text", () => {
  test("cannot be compared", () => {
    // @ts-expect-error: text and an expression never equal each other
    expect(name === "x").toBe(false);
    const untyped: unknown = name;
    expect(() => looselyEqual(untyped, "x")).toThrow(
      "got var.name in arithmetic or a comparison, but only Terraform knows its value",
    );
    expect(printHcl(condition`${name} == ${"x"}`)).toBe('(var.name == "x")');
  });

  test("cannot go through JSON.stringify", () => {
    expect(() => JSON.stringify({ name })).toThrow(
      "in JSON.stringify, but only Terraform knows its value; allowed: jsonencode(…)",
    );
    expect(() => JSON.stringify([flag])).toThrow(InputError);
    expect(printHcl(jsonencode({ Name: name }))).toBe('jsonencode({ "Name" = var.name })');
  });

  test.each<[string, (text: string) => string]>([
    ["upper-cased", (text) => text.toUpperCase()],
    ["lower-cased", (text) => text.toLowerCase()],
    ["cut at its end", (text) => text.slice(0, -1)],
    ["cut at its start", (text) => text.slice(1)],
    ["cut in the middle", (text) => text.slice(3, -3)],
    ["split", (text) => text.split(":")[0] ?? ""],
  ])("that was %s in a template is an error that explains what to write", (_, change) => {
    expect(() => splitTemplate(change(`${name}`))).toThrow(
      "text with a deploy-time value that was cut or changed in TypeScript",
    );
    expect(() => splitTemplate(change(`${name}`))).toThrow("allowed: hcl`lower(…)`, hcl`substr(…)` or hcl`replace(…)`");
  });

  test("is detected in every part of a cut template", () => {
    const text = `${deployTime("module.my_database.endpoint", "environments/my-shop/dev")}`;
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(text.length - 1), (a, b) => {
        const piece = text.slice(Math.min(a, b), Math.max(a, b) + 1);
        return piece.length < 5 || piece === text || hasExpression(piece);
      }),
    );
  });

  test("may be concatenated with other text", () => {
    expect(asHcl("a-".concat(`${name}`, "-", `${count}`, "-z"))).toBe('"a-${var.name}-${var.n}-z"');
    expect(asHcl([`${name}`, "x", `${name}`].join("/"))).toBe('"${var.name}/x/${var.name}"');
    expect(asHcl(`${`${name}`.padEnd(60)}`)).toMatch(/^"\$\{var\.name\} +"$/);
  });
});

describe("literal text", () => {
  test("that looks like a template is escaped", () => {
    expect(printHcl("${aws:username} %{if} $${x}")).toBe('"$${aws:username} %%{if} $$${x}"');
    expect(printHcl('say "hi"\n\\done\t')).toBe('"say \\"hi\\"\\n\\\\done\\t"');
  });

  test("that ends in a dollar or percent sign does not swallow the interpolation behind it", () => {
    expect(printHcl(`costs $${name}`)).not.toContain("$${var.name}");
    expect(printHcl(`at 5 %${count}`)).not.toContain("%${var.n}");
    expect(printHcl(`costs $${name}`)).toContain("${var.name}");
  });

  test("and expressions are split in the order of their concatenation", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme" }).filter((text) => text !== "" && !hasExpression(text)),
      fc.constantFrom("var.a", "module.b.c", 'lookup(var.m, "k")').map((code) => ({ owner: OWNER, hcl: code })),
      fc.constant({ owner: undefined, hcl: "each.key" }),
    );
    const noNeighbouringTexts = fc
      .array(part)
      .map((parts) => parts.filter((item, i) => typeof item !== "string" || typeof parts[i - 1] !== "string"));
    fc.assert(
      fc.property(noNeighbouringTexts, (parts) => {
        const text = parts.map((item) => (typeof item === "string" ? item : `${expression(item)}`));
        expect(splitTemplate(text.join(""))).toEqual(parts);
      }),
    );
  });

  test("is quoted so that HCL reads it as one string without a template", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", "é") }), (text) => {
        const quoted = printHcl(text);
        expect(quoted).toMatch(/^"(?:[^"\\\n]|\\.)*"$/);
        expect(quoted.replace(/\$\$\{|%%\{/g, "¦")).not.toMatch(/[$%]\{/);
      }),
    );
  });
});

describe("an expression inside another", () => {
  const either = flag(count, 0);
  test.each([
    [condition`${either} == null`, "(var.flag ? var.n : 0) == null"],
    [hcl`${hcl`${count} + 1`} * 2`, "(var.n + 1) * 2"],
    [hcl`10 - ${hcl`${5}-${3}`}`, "10 - (5-3)"],
    [hcl`8 / ${hcl`${count}*${2}`}`, "8 / (var.n*2)"],
    [hcl`!${condition`${name}==${"x"}`}`, '!(var.name=="x")'],
    [hcl`length(${list}) + ${hcl`length(${list})`}`, "length(var.list) + length(var.list)"],
    [hcl`${hcl`"a" == ${name}`} && true`, '("a" == var.name) && true'],
    [hcl`${hcl`"\\\\" == ${name}`} && true`, '("\\\\" == var.name) && true'],
    [hcl`${hcl`"\\\\" + ${count}`} * 10`, '("\\\\" + var.n) * 10'],
    [hcl`${map.at("k")} == null`, 'var.map["k"] == null'],
    [hcl`upper(${flag(name, "x")})`, 'upper((var.flag ? var.name : "x"))'],
    [hcl`${choice({ hcl: "a && b", owner: OWNER })} || c`, "(a && b) || c"],
  ])("keeps its meaning: %#", (composed, code) => {
    expect(codeOf(composed).hcl).toBe(code);
  });

  test("of another module or root is an error that names both", () => {
    const foreign = deployTime<string>("module.db.endpoint", "environments/shop/prod");
    expect(() => hcl`${name} == ${foreign}`).toThrow(
      "got var.name == module.db.endpoint, which mixes values of environments/shop/prod and modules/fixture; allowed",
    );
  });
});

test("a value without a form in HCL is an error that shows it", () => {
  expect(() => printHcl(Number.NaN)).toThrow("got NaN; allowed in HCL: ");
  expect(() => printHcl(() => 1)).toThrow("; allowed in HCL: strings, numbers, booleans, null, lists, objects");
  expect(() => printHcl([undefined])).toThrow("got undefined; allowed in HCL: ");
  expect(printHcl({ a: undefined, b: null, c: [1, -2.5, true] })).toBe('{ "b" = null, "c" = [1, -2.5, true] }');
});

function looselyEqual(a: unknown, b: unknown): boolean {
  return new Function("a", "b", "return a == b")(a, b);
}
