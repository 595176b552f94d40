import { type Expressions, loadExpressions } from "../../../.ci/local/expression";

let expressions: Expressions;
beforeAll(async () => {
  expressions = await loadExpressions();
});

const CONTEXTS = {
  github: { event_name: "push", event: { number: 7 } },
  needs: { one: { result: "success" }, two: { result: "skipped" } },
  inputs: { row: '{"root":"shop/dev"}', waves: "[[],[1]]", apply: true, none: "" },
};

test.each([
  ["github.event.number", 7],
  ["github.event.nothing.at.all", null],
  ["github.event_name == 'PUSH'", true],
  ["github.event_name != 'push' || !inputs.none", true],
  ["inputs.none || 'otherwise'", "otherwise"],
  ["inputs.apply && 'yes' || 'no'", "yes"],
  ["(inputs.apply || false) && inputs.none == ''", true],
  ["fromJSON(inputs.row).root", "shop/dev"],
  ["fromJSON(inputs.waves)[1][0] != null", true],
  ["fromJSON(inputs.waves)[0][0] != null", false],
  ["join(needs.*.result, ' ')", "success skipped"],
  ["toJSON(fromJSON('[1]'))", "[\n  1\n]"],
  ["'it''s'", "it's"],
  ["true == 'true'", false],
  ["true == '1'", true],
  ["null == 0", true],
  ["2 > 1 && '10' > 9", true],
  ["GitHub.Event_Name", "push"],
  ["contains(needs.*.result, 'SKIPPED')", true],
  ["format('{0}/{1}', inputs.none, 7)", "/7"],
])("%s is %p", (expression, value) => {
  expect(expressions.evaluate(expression, CONTEXTS, "success")).toEqual(value);
});

test("a string literal may contain the end of an expression, and an object becomes the text Object", () => {
  expect(expressions.interpolate("${{ '}}' }} ${{ needs.one }}", CONTEXTS)).toBe("}} Object");
});

test("a status function counts in any case, but not inside a string literal", () => {
  expect(expressions.holds("github.event_name != 'failure()'", CONTEXTS, "failure")).toBe(false);
  expect(expressions.holds("Always()", CONTEXTS, "failure")).toBe(true);
});

test("interpolation replaces every expression in a text by its value", () => {
  expect(expressions.interpolate("a ${{ github.event.number }} b ${{ inputs.none }}c", CONTEXTS)).toBe("a 7 b c");
});

test("a condition without a status function is false after a failure", () => {
  expect(expressions.holds(undefined, CONTEXTS, "success")).toBe(true);
  expect(expressions.holds(undefined, CONTEXTS, "failure")).toBe(false);
  expect(expressions.holds("inputs.apply", CONTEXTS, "failure")).toBe(false);
  expect(expressions.holds("always()", CONTEXTS, "failure")).toBe(true);
  expect(expressions.holds("${{ !cancelled() && inputs.apply }}", CONTEXTS, "failure")).toBe(true);
  expect(expressions.holds("failure()", CONTEXTS, "success")).toBe(false);
});

test.each(["secrets.KEY", "hashFiles('a')", "github.event_name ==", "1 +", "needs..result", "(inputs.apply"])(
  "%s is an error",
  (expression) => {
    expect(() => expressions.evaluate(expression, CONTEXTS, "success")).toThrow(
      "; allowed: a GitHub Actions expression",
    );
  },
);
