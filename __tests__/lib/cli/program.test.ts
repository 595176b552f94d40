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
])("%j prints how it is used", async (args, usage) => {
  const { exitCode, stdout, stderr } = await project.run(args);
  expect({ exitCode, stderr, usage: stdout.split("\n")[0] }).toEqual({ exitCode: 0, stderr: "", usage });
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(readFileSync(project.file("package.json"), "utf8"));
  expect(await project.run(["--version"])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
});

test.each([
  [["synht"], "error: unknown command 'synht'\n(Did you mean synth?)\n"],
  [["plan"], "error: missing required argument 'root'\n"],
  [["plan", "orders/dev", "--ofline"], "error: unknown option '--ofline'\n(Did you mean --offline?)\n"],
])("%j is a wrong use: exit code 2 and one message", async (args, stderr) => {
  expect(await project.run(args)).toMatchObject({ exitCode: 2, stdout: "", stderr });
});

test("a file is meant from where the caller stands", async () => {
  const { exitCode, stderr } = await project.run(["custody", "put", "kept"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${project.file("lib/kept/custody.json")}\n  got no such file; allowed: `);
});

test("so is the file of an appspec, and an appspec itself is none", () => {
  const [, , given] = APPSPEC;
  expect(given("appspec.yml")).toBe(path.resolve("appspec.yml"));
  for (const text of ['{ "version": 1 }', "version: 1\nResources: []"]) expect(given(text)).toBe(text);
});
