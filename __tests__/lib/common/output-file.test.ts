import { readFileSync } from "node:fs";
import path from "node:path";
import { writeOutput } from "../../../lib/common/output-file";
import { temporaryFolder } from "../terraform/sample";

const folder = temporaryFolder();

test("the content is written to the file", () => {
  writeOutput(path.join(folder, "a.json"), "{}");
  expect(readFileSync(path.join(folder, "a.json"), "utf8")).toBe("{}");
});

test("a path that cannot be written is an error with the reason and without a stack", () => {
  const file = path.join(folder, "nowhere/a.json");
  expect(() => writeOutput(file, "{}")).toThrow(
    `${file}\n  got Error: ENOENT: no such file or directory, open '${file}'; allowed: a file that can be written, in a folder that is there`,
  );
});
