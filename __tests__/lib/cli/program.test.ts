import { readFileSync } from "node:fs";
import path from "node:path";
import { APPSPEC } from "../../../lib/cli/appspec";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));

test.each([
  [["--help"], "Usage: groundplan [options] [command]"],
  [["synth", "--help"], "Usage: groundplan synth [options]"],
  [["plan", "--help"], "Usage: groundplan plan [options] <root> [arguments...]"],
  [["validate", "--help"], "Usage: groundplan validate [options] [roots...]"],
])("%j prints the usage", async (args, usage) => {
  const { exitCode, stdout, stderr } = await project.run(args);
  expect({ exitCode, stderr, usage: stdout.split("\n")[0] }).toEqual({ exitCode: 0, stderr: "", usage });
});

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(project.file("package.json"), "utf8"));
  expect(await project.run(["--version"])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
});

test("a relative path is resolved in the folder of the caller", async () => {
  const { exitCode, stderr } = await project.run(["custody", "put", "kept"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${project.file("lib/kept/custody.json")}\n  got no such file; allowed: `);
});

test("the path of an appspec is resolved in the same way, and the text of an appspec is left as it is", () => {
  const [, , given] = APPSPEC;
  expect(given("appspec.yml")).toBe(path.resolve("appspec.yml"));
  for (const text of ['{ "version": 1 }', "version: 1\nResources: []"]) expect(given(text)).toBe(text);
});
