/** The scope of `npm run check`. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

const PROJECT = path.resolve(__dirname, "../..");
const FOLDERS = ["lib", "modules", "environments", ".ci", "__tests__"];
/** Compiled by `.ci/new-project/run`, in the project that it copies these files into. */
const OTHER_PROJECT = path.join(PROJECT, ".ci/new-project");

test("the compiler checks every TypeScript file in the repository", () => {
  const tsc = path.join(PROJECT, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "__tests__", "--listFilesOnly"], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  const compiled = new Set(stdout.split("\n"));
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ts$/.test(file))
      .map((file) => path.join(PROJECT, folder, file)),
  );
  const own = sources.filter((file) => !file.startsWith(OTHER_PROJECT + path.sep));
  expect(own.filter((file) => !compiled.has(file))).toEqual([]);
  expect(sources).toContain(path.join(PROJECT, ".ci/local/index.ts"));
});
