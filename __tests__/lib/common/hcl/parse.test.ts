import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { HclSyntaxError, parseExpression, parseTemplate } from "../../../../lib/common/hcl/parse";
import type { HclExpression } from "../../../../lib/common/hcl/syntax";

/** The expression with every operation in brackets. */
function bracketed(expression: HclExpression): string {
  const inner = (list: readonly HclExpression[]) => list.map(bracketed).join(", ");
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value);
    case "template":
      return `template(${inner(expression.parts)})`;
    case "variable":
      return expression.name;
    case "attribute":
      return `${bracketed(expression.of)}.${expression.name}`;
    case "index":
      return `${bracketed(expression.of)}[${bracketed(expression.key)}]`;
    case "splat":
      return `each(${bracketed(expression.of)}: ${bracketed(expression.each)})`;
    case "item":
      return "it";
    case "call":
      return `${expression.name}(${inner(expression.arguments)}${expression.expand ? "..." : ""})`;
    case "conditional":
      return `(${[expression.condition, expression.ifTrue, expression.ifFalse].map(bracketed).join(" ? ")})`;
    case "unary":
      return `(${expression.operator}${bracketed(expression.operand)})`;
    case "binary":
      return `(${bracketed(expression.left)} ${expression.operator} ${bracketed(expression.right)})`;
    case "tuple":
      return `[${inner(expression.items)}]`;
    case "object":
      return `{${expression.items.map(({ key, value }) => `${bracketed(key)}: ${bracketed(value)}`).join(", ")}}`;
    case "forTuple":
    case "forObject": {
      const { keyName = "", valueName, collection, value, condition } = expression;
      const key = expression.kind === "forObject" ? `${bracketed(expression.key)} => ` : "";
      const grouped = expression.kind === "forObject" && expression.grouped ? "..." : "";
      const guard = condition === undefined ? "" : ` if ${bracketed(condition)}`;
      return `for(${keyName} ${valueName} in ${bracketed(collection)}: ${key}${bracketed(value)}${grouped}${guard})`;
    }
    case "parentheses":
      return bracketed(expression.inner);
  }
}

