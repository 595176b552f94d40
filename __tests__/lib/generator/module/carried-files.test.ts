import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { defineModule } from "../../../../lib";
import { renderModule } from "../../../../lib/generator/module/render";
import { writeTree } from "../../../../lib/generator/synth/write";
import { failure } from "../support";

const start = process.cwd();
let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "groundplan-carried-"));
  mkdirSync(path.join(project, "modules/charts/chart"), { recursive: true });
  process.chdir(project);
});
afterEach(() => {
  process.chdir(start);
  rmSync(project, { recursive: true, force: true });
});

function moduleWith(files: readonly string[]) {
  return defineModule({
    name: "charts",
    description: "d",
    files,
    inputs: { name: z.string().describe("d") },
    outputs: { name: z.string().describe("d") },
    example: { name: "a" },
    build: (_, { name }) => ({ name }),
  }).specification;
}

/** The tree of the module as synth writes it, with the manifest that lists its files. */
function write(files: readonly string[]): void {
  const rendered = renderModule(moduleWith(files));
  const manifest = { path: "manifest.json", content: JSON.stringify({ files: rendered.map((file) => file.path) }) };
  writeTree(path.join(project, "terraform"), [...rendered, manifest]);
}

const chart = () => readdirSync(path.join(project, "terraform/modules/charts")).filter((name) => name === "chart");
const put = (name: string, content: string) => writeFileSync(path.join(project, "modules/charts/chart", name), content);

test("a file of a module's subfolder is in the tree as it is, and goes when the module no longer has it", () => {
  put("a.yaml", "a: ${x} {{ .y }}\n");
  write(["chart/a.yaml"]);
  expect(readFileSync(path.join(project, "terraform/modules/charts/chart/a.yaml"), "utf8")).toBe("a: ${x} {{ .y }}\n");
  write([]);
  expect(chart()).toEqual([]);
});

test("a file in such a folder that synth did not write stays", () => {
  put("a.yaml", "a: 1\n");
  write(["chart/a.yaml"]);
  writeFileSync(path.join(project, "terraform/modules/charts/chart/notes.txt"), "Mine.\n");
  write([]);
  expect(readdirSync(path.join(project, "terraform/modules/charts/chart"))).toEqual(["notes.txt"]);
});

test("a file that is missing is an error with its name", () => {
  expect(failure(() => renderModule(moduleWith(["chart/b.yaml"]))).message).toBe(
    "modules/charts\n  files: got chart/b.yaml; allowed: files that are in the folder",
  );
});

test.each(["Chart.yaml", "../other/a.yaml", "chart/../../a", "/etc/passwd", "chart/.hidden", "chart/main.tf"])(
  "%s is no path of such a file",
  (file) => {
    expect(failure(() => moduleWith([file])).message).toContain(
      `files: got ${JSON.stringify(file)}; allowed: files in a subfolder that are no Terraform, such as chart/Chart.yaml`,
    );
  },
);
