import { readdirSync, readFileSync } from "node:fs";
import { describeWithTerraform } from "../../support/terraform-needed";
import { Project } from "./project";

jest.setTimeout(120_000);

describeWithTerraform("groundplan validate", () => {
  const project = new Project();
  const tree = () => readdirSync(project.file("terraform"), { recursive: true });

  beforeAll(() => project.synthesize("dev", "prod"));

  test("checks every root and leaves the tree as it was", async () => {
    const before = tree();
    const { exitCode, stdout, stderr } = await project.run(["validate"]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").sort()).toEqual([
      "",
      "orders/dev: valid",
      "orders/prod: valid",
      "roots: 2 valid, 0 invalid",
    ]);
    expect(stderr).toMatch(/terraform validate, roots: 2\n$/);
    expect(tree()).toEqual(before);
    expect(readdirSync(project.temporary)).toEqual([]);
  });

  test("an invalid root ends with exit code 1 and Terraform's reason, and the other roots are checked, too", async () => {
    const broken = "terraform/environments/orders/dev/outputs.tf.json";
    const content = readFileSync(project.file(broken), "utf8");
    project.write(broken, content.replace("module.zone.arn", "module.zone.name"));
    const { exitCode, stdout } = await project.run(["validate"]);
    project.write(broken, content);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("orders/dev: terraform validate failed (exit code 1)\n\nError: Unsupported attribute");
    expect(stdout).toContain("orders/prod: valid\n");
    expect(stdout).toContain("roots: 1 valid, 1 invalid\n");
  });

  test("checks only the roots that are named", async () => {
    expect(await project.run(["validate", "orders/prod"])).toMatchObject({
      exitCode: 0,
      stdout: "orders/prod: valid\nroots: 1 valid, 0 invalid\n",
    });
    expect(await project.run(["validate", "orders/prod", "orders/gone"])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: 'unknown root\n  got "orders/gone"; allowed: orders/dev, orders/prod\n',
    });
  });
});
