import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { isRead, RootFiles } from "../../../../lib/pipeline/delivery/root-files";
import { temporaryFolder } from "../../terraform/sample";

const folder = temporaryFolder();
let count = 0;

/** A tree of these files, in a folder of its own. @param others files that the manifest does not list */
function tree(files: Readonly<Record<string, string | object>>, others: Readonly<Record<string, string>> = {}): string {
  const root = path.join(folder, String(count++));
  const manifest = { "manifest.json": { files: Object.keys(files) } };
  for (const [name, content] of Object.entries({ ...files, ...others, ...manifest })) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

const calls = (...modules: readonly string[]) => ({
  module: Object.fromEntries(modules.map((name) => [name, { source: `../../../modules/${name}` }])),
});

test("the files of a root are those of its folder and of the modules that it calls, directly or not", () => {
  const files = new RootFiles(
    tree({
      "environments/shop/dev/main.tf.json": calls("a"),
      "environments/shop/dev/.terraform.lock.hcl": "",
      "environments/shop/dev/.terraform/providers.json": "",
      "environments/shop/dev/errored.tfstate": "",
      "environments/shop/dev/saved.tfplan": "",
      "environments/shop/dev/README.md": "",
      "modules/a/main.tf.json": { module: { b: { source: "../b" }, far: { source: "registry.example/far/a" } } },
      "modules/a/templates/user-data.sh": "",
      "modules/b/main.tf.json": {},
      "modules/c/main.tf.json": {},
    }),
  );
  expect(files.filesOf("environments/shop/dev")).toEqual([
    "environments/shop/dev/.terraform.lock.hcl",
    "environments/shop/dev/main.tf.json",
    "modules/a/main.tf.json",
    "modules/a/templates/user-data.sh",
    "modules/b/main.tf.json",
  ]);
});

test("a configuration file counts, whatever its name", () => {
  const extension = fc.constantFrom(".tf", ".tf.json", ".tofu", ".tfvars", ".auto.tfvars.json");
  const beginning = fc.constantFrom("x.md", "x.tfstate", "terraform.tfstate.d", "crash.log", "x.tfplan", "");
  fc.assert(fc.property(beginning, extension, (name, end) => isRead(`modules/a/${name}${end}`)));
});

test("a file that Terraform reads and synth did not write is refused", () => {
  const root = tree({ "environments/shop/dev/main.tf.json": {} }, { "environments/shop/dev/extra.tf": "" });
  expect(() => new RootFiles(root)).toThrow(
    "environments/shop/dev/extra.tf: got a file that Terraform reads and synth did not write",
  );
});

test("a link is refused, since its target may change without the tree", () => {
  const root = tree({ "environments/shop/dev/main.tf.json": {} });
  symlinkSync("/etc/hostname", path.join(root, "environments/shop/dev/notes.txt"));
  expect(() => new RootFiles(root).filesOf("environments/shop/dev")).toThrow(
    "environments/shop/dev/notes.txt\n  got a link or a device; allowed: files and folders",
  );
});
