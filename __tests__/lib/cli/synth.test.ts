import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
const outputs = () => readFileSync(project.file("terraform/environments/orders/dev/outputs.tf.json"), "utf8");

test("one line tells how many files were written, removed and left as they were", async () => {
  const synth = async (...environments: string[]) => {
    project.write("main.ts", mainWith(...environments));
    const { exitCode, stdout, stderr } = await project.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return stdout.replace(/\d+\.\d s/, "<time>");
  };
  const filesIn = (folder: string) =>
    readdirSync(project.file(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .length;
  const line = (written: number, removed: number, unchanged: number) =>
    `files in terraform: ${written} written, ${removed} removed, ${unchanged} unchanged; <time>\n`;

  expect(await synth("dev", "prod")).toBe(line(filesIn("terraform"), 0, 0));
  const all = filesIn("terraform");
  expect(await synth("dev", "prod")).toBe(line(0, 0, all));
  const withoutProd = await synth("dev");
  expect(withoutProd).toContain(`: 1 written, ${all - filesIn("terraform")} removed, `);
});

test("CDKTF's name for the output folder is respected", async () => {
  project.write("main.ts", mainWith("dev"));
  const { stdout } = await project.run(["synth"], { CDKTF_OUTDIR: "elsewhere" });
  expect(stdout).toMatch(/^files in elsewhere: \d+ written, 0 removed/);
  expect(existsSync(project.file("elsewhere/manifest.json"))).toBe(true);
});

describe("what is wrong leaves the tree as it was:", () => {
  let before = "";
  beforeAll(async () => {
    await project.synthesize("dev");
    before = outputs();
  });
  afterEach(() => expect(outputs()).toBe(before));

  test("a type error stops synth, although its code would run", async () => {
    project.write("main.ts", mainWith("dev").replace('"zoneArn"', "404"));
    const { exitCode, stdout, stderr } = await project.run(["synth"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/main\.ts.*error TS2345: Argument of type 'number'/);
  });

  test("what a killed synth left half written is whole again, although the next one stops", async () => {
    project.write("terraform/.groundplan-4194303/old/environments/orders/dev/outputs.tf.json", before);
    project.write("terraform/.groundplan-4194303/created.json", "[]");
    project.write("terraform/environments/orders/dev/outputs.tf.json", "{}");
    project.write("main.ts", mainWith("dev").replace('"zoneArn"', "404"));
    expect((await project.run(["synth"])).exitCode).toBe(2);
    expect(existsSync(project.file("terraform/.groundplan-4194303"))).toBe(false);
  });

  test("a note of a killed synth that names a file outside the tree stops every command, in one sentence", async () => {
    const note = "terraform/.groundplan-4194303/created.json";
    project.write("main.ts", mainWith("dev"));
    project.write(note, '["../main.ts"]');
    const { exitCode, stdout, stderr } = await project.run(["synth"]);
    rmSync(project.file(path.dirname(note)), { recursive: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      `${note}: got "../main.ts"; allowed: files inside terraform that Groundplan generates; nothing was deleted; delete terraform/.groundplan-4194303\n`,
    );
    expect(existsSync(project.file("main.ts"))).toBe(true);
  });

  test("a source outside of the project is refused, as nobody would notice a change there", async () => {
    const outside = path.relative(project.folder, path.resolve(__dirname, "../../../lib/table"));
    project.write("main.ts", `${mainWith("dev")}\nexport { table } from "${outside}";\n`);
    const { exitCode, stderr } = await project.run(["synth"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("lib/table.ts' is not under 'rootDir'");
  });

  test("bad inputs of a module are told in the caller's words, without a stack", async () => {
    project.write("main.ts", mainWith("dev").replace(/name: `[^`]*` \}/, 'name: "x" }'));
    expect(await project.run(["synth"])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `environments/orders/dev/zone (main.ts:13:16): bad inputs of module zone
  name: got "x"; allowed: text, at least 3 characters
`,
    });
  });

  test("an error that nobody foresaw shows where in the TypeScript it comes from", async () => {
    project.write("main.ts", `${mainWith("dev")}\nroots.slice(9).map(String).reduce((a, b) => a + b);\n`);
    const { exitCode, stderr } = await project.run(["synth"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^TypeError: Reduce of empty array[^\n]*\n[\s\S]*main\.ts:18:/);
  });

  test("a main.ts that does not export its roots is told what to write", async () => {
    project.write("main.ts", mainWith("dev").replace("export const roots", "export const all"));
    expect(await project.run(["synth"])).toMatchObject({
      exitCode: 2,
      stderr: "main.ts\n  roots: got nothing of this name; allowed: export const roots = […], a list of Root\n",
    });
  });
});

test("a type that nobody has judged is named when it comes into the tree, and not again", async () => {
  const module = readFileSync(project.file("modules/zone/index.ts"), "utf8");
  await project.synthesize("dev");
  project.write(
    "modules/zone/index.ts",
    module
      .replace("import { z }", 'import { XrayGroup } from "@cdktf/provider-aws/lib/xray-group";\nimport { z }')
      .replace(
        "  build(scope, input) {",
        '  build(scope, input) {\n    resource(scope, XrayGroup, "this", { groupName: input.name, filterExpression: "x" });',
      ),
  );
  const line = "modules/zone: aws_xray_group: nobody has judged the type, so the gate asks for security\n";
  expect((await project.run(["synth"])).stdout).toContain(line);
  expect((await project.run(["synth"])).stdout).not.toContain(line);
  project.write("main.ts", `${mainWith("dev")}\nexport const judged = [{ type: "aws_xray_group" }];\n`);
  expect((await project.run(["synth"])).stderr).toContain("main.ts\n  judged.0");
});
