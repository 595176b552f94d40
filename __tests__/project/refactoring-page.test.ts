/** The example of docs/refactoring.md, as a project of its own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { inOfflineCopy, planJson, readPlan } from "../../lib/terraform";
import { terraform } from "../../lib/terraform/run";
import { Project } from "../lib/cli/project";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";

const page = readFileSync(path.join(__dirname, "../../docs/refactoring.md"), "utf8");
const examples = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)];
const project = new Project();
const json = (folder: string) => JSON.parse(readFileSync(project.file(`terraform/${folder}/main.tf.json`), "utf8"));

beforeAll(async () => {
  for (const [, file = "", code = ""] of examples) project.write(file, code);
  project.write("main.ts", 'import { root } from "./environments/shop/dev";\n\nexport const roots = [root];\n');
  const { exitCode, stderr } = await project.run(["synth"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
}, 60_000);

test("its module and its root compile, and have the blocks that it names", () => {
  expect(json("environments/shop/dev")).toMatchObject({
    check: { orders_logs: {} },
    import: [{ id: "/orders/audit/api" }],
    moved: [
      { from: "module.logs", to: "module.shop_logs" },
      {},
      { from: "aws_cloudwatch_log_group.orders_people_1F3A90CC" },
    ],
  });
  expect(json("modules/audit-logs")).toMatchObject({
    check: { complete: {} },
    moved: [{ from: "aws_cloudwatch_log_group.services" }],
    removed: [{ from: "aws_cloudwatch_log_group.legacy" }],
    resource: { aws_cloudwatch_log_metric_filter: { failures_filter: { log_group_name: "${var.name}/people" } } },
  });
});

describeWithTerraform("real Terraform", () => {
  test("accepts the tree, and plans it without an account", async () => {
    await inOfflineCopy(project.file("terraform"), "environments/shop/dev", async (copy) => {
      const ready = await withVerifiedProvider(copy);
      expect(JSON.parse(await terraform(["validate", "-json"], ready))).toMatchObject({ valid: true });
      const { checks, resource_changes } = readPlan("plan", await planJson(ready));
      expect(checks.filter(({ address }) => address.kind === "check").map(({ status }) => status)).toEqual(
        expect.arrayContaining(["pass"]),
      );
      expect(resource_changes).toHaveLength(8);
    });
  }, 120_000);
});
