import path from "node:path";
import { judgeWorkflows, parseSources, readSources } from "../../../../lib/pipeline/workflows/judge";
import { promoteWorkflow } from "../../../../lib/pipeline/workflows/promote";

const SOURCES = readSources(path.resolve(__dirname, "../../../.."));
const FILE = ".github/workflows/promote.yml";

test.each([1, 2, 7])("the workflow for %i waves keeps the policy, and each wave needs all earlier ones", (count) => {
  const repository = parseSources(new Map([...SOURCES, [FILE, promoteWorkflow(count)]]));
  expect(judgeWorkflows(repository)).toEqual([]);
  const jobs = repository.workflows.find((workflow) => workflow.path === FILE)?.jobs ?? [];
  const ids = Array.from({ length: count }, (_, i) => `wave-${i + 1}`);
  expect(jobs.map(({ id, needs }) => [id, needs])).toEqual(ids.map((id, i) => [id, ids.slice(0, i)]));
});
