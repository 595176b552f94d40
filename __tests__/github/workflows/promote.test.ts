import { readFileSync } from "node:fs";
import path from "node:path";
import { projectSettings } from "../../../lib/generator/project-settings";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { promoteWorkflow } from "../../../lib/pipeline/workflows/promote";
import { roots } from "../../../main";

const COMMITTED = readFileSync(path.join(__dirname, "../../../.github/workflows/promote.yml"), "utf8");

test("the committed workflow is the one that is generated for the number of waves", () => {
  expect(COMMITTED).toBe(promoteWorkflow(projectSettings().waves));
});

test("the committed workflow has a job for the wave of each root", () => {
  const jobs = readWorkflow("promote.yml", COMMITTED).jobs.map(({ id }) => id);
  const waves = roots.flatMap(({ props }) => (props.delivery === undefined ? [] : [`wave-${props.delivery.wave}`]));
  expect(waves.filter((wave) => !jobs.includes(wave))).toEqual([]);
});
