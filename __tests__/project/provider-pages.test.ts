/** Compiles and synthesizes the examples of docs/providers.md and docs/upgrade-provider.md as separate projects. */
import { readFileSync } from "node:fs";
import { inOfflineCopy, planJson, readPlan } from "../../lib/terraform";
import { Project } from "../lib/cli/project";
import { examplesOf } from "../support/page-examples";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";

const LOCK = `provider "registry.terraform.io/hashicorp/helm" {
  version = "3.1.1"
  hashes = [
    "zh:1",
  ]
}

provider "registry.terraform.io/hashicorp/kubernetes" {
  version = "2.38.0"
  hashes = [
    "zh:2",
  ]
}
`;

describe("the page about providers", () => {
  const project = new Project();
  const json = (file: string) => JSON.parse(readFileSync(project.file(`terraform/environments/shop/${file}`), "utf8"));

  beforeAll(() => {
    project.write("environments/shop/cluster.lock.hcl", LOCK);
    for (const [file, code] of examplesOf("providers.md")) project.write(file, code);
  });

  test("has examples of modules and roots that compile and synthesize", async () => {
    const { exitCode, stderr } = await project.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(Object.keys(json("dev-cluster/providers.tf.json").provider)).toEqual(["helm", "kubernetes"]);
    expect(json("dev/providers.tf.json").provider.aws).toMatchObject([
      { alias: "dns", assume_role: [{ role_arn: "arn:aws:iam::111122223333:role/dns" }], region: "eu-central-1" },
    ]);
    const lock = readFileSync(project.file("terraform/environments/shop/dev-cluster/.terraform.lock.hcl"), "utf8");
    expect(lock).toContain('    "zh:1",\n');
    expect(lock).toContain('    "zh:2",\n');
    const { resource } = JSON.parse(readFileSync(project.file("terraform/modules/platform/main.tf.json"), "utf8"));
    expect(resource.helm_release.this.namespace).toBe("${kubernetes_namespace_v1.this.metadata[0].name}");
  }, 60_000);

  describeWithTerraform("real Terraform", () => {
    test("plans the root of the installed provider", async () => {
      const text = await inOfflineCopy(project.file("terraform"), "environments/shop/dev", async (copy) =>
        planJson(await withVerifiedProvider(copy)),
      );
      const [record] = readPlan("plan", text).resource_changes;
      expect(record).toMatchObject({ address: "module.address.aws_route53_record.this", type: "aws_route53_record" });
    }, 120_000);
  });
});

describe("the page about an upgrade", () => {
  const project = new Project();

  test("has an example that compiles: modules accept both versions and roots keep their pins", async () => {
    for (const [file, code] of examplesOf("providers.md")) project.write(file, code);
    project.write(
      "composition.ts",
      'import { data } from "./environments/shop/dev";\n\nexport const roots = [data()];\n',
    );
    for (const [file, code] of examplesOf("upgrade-provider.md")) project.write(file, code);
    const { exitCode, stderr } = await project.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const version = (folder: string) =>
      JSON.parse(readFileSync(project.file(`terraform/${folder}/versions.tf.json`), "utf8")).terraform
        .required_providers.aws.version;
    expect(version("modules/address")).toBe(">= 5.100.0, < 7.0.0");
    expect(version("environments/shop/dev")).toBe("5.100.0");
  }, 60_000);
});
