import fc from "fast-check";
import { parseExpression } from "../../../../lib/common/hcl/parse";
import {
  EvaluationError,
  evaluate,
  FUNCTIONS,
  type HclValue,
  isUnknown,
  lazyObject,
  scopeOf,
} from "../../../../lib/judgement/hcl";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { CALLS, FORMS } from "./examples";
import { anyExpression, LOCALS } from "./generated";
import { FAILED, terraformValues } from "./terraform";

const scope = scopeOf({ local: LOCALS });

function ourValue(expression: string): HclValue {
  try {
    return evaluate(parseExpression(expression), scope);
  } catch (error) {
    if (error instanceof EvaluationError) return FAILED;
    throw error;
  }
}

test("each function has an example that is compared with Terraform", () => {
  expect(Object.keys(CALLS).sort()).toEqual([...Object.keys(FUNCTIONS), "can", "try"].sort());
});

describeWithTerraform("the values of known expressions", () => {
  const examples = [...Object.values(CALLS).flat(), ...FORMS];
  const generated = fc.sample(anyExpression, { numRuns: 400, seed: 20_240_521 });
  let values: unknown[] = [];

  beforeAll(async () => {
    values = await terraformValues([...examples, ...generated], LOCALS);
  }, 120_000);

  test("are Terraform's for every function and every form", () => {
    expect(examples.map((expression) => ({ expression, value: ourValue(expression) }))).toEqual(
      examples.map((expression, i) => ({ expression, value: values[i] })),
    );
  });

  test("are Terraform's for generated expressions, wherever it has a value", () => {
    const compared = generated
      .map((expression, i) => ({ expression, value: values[examples.length + i] }))
      .filter(({ value }) => value !== FAILED);
    expect(compared.map(({ expression }) => ({ expression, value: ourValue(expression) }))).toEqual(compared);
    expect(compared.length).toBeGreaterThan(250);
  });
});

describe("a result with more digits than JavaScript supports is unknown", () => {
  test.each(["1 / 3", "9007199254740992 + 1", 'tonumber("12345678901234567890")', "0.1 / 0.3"])("%s", (expression) => {
    expect(isUnknown(ourValue(expression))).toBe(true);
  });
});

describe("an unsupported expression is unknown", () => {
  test.each([
    'filebase64("x")',
    "timestamp()",
    'format("%.2f", 1)',
    "[1] == [1]",
    "element([1, 2], -1)",
    'concat([1], ["a"])',
    "toset([{ a = 1 }, { a = 2 }])",
  ])("%s", (expression) => {
    expect(isUnknown(ourValue(expression))).toBe(true);
  });
});

describe("an expression that Terraform refuses", () => {
  test.each([
    ["local.gone", 'got the key "gone"; allowed: n, m, s, t, yes, no, numbers, texts, sizes, names'],
    ["gone.x", "got the unknown name gone"],
    ["local.numbers[3]", "got the index 3 of a list of 3"],
    ['regex("x", "a")', 'got "a"; allowed: text that matches x'],
    ["local.s.x", 'got "ab"; allowed: an object with the attribute x'],
    ["-local.texts", 'got ["b", "a", "b", ""]; allowed: a number'],
  ])("%s is an error with the reason", (expression, message) => {
    expect(() => evaluate(parseExpression(expression), scope)).toThrow(new EvaluationError(message));
  });
});

test("an attribute of a lazy object is computed once, at its first access", () => {
  const computed: string[] = [];
  const local = lazyObject(["a", "b"], (name) => {
    computed.push(name);
    return `${name}!`;
  });
  expect(evaluate(parseExpression('"${local.a}${local.a}"'), scopeOf({ local }))).toBe("a!a!");
  expect(computed).toEqual(["a"]);
});

test("a name of an inner scope hides the same name outside", () => {
  const outer = scopeOf({ a: 1, b: 2 });
  expect(evaluate(parseExpression("[a, b, [for a in [3] : a]]"), scopeOf({ a: "inner" }, outer))).toEqual([
    "inner",
    2,
    [3],
  ]);
});
