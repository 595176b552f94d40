/** The workflow `performance` runs its command with the token that requests of the scenarios need. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";

const FILE = path.join(__dirname, "../../../.github/workflows/performance.yml");
const { jobs } = readWorkflow("performance.yml", readFileSync(FILE, "utf8"));
const load = jobs.flatMap(({ steps }) => steps).find(({ run }) => run?.includes("groundplan performance"));

test("the command gets the token of the GitHub environment, and its root and address from the inputs", () => {
  expect(jobs.map(({ environment }) => environment)).toEqual(["${{ inputs.environment }}"]);
  expect(load?.env).toEqual({
    PERFORMANCE_TOKEN: "${{ secrets.PERFORMANCE_TOKEN }}",
    ROOT: "${{ inputs.root }}",
    SERVICE_URL: "${{ inputs.url }}",
  });
});
