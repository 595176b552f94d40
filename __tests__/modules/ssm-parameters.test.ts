import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { SsmParameters } from "../../modules/ssm-parameters";
import { newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const parameters = {
  "log-level": { value: "info", description: "Lowest level that is logged" },
  region: { value: "eu-central-1", description: "Region of the buckets" },
};

describePlan(
  "parameters",
  (root) => {
    new SsmParameters(root, "config", { path: "/shop/dev/config", parameters });
  },
  (plan) => {
    test("have names below the path, and values that a plan shows", () => {
      const planned = plan().all("aws_ssm_parameter");
      expect(
        planned.map(({ values }) => [values.name, values.type, values.insecure_value, values.description]),
      ).toEqual([
        ["/shop/dev/config/log-level", "String", "info", "Lowest level that is logged"],
        ["/shop/dev/config/region", "String", "eu-central-1", "Region of the buckets"],
      ]);
    });
  },
);

test("a secret is refused by a guardrail, by its name or by its form", () => {
  const root = newRoot();
  new SsmParameters(root, "config", {
    path: "/shop/dev/config",
    parameters: {
      ...parameters,
      "admin-password": { value: "example", description: "By its name" },
      endpoint: { value: "postgres://shop:example@db.shop.example/shop", description: "By its form" },
    },
  });
  const tree = new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
  const { broken } = judgeRoot(tree.root(root.address), [], "2026-01-01");
  expect(broken.map(({ guardrail, address }) => [guardrail.id, address])).toEqual([
    ["no-secret-values-in-state", 'module.config.aws_ssm_parameter.this["admin-password"]'],
    ["no-secret-values-in-state", 'module.config.aws_ssm_parameter.this["endpoint"]'],
  ]);
});
