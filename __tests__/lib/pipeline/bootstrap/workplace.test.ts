import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BootstrapWorkplace } from "../../../../lib/pipeline/bootstrap/workplace";
import { temporaryFolder } from "../../terraform/sample";

const folder = temporaryFolder();
const project = process.cwd();
const root = path.join(folder, "terraform/accounts/shop");
const state = (resources: object[]) => JSON.stringify({ version: 4, lineage: "a", serial: 1, outputs: {}, resources });

beforeAll(() => {
  process.chdir(folder);
  mkdirSync(root, { recursive: true });
  writeFileSync(path.join(root, "main.tf.json"), "{}");
  writeFileSync(path.join(root, ".terraform.lock.hcl"), "# the reviewed providers\n");
});
afterAll(() => process.chdir(project));

const workplace = () => new BootstrapWorkplace("terraform", "accounts/shop");

test("each run copies the root's files anew, and keeps the state", () => {
  const { folder: copy, stateFile } = workplace();
  for (const name of ["gone.tf.json", "backend_override.tf.json"]) writeFileSync(path.join(copy, name), "{}");
  writeFileSync(path.join(copy, "main.tf.json"), '{ "old": true }');
  writeFileSync(stateFile, state([]));
  workplace();
  expect(readdirSync(copy).sort()).toEqual([".terraform.lock.hcl", "main.tf.json", "terraform.tfstate"]);
  expect(readFileSync(path.join(copy, "main.tf.json"), "utf8")).toBe("{}");
});

test.each([
  ["is not there", undefined],
  ["was left empty by a plan that was killed", ""],
  ["holds no resource", state([])],
])("a local state that %s is none", (_what, content) => {
  const work = workplace();
  work.remove();
  const fresh = workplace();
  if (content !== undefined) writeFileSync(fresh.stateFile, content);
  expect(fresh.localState()).toBeUndefined();
});

test("files of another account's bootstrap stay", () => {
  mkdirSync(".groundplan-bootstrap/other", { recursive: true });
  workplace().remove();
  expect(readdirSync(".groundplan-bootstrap")).toEqual(["other"]);
});

test("the tree stays as it is", () => {
  const work = workplace();
  work.useBackend("local");
  expect(readdirSync(root).sort()).toEqual([".terraform.lock.hcl", "main.tf.json"]);
  expect(existsSync(path.join(work.folder, "backend_override.tf.json"))).toBe(true);
  work.useBackend("the root's");
  expect(existsSync(path.join(work.folder, "backend_override.tf.json"))).toBe(false);
});
