import { evaluate, holds, interpolate } from "../../../lib/workflows/local/expression";

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
])("%s is %p", (expression, value) => {
  expect(evaluate(expression, CONTEXTS, "success")).toEqual(value);
});

test("every expression of a text is replaced by its value", () => {
  expect(interpolate("a ${{ github.event.number }} b ${{ inputs.none }}c ${{ needs.one }}", CONTEXTS)).toBe(
    'a 7 b c {"result":"success"}',
  );
});

test("without a question for the status, a condition holds only while nothing has failed", () => {
  expect(holds(undefined, CONTEXTS, "success")).toBe(true);
  expect(holds(undefined, CONTEXTS, "failure")).toBe(false);
  expect(holds("inputs.apply", CONTEXTS, "failure")).toBe(false);
  expect(holds("always()", CONTEXTS, "failure")).toBe(true);
  expect(holds("${{ !cancelled() && inputs.apply }}", CONTEXTS, "failure")).toBe(true);
  expect(holds("failure()", CONTEXTS, "success")).toBe(false);
});

test.each(["secrets.KEY", "hashFiles('a')", "github.event_name ==", "1 +", "needs..result", "(inputs.apply"])(
  "%s is not taken for something that it is not",
  (expression) => {
    expect(() => evaluate(expression, CONTEXTS, "success")).toThrow(
      "what lib/workflows/local knows of GitHub's expressions",
    );
  },
);
