/** Guardrails whose subject is the committed roots. */
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { bounded } from "../../lib/judgement/guardrails/boundaries";
import { isJudged } from "../../lib/judgement/guardrails/types";
import { Reference } from "../../lib/judgement/hcl";
import { rootPaths } from "../../lib/terraform";
import { resourceOf } from "../lib/judgement/guardrails/fixture";
import { TREE } from "./committed-tree";

const configurations = new Configurations(readTree(TREE));
const roots = rootPaths(TREE).map((path) => configurations.root(path));

test("each permissions boundary of a root keeps a role from becoming administrator", () => {
  const boundaries = roots.flatMap((root) =>
    root
      .of("aws_iam_policy")
      .filter(({ module }) => module === "modules/delivery-boundaries")
      .map(({ address }) => {
        const role = resourceOf("aws_iam_role", { permissions_boundary: new Reference(address, "arn") });
        return [root.path, address, bounded(role, root).outcome];
      }),
  );
  expect(boundaries.length).toBeGreaterThan(0);
  expect(boundaries.filter(([, , outcome]) => outcome !== "holds")).toEqual([]);
});

test("every resource type in a root is judged", () => {
  const types = new Set(roots.flatMap((root) => root.of("*").map(({ type }) => type)));
  expect([...types].filter((type) => !isJudged(type))).toEqual([]);
  expect(types.size).toBeGreaterThan(70);
});
