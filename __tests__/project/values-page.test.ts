/** The examples of docs/values.md, as a project of their own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { inOfflineCopy, planJson, readPlan } from "../../lib/terraform";
import { Project } from "../lib/cli/project";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";

const PAGE = readFileSync(path.join(__dirname, "../../docs/values.md"), "utf8");

describe("the page about values", () => {
  const project = new Project();

  test("shows modules and roots that compile and become a tree", async () => {
    for (const [, file = "", code = ""] of PAGE.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g))
      project.write(file, code);
    const { exitCode, stderr } = await project.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  }, 60_000);

  describeWithTerraform("real Terraform", () => {
    test("plans the root with data sources, parameters and an ephemeral input", async () => {
      const text = await inOfflineCopy(project.file("terraform"), "environments/shop/dev", async (copy) =>
        planJson(await withVerifiedProvider(copy)),
      );
      const [template] = readPlan("plan", text).resource_changes.filter(({ type }) => type === "aws_launch_template");
      expect(template?.change.after).toMatchObject({
        image_id: "ami-0123456789abcdef0",
        vpc_security_group_ids: ["sg-0123456789abcdef0"],
      });
    }, 120_000);
  });
});
