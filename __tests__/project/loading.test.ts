/** Files that an author's program loads. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const project = path.resolve(__dirname, "../..");

/** Prints the files of lib/ that a file and its imports load, except those of the compiler. */
const LOADED = `require("./lib/cli/typescript.cjs");
const before = new Set(Object.keys(require.cache));
require(process.argv[1]);
console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;

test("a root loads fewer than 3,000 lines of the library, and no judge", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", LOADED, "./lib/generator/root/root.ts"], {
    cwd: project,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const files: string[] = JSON.parse(stdout);
  const sources = files.filter((file) => file.startsWith(`${project}/lib/`) && file.endsWith(".ts"));
  expect(sources).toContain(path.join(project, "lib/generator/root/root.ts"));
  expect(sources.filter((file) => /\/lib\/(judgement|terraform|pipeline|cli)\//.test(file))).toEqual([]);
  const lines = sources.map((file) => readFileSync(file, "utf8").split("\n").length - 1);
  expect(lines.reduce((sum, one) => sum + one, 0)).toBeLessThan(3000);
});
