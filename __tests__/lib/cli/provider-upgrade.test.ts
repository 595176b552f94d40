/** A project that goes from one major version of a provider to the next, with the bindings of both. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Project } from "./project";

const modules = path.resolve(__dirname, "../../../node_modules");
const project = new Project();
const other = project.file("node_modules/provider-helm-4");

/** Bindings of a version 4 that does not exist: those of 3.1.1, with another name of the version. */
beforeAll(() => {
  rmSync(project.file("node_modules"));
  mkdirSync(project.file("node_modules"));
  for (const name of readdirSync(modules)) symlinkSync(path.join(modules, name), project.file(`node_modules/${name}`));
  const own = path.join(modules, "@cdktf/provider-helm");
  for (const part of ["package.json", "lib/provider", "lib/release"]) {
    cpSync(path.join(own, part), path.join(other, part), { recursive: true });
  }
  for (const file of ["package.json", "lib/provider/index.js", "lib/release/index.js"]) {
    rewrite(file, (text) => text.replaceAll("3.1.1", "4.0.0"));
  }
  project.write(
    "modules/platform/index.ts",
    `import { Release } from "@cdktf/provider-helm/lib/release";
import { defineModule, resource } from "../../lib";
export const Platform = defineModule({
  name: "platform",
  description: "A release.",
  providers: ["helm"],
  inputs: {},
  outputs: {},
  example: {},
  build(scope) {
    resource(scope, Release, "this", { name: "shop", chart: "shop", version: "1.0.0", namespace: "shop", atomic: true });
    return {};
  },
});
`,
  );
});

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(path.join(other, file), change(readFileSync(path.join(other, file), "utf8")));
}

const root = (name: string, more: string) => `(() => {
  const root = new Root({
    path: "environments/shop/${name}", source: "main.ts", accountId: "111122223333", region: "eu-central-1",
    backend: { bucket: "state", region: "eu-central-1", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/state", dynamodbTable: "locks" },
    tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: "${name}" }, ${more}
  });
  const clusterCaCertificate = "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n";
  root.provider(HelmProvider, { kubernetes: { host: "https://cluster.example", clusterCaCertificate } });
  new Platform(root, "platform", {});
  return root;
})()`;

const synth = (upgrades: string) => {
  project.write(
    "main.ts",
    `import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { type ProjectProviders, Root } from "./lib";
import { Platform } from "./modules/platform";
export const providers: ProjectProviders = ${upgrades};
export const roots = [${root("prod", "")}, ${root("dev", 'providerVersions: { helm: "4.0.0" },')}];
`,
  );
  return project.run(["synth"]);
};

const upgrade = (package_ = "provider-helm-4") =>
  `{ upgrades: [{ provider: "helm", from: "3.1.1", to: "4.0.0", until: "2999-12-31", otherBindings: "${package_}" }] }`;
const pinned = (name: string) =>
  JSON.parse(readFileSync(project.file(`terraform/environments/shop/${name}/versions.tf.json`), "utf8")).terraform
    .required_providers.helm.version;

test("without a declared upgrade, a pin of the other major version stops synth", async () => {
  const { exitCode, stderr } = await synth('{ ranges: { helm: ">= 3.1.1, < 5.0.0" } }');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    "environments/shop/dev: provider helm\n  got version 4.0.0, and bindings of 3.1.1; allowed:",
  );
}, 60_000);

test("each root has its own version where both bindings give the same tree", async () => {
  const { exitCode, stderr } = await synth(upgrade());
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect([pinned("dev"), pinned("prod")]).toEqual(["4.0.0", "3.1.1"]);
}, 60_000);

test("bindings that are not installed, or of another major version, are an error", async () => {
  const missing = await synth(upgrade("provider-helm-5"));
  expect(missing).toMatchObject({ exitCode: 2 });
  expect(missing.stderr).toContain(
    "main.ts: upgrade of provider helm\n  otherBindings: got provider-helm-5, which is not installed; allowed:",
  );
  const same = await synth(upgrade("@cdktf/provider-helm"));
  expect(same.stderr).toContain(
    "otherBindings: got @cdktf/provider-helm of version 3.1.1 beside 3.1.1; allowed: the major versions of 3.1.1 and 4.0.0",
  );
}, 60_000);

test("bindings that give another tree stop synth, which names the files", async () => {
  rewrite("lib/release/index.js", (text) =>
    text.replace("chart: cdktf.stringToTerraform", "path: cdktf.stringToTerraform"),
  );
  const { exitCode, stderr } = await synth(upgrade());
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    "main.ts: upgrade of provider helm\n  got another tree with provider-helm-4 of version 4.0.0: modules/platform/main.tf.json; allowed: the same tree",
  );
}, 60_000);
