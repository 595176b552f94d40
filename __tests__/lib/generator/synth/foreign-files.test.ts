import { mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isReadByTerraform } from "../../../../lib/generator/synth/foreign-files";
import { requireWrittenTree } from "../../../../lib/terraform";
import { temporaryFolder } from "../../terraform/sample";
import { failure } from "../support";

const ROOT = "environments/shop/dev";
const FILES = [`${ROOT}/main.tf.json`, `${ROOT}/.terraform.lock.hcl`, "modules/note/main.tf.json"];

function put(folder: string, file: string, content = "{}"): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

const scratch = temporaryFolder();

/** A tree of the root and the module, with more files beside them. */
function tree(...others: readonly string[]): string {
  const folder = mkdtempSync(path.join(scratch, "tree-"));
  put(folder, "manifest.json", JSON.stringify({ files: FILES }));
  for (const file of [...FILES, ...others]) put(folder, file);
  return folder;
}

test("a tree from synth has exactly the files of its manifest", () => {
  expect(requireWrittenTree(tree())).toEqual(new Set(FILES));
});

test.each([
  `${ROOT}/extra.tf`,
  `${ROOT}/variables.tf.json`,
  `${ROOT}/override.tf.json`,
  `${ROOT}/backend_override.tf.json`,
  `${ROOT}/main_override.tf`,
  `${ROOT}/main.tofu`,
  `${ROOT}/main.tofu.json`,
  `${ROOT}/tests/a.tftest.hcl`,
  `${ROOT}/tests/a.tofutest.json`,
  `${ROOT}/terraform.tfvars`,
  `${ROOT}/Terraform.TFVars.json`,
  `${ROOT}/prod.auto.tfvars`,
  `${ROOT}/.auto.tfvars.json`,
  `${ROOT}/.terraform/environment`,
  `${ROOT}/terraform.tfstate`,
  `${ROOT}/terraform.d`,
  "modules/note/extra.tf.json",
  "modules/note/nested/main.tf.json",
  "modules/note/nested/deeper/main.tf",
  "modules/note/.hidden/main.tf",
])("%s is refused", (file) => {
  const folder = tree(file === `${ROOT}/terraform.d` ? `${file}/plugins/a` : file);
  expect(failure(() => requireWrittenTree(folder)).message).toBe(
    `${folder}\n  ${file}: got a file that Terraform reads and synth did not write; allowed: the files in manifest.json; ` +
      "delete the file, or move it out of the folder (Terraform by hand is a module in the source)",
  );
});

test("all foreign files are listed at once", () => {
  const { message } = failure(() => requireWrittenTree(tree(`${ROOT}/a.tf`, `${ROOT}/b.tf`, "modules/note/c.tf")));
  expect(message.match(/\S+\.tf(?=:)/g)).toEqual([`${ROOT}/a.tf`, `${ROOT}/b.tf`, "modules/note/c.tf"]);
});

test.each([
  "README.md",
  "notes.txt",
  "main.tf.json.orig",
  "main.tf~",
  "#main.tf#",
  ".#main.tf",
  ".main.tf",
  "MAIN.TF",
  "prod.tfvars",
  "saved.tfplan",
  "plan.tfplan.json",
  "errored.tfstate",
  ".terraform.lock.hcl",
  "terraform.tfstate.backup",
  ".terraformignore",
  "crash.log",
])("%s is accepted, because Terraform does not read it", (name) => {
  expect(isReadByTerraform(name)).toBe(false);
  expect(requireWrittenTree(tree(`${ROOT}/${name}`, `modules/note/docs/${name}`)).size).toBe(FILES.length);
});

test("the files of terraform init are accepted", () => {
  const left = ["terraform.tfstate", "modules/modules.json", "providers/a", "modules/x/main.tf"];
  expect(() => requireWrittenTree(tree(...left.map((file) => `${ROOT}/.terraform/${file}`)))).not.toThrow();
});

test("a symbolic link to a file or a folder is refused, because its target may change without the tree", () => {
  const file = tree();
  renameSync(path.join(file, FILES[0] ?? ""), path.join(file, "elsewhere"));
  symlinkSync(path.join(file, "elsewhere"), path.join(file, FILES[0] ?? ""));
  expect(() => requireWrittenTree(file)).toThrow(
    `${FILES[0]}: got a file that Terraform reads and synth did not write`,
  );
  const folder = tree();
  renameSync(path.join(folder, "modules/note"), path.join(folder, "elsewhere"));
  symlinkSync("../elsewhere", path.join(folder, "modules/note"));
  expect(() => requireWrittenTree(folder)).toThrow(
    "modules/note: got a symbolic link; allowed: a folder that synth wrote",
  );
  const dangling = tree();
  symlinkSync("/nowhere", path.join(dangling, ROOT, "more.tf"));
  expect(() => requireWrittenTree(dangling)).toThrow(`${ROOT}/more.tf: got a file that Terraform reads`);
});

test("a called module that synth did not write is refused", () => {
  const folder = tree("modules/other/main.tf.json");
  put(folder, FILES[0] ?? "", JSON.stringify({ module: { other: { source: "../../../modules/other" } } }));
  expect(() => requireWrittenTree(folder)).toThrow("modules/other/main.tf.json: got a file that Terraform reads");
});

test("a file name that synth never writes is refused even if the manifest lists it", () => {
  const folder = tree(`${ROOT}/override.tf.json`);
  put(folder, "manifest.json", JSON.stringify({ files: [...FILES, `${ROOT}/override.tf.json`] }));
  expect(() => requireWrittenTree(folder)).toThrow(`${ROOT}/override.tf.json: got a file that Terraform reads`);
});

test("an incomplete tree, and one of an earlier version, is reported with the command that writes it", () => {
  const folder = tree();
  renameSync(path.join(folder, "modules"), path.join(folder, "elsewhere"));
  expect(() => requireWrittenTree(folder)).toThrow(
    `${folder}\n  got no modules/note/main.tf.json; allowed: every file that synth wrote; run: npm run synth`,
  );
  put(folder, "manifest.json", '{ "stacks": {} }');
  expect(() => requireWrittenTree(folder)).toThrow(
    `${folder}/manifest.json\n  got something else than the manifest of a tree; allowed: the file that \`groundplan synth\` writes; run: npm run synth\n  files: `,
  );
});
