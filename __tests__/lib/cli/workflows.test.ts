import { promoteWorkflow } from "../../../lib/pipeline/workflows/promote";
import { Project } from "./project";

jest.setTimeout(60_000);

const FILE = ".github/workflows/promote.yml";
const project = new Project();
project.write("main.ts", "export const roots = [];\n");
project.write("project.ts", "export const project = { levels: 3, waves: 3 };\n");
const workflow = (waves: number) => project.write(FILE, promoteWorkflow(waves));

test("a workflow promote with fewer jobs than waves is a finding, because a root of the last wave would not be applied", async () => {
  workflow(2);
  const stale = await project.run(["workflows"]);
  expect(stale).toMatchObject({ exitCode: 1, stderr: "" });
  expect(stale.stdout).toContain(
    `${FILE}: got another text than for 3 waves; allowed: the output of groundplan workflows --promote\n`,
  );
  workflow(3);
  expect((await project.run(["workflows"])).stdout).not.toContain(`${FILE}: `);
});
