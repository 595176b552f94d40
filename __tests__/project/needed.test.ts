import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../lib/terraform/sample";

jest.setTimeout(60_000);

const here = path.resolve(__dirname, "../..");
const folder = temporaryFolder();

/** Runs jest over one file with tests that need a program, and one that needs none. */
function runJest(environment: NodeJS.ProcessEnv): { status: number | null; output: string } {
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  writeFileSync(
    path.join(folder, "sample.test.ts"),
    `import { describeWhere } from "${here}/__tests__/support/needed";
import { describeWithTerraform } from "${here}/__tests__/support/terraform-needed";
describeWithTerraform("a plan", () => {
  test("is made", () => {});
  test("is shown", () => {});
});
const find = () => {
  if (process.env.MOTO === undefined) throw new Error("got no moto; allowed: one");
};
describeWhere({ mark: "moto", find }, "an apply", () => {
  test("is made", () => {});
});
describeWhere({ mark: "cdktf", find }, "a list", () => {
  test("is printed", () => {});
});
test.skip("a test skipped for another reason", () => {});
test("a pure function works", () => {});
`,
  );
  const config = {
    rootDir: folder,
    transform: { "\\.ts$": path.join(here, "node_modules/@swc/jest") },
    reporters: ["default", path.join(here, "__tests__/support/needed-reporter.mjs")],
  };
  const args = [path.join(here, "node_modules/jest/bin/jest.js"), "--config", JSON.stringify(config)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: here,
    encoding: "utf8",
    env: { ...process.env, CI: undefined, ...environment },
  });
  return { status, output: stdout + stderr };
}

const LINE = /^.*tests skipped.*$/gm;

test("tests of a missing program are skipped and counted in one line for each program", () => {
  const { status, output } = runJest({ PATH: "/nowhere" });
  expect(output.match(LINE)).toEqual([
    "2 tests skipped: they need Terraform 1.11 or newer on PATH",
    "1 tests skipped: they need Terraform and cdktf-cli, which npx fetches; run: npm run cdktf -- --version",
    "1 tests skipped: they need Terraform and moto; run: .ci/moto",
  ]);
  expect(output).toMatch(/Tests: +5 skipped, 1 passed/);
  expect(status).toBe(0);
});

test("in CI a missing program fails", () => {
  const { status, output } = runJest({ PATH: "/nowhere", CI: "true" });
  expect(output).toContain("got none in /nowhere; allowed: a terraform of version >= 1.11.0, < 2.0.0 on PATH");
  expect(output).toContain("got no moto; allowed: one");
  expect(output).toMatch(/Tests: +3 failed, 1 skipped, 1 passed/);
  expect(output.match(LINE)).toBeNull();
  expect(status).toBe(1);
});

test("with all programs installed, the tests run and no line is printed", () => {
  const bin = path.join(folder, "bin");
  const fake = path.join(bin, "fake.sh");
  writeFileSync(fake, `#!/bin/sh\necho '{"terraform_version":"1.11.4"}'\n`, { mode: 0o755 });
  symlinkSync(fake, path.join(bin, "terraform"));
  const { status, output } = runJest({ PATH: `${bin}:${process.env.PATH}`, MOTO: "5.2.5" });
  expect(output).toMatch(/Tests: +1 skipped, 5 passed/);
  expect(output.match(LINE)).toBeNull();
  expect(status).toBe(0);
});