describe("an expression", () => {
  test.each([
    ["a || b && c == d < e + f * -g", "(a || (b && (c == (d < (e + (f * (-g)))))))"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b * c % d", "(((a / b) * c) % d)"],
    ["a == b != c", "((a == b) != c)"],
    ["!a.b && !!c", "((!a.b) && (!(!c)))"],
    ["-a[0] + b", "((-a[0]) + b)"],
    ["(a + b) * c", "((a + b) * c)"],
    ["a ? b : c ? d : e", "(a ? b ? (c ? d ? e))"],
    ["a || b ? c + d : e", "((a || b) ? (c + d) ? e)"],
    ['var.a.b["c"][0].d', 'var.a.b["c"][0].d'],
    ["a.0.b", "a[0].b"],
    ["a[*].b[0].c", "each(a: it.b[0].c)"],
    ["a.*.b[0]", "each(a: it.b)[0]"],
    ["a[*].b[*].c", "each(a: each(it.b: it.c))"],
    ["f()", "f()"],
    ["f(a, [b]...)", "f(a, [b]...)"],
    ["f(a,\n b,\n)", "f(a, b)"],
    ["provider::aws::arn_parse(a).b", "provider::aws::arn_parse(a).b"],
    ["[]", "[]"],
    ["[a, /* b */ c, # d\n]", "[a, c]"],
    ["{}", "{}"],
    ['{ a = 1, "b" : 2, (c) = 3, null = 4 }', '{"a": 1, "b": 2, c: 3, "null": 4}'],
    ["{\n a = 1\n b = -2 // c\n}", '{"a": 1, "b": (-2)}'],
    ["{ a = [1,\n -1]\n (b) = (c\n + d) }", '{"a": [1, (-1)], b: (c + d)}'],
    ["[for x in a ? b : c : x]", "for( x in (a ? b ? c): x)"],
    ["[for k, v in a : k if v]", "for(k v in a: k if v)"],
    ["{ for k, v in a : k => v... if v != k }", "for(k v in a: k => v... if (v != k))"],
    ["for-each.in", "for-each.in"],
    ['"a\\n\\t\\"\\\\\\u00e9\\U0001F600"', '"a\\n\\t\\"\\\\é😀"'],
    ['"a${b}c${"d${e}"}"', 'template("a", b, "c", template("d", e))'],
    ['"${a}"', "a"],
    ['"$${a} %%{b} $5 100%"', '"${a} %{b} $5 100%"'],
    ['" ${~ a ~} b"', 'template(a, "b")'],
    ["1.5e3", "1500"],
  ])("%s", (text, expected) => {
    expect(bracketed(parseExpression(text))).toBe(expected);
  });

  test.each([
    ["", "got the end; allowed: an expression at character 1 of ▸"],
    ["a +", "got the end; allowed: an expression at character 4 of a +▸"],
    ["a b", 'got "b"; allowed: an operator or the end at character 3 of a ▸b'],
    ["f(a", 'got the end; allowed: "," or ")" at character 4 of f(a▸'],
    ["[a, b}", 'got "}"; allowed: "," or "]" at character 6 of [a, b▸}'],
    ["{ a 1 }", 'got "1"; allowed: "=" or ":" at character 5 of { a ▸1 }'],
    ["{ a = 1 b = 2 }", 'got "b"; allowed: "," or "}" at character 9 of { a = 1 ▸b = 2 }'],
    ["a ? b", 'got the end; allowed: ":" of a conditional at character 6 of a ? b▸'],
    ["a.", "got the end; allowed: the name of an attribute at character 3 of a.▸"],
    ["a[1", 'got the end; allowed: an operator or "]" at character 4 of a[1▸'],
    ["[for x on y : x]", 'got "on"; allowed: "in" at character 8 of [for x ▸on y : x]'],
    ["{ for x in y : x }", 'got "}"; allowed: "=>" at character 18 of { for x in y : x ▸}'],
    ['"a', 'got the end; allowed: a closing " at character 3 of "a▸'],
    ['"\\q"', 'got "\\q"; allowed: \\n, \\r, \\t, \\", \\\\, \\uNNNN, \\UNNNNNNNN at character 2 of "▸\\q"'],
    ['"${a"', 'got """; allowed: an operator or "}" at character 5 of "${a▸"'],
    ["a ^ b", 'got "^"; allowed: an expression at character 3 of a ▸^ b'],
    ["<<EOT\na\nEOT", 'got "<"; allowed: an expression at character 1 of ▸<<EOT\na\nEOT'],
  ])("%j is an error that shows the place", (text, message) => {
    expect(() => parseExpression(text)).toThrow(HclSyntaxError);
    expect(() => parseExpression(text)).toThrow(message);
  });

  test("shows only the surroundings in a long text", () => {
    const text = `[${"1, ".repeat(100)}+ 2${", 3".repeat(100)}]`;
    expect(() => parseExpression(text)).toThrow(
      /^got "\+"; allowed: an expression at character 302 of ….{60}▸\+ 2.{37}…$/,
    );
  });
});

describe("a string of a Terraform JSON file", () => {
  test.each([
    ["", '""'],
    ['plain \\n "text"', JSON.stringify('plain \\n "text"')],
    ["${var.a}", "var.a"],
    [" ${var.a}", 'template(" ", var.a)'],
    ["${{ a = 1 }}", '{"a": 1}'],
    ['a\n${f("}")}', 'template("a\\n", f("}"))'],
    ["$${a}", '"${a}"'],
  ])("%j", (text, expected) => {
    expect(bracketed(parseTemplate(text))).toBe(expected);
  });

  test.each([
    ["${a", 'got the end; allowed: an operator or "}" at character 4 of ${a▸'],
    [
      "a %{ if b }",
      'got a template directive "%{"; allowed: text, interpolations, and "%%{" for the text at character 3 of a ▸%{ if b }',
    ],
  ])("%j is an error that shows the place", (text, message) => {
    expect(() => parseTemplate(text)).toThrow(message);
  });

  test("parses in every file of the committed tree", () => {
    const folder = path.join(__dirname, "../../../../terraform");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".tf.json"),
    );
    const texts = new Set(files.flatMap((name) => strings(JSON.parse(readFileSync(path.join(folder, name), "utf8")))));
    const kinds = Array.from(texts, (text) => parseTemplate(text).kind);
    expect(kinds.filter((kind) => kind !== "literal").length).toBeGreaterThan(500);
  });
});

function strings(json: unknown): string[] {
  if (typeof json === "string") return [json];
  return typeof json === "object" && json !== null ? Object.entries(json).flat().flatMap(strings) : [];
}
