import { holdTheSame, readState } from "../../../../lib/pipeline/bootstrap/state";
import { failure } from "../../generator/support";

const text = (more: object = {}) =>
  JSON.stringify({ version: 4, lineage: "a", serial: 2, outputs: {}, resources: [{ type: "x" }], ...more });

test("an incomplete state is refused", () => {
  expect(failure(() => readState("shop.tfstate", text().slice(0, 30))).message).toBe(
    "shop.tfstate\n  got something else than a state; allowed: a Terraform state of version 4",
  );
});

test("a state of another format is no state", () => {
  expect(() => readState("shop.tfstate", text({ version: 5 }))).toThrow("got something else than a state");
});

test("states are equal if their resources and outputs are equal, whatever their versions", () => {
  const one = readState("one", text());
  expect(holdTheSame(one, readState("other", text({ serial: 7, lineage: "b" })))).toBe(true);
  expect(holdTheSame(one, readState("other", text({ resources: [{ type: "y" }] })))).toBe(false);
  expect(holdTheSame(one, readState("other", text({ outputs: { arn: { value: "x" } } })))).toBe(false);
});
