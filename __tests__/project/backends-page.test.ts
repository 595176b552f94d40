/** The example of docs/backends.md, as a project of its own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { validate } from "../../lib/terraform";
import { Project } from "../lib/cli/project";
import { examplesOf } from "../support/page-examples";
import { describeWithTerraform } from "../support/terraform-needed";

const PAGE = readFileSync(path.join(__dirname, "../../docs/backends.md"), "utf8");

describe("the page about backends", () => {
  const project = new Project();
  const backendOf = (root: string) => {
    const file = project.file(`terraform/environments/shop/${root}/versions.tf.json`);
    return JSON.parse(readFileSync(file, "utf8")).terraform.backend;
  };

  beforeAll(() => {
    const module = examplesOf("../README.md").filter(([file]) => file === "modules/log-group/index.ts");
    for (const [file, code] of [...module, ...examplesOf("backends.md")]) project.write(file, code);
  });

  test("has roots that compile, keep the guardrails and store their states under their names", async () => {
    const { exitCode, stdout, stderr } = await project.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [, block = ""] = /```json\n("backend": [\s\S]*?)```/.exec(PAGE) ?? [];
    expect({ backend: backendOf("test") }).toEqual(JSON.parse(`{${block}}`));
    expect(backendOf("stage")).toMatchObject({
      azurerm: { key: "shop/stage/terraform.tfstate", use_azuread_auth: true },
    });
    expect(backendOf("lab")).toMatchObject({ kubernetes: { secret_suffix: "shop-lab-state" } });
    expect(backendOf("demo")).toMatchObject({ pg: { schema_name: "shop-demo" } });
    const unjudged = [...stdout.matchAll(/^(\S+): backend (\w+): nobody has judged/gm)].map(([, , type]) => type);
    expect(unjudged.sort()).toEqual(["http", "kubernetes", "pg"]);
  }, 60_000);

  describeWithTerraform("real Terraform", () => {
    test("validates a root", async () => {
      await validate(project.file("terraform"), "environments/shop/test");
    }, 60_000);
  });
});
