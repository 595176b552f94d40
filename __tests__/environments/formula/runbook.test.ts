/** The steps of Formula's runbook. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FormulaEnvironment } from "../../../environments/formula/environment";
import { formula } from "../../../environments/formula/system";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { TREE } from "../committed-tree";
import { testRunbook } from "../runbook-page";
import { copying, promoted, returned, settled, standingBy, stopped } from "./failover";

testRunbook({
  system: "formula",
  expected: [
    ["Promote the standby", promoted],
    ["Copy the backups back", copying],
    ["Stop taking changes", stopped],
    ["Restore in production", returned],
    ["End the copies of the way back", settled.prod],
    ["End the copies of the way back", settled.dr],
    ["Take the old instance out of the data", standingBy],
  ],
  partial: ["Copy the backups of the new instance"],
});

const committed = new Configurations(readTree(TREE));

/** Task definitions that an apply replaces in the committed root of an environment. */
function replaced(environment: FormulaEnvironment): string[] {
  const address = `environments/formula/${environment.name}`;
  const files = renderTree([formula(environment)]).map(({ path: file, content }) => [file, content] as const);
  const before = committed.root(address);
  return new Configurations(new Map(files))
    .root(address)
    .of("aws_ecs_task_definition")
    .filter(({ address, values }) => JSON.stringify(before.at(address)?.values) !== JSON.stringify(values))
    .map(({ call }) => call ?? "");
}

test("the steps that restore a database name how many revisions the plan destroys", () => {
  const page = readFileSync(path.join(TREE, "environments/formula/dr/RUNBOOK.md"), "utf8");
  const counts = [...page.matchAll(/The (\d+) resources to destroy are\s+the former revisions/g)];
  const [promotion, restore] = [promoted, returned].map(replaced);
  expect(promotion?.sort()).toEqual(["blue_task", "erasure_task"]);
  expect(restore?.sort()).toEqual(["blue_task", "erasure_task", "green_task", "migrations_task", "roles_task"]);
  expect(counts.map(([, count]) => Number(count))).toEqual([promotion?.length, restore?.length]);
});
