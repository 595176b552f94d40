import { Construct } from "constructs";
import { check, condition } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import { shop } from "../../judgement/gate/shop";
import { built } from "../built-module";
import { jsonOf, newRoot } from "../support";

const passes = { condition: condition`1 == 1`, errorMessage: "One is one." };

test("a check of a module has the ids of the constructs around it in its name", () => {
  const { main } = built((scope, input) => {
    check(new Construct(scope, "logs"), "kept", { condition: input.logs, errorMessage: `got ${input.logs}` }, passes);
  });
  expect(main).toHaveProperty("check", {
    logs_kept: {
      assert: [
        { condition: "${var.logs}", error_message: "got ${var.logs}" },
        { condition: "${1 == 1}", error_message: "One is one." },
      ],
    },
  });
});

test("a root has checks of its own, of values that its calls publish", () => {
  const root = shop();
  check(root, "one", passes);
  expect(jsonOf(renderRoot(root), "environments/shop/dev/main.tf.json")).toHaveProperty("check.one.assert", [
    { condition: "${1 == 1}", error_message: "One is one." },
  ]);
});

test("two checks of one name are an error with both lines", () => {
  const root = newRoot();
  check(root, "one", passes);
  expect(() => check(root, "one", passes)).toThrow(/got check\.one, which .*check\.test\.ts:\d+:\d+ has already/);
});

test("a check without a condition is refused", () => {
  // @ts-expect-error: no condition
  expect(() => check(newRoot(), "none")).toThrow("check.none: got no condition; allowed: one or more");
});
