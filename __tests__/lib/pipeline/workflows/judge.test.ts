import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readSources } from "../../../../lib/pipeline/workflows/judge";
import { temporaryFolder } from "../../terraform/sample";

const folder = temporaryFolder();

function write(file: string): void {
  const target = path.join(folder, ".github", file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, file);
}

beforeEach(() => rmSync(path.join(folder, ".github"), { recursive: true, force: true }));

test("a repository without workflows is an input error", () => {
  expect(() => readSources(folder)).toThrow(/^\.github\/workflows\n {2}got no such folder; allowed: /);
});

test("workflows and actions are read by their paths, with both endings, and other files are ignored", () => {
  const files = ["actions/a/action.yml", "actions/b/action.yaml", "workflows/ci.yml", "workflows/plan.yaml"];
  for (const file of [...files, "workflows/README.md", "actions/README.md", "actions/b/run.sh"]) write(file);
  mkdirSync(path.join(folder, ".github/workflows/old.yml"));
  expect([...readSources(folder)]).toEqual(files.map((file) => [`.github/${file}`, file]));
});

test("a folder of actions without an action file is an input error", () => {
  write("workflows/ci.yml");
  write("actions/a/run.sh");
  expect(() => readSources(folder)).toThrow(
    ".github/actions/a\n  got no action.yml and no action.yaml; allowed: a folder with one of them",
  );
});
