import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { answerOf, mainWith, Project } from "./project";

jest.setTimeout(180_000);

const COMPOSED = 'console.error("composed");\n';
const main = `${mainWith("dev")}${COMPOSED}`;
const project = new Project();
const rootFile = "terraform/environments/orders/dev/main.tf.json";
const lookup = ["--eval", 'console.log(require("./lib/cli/last-synth.cjs").lastSynth() !== undefined)'];

async function synth(environment: NodeJS.ProcessEnv = {}) {
  const { exitCode, stdout, stderr } = await project.run(["synth"], environment);
  return { exitCode, isComposed: stderr.includes("composed"), stdout: stdout.replace(/\d+\.\d s/, "<time>"), stderr };
}

/** Two runs in a row, the second of which has nothing to do. */
async function settle(): Promise<void> {
  project.write("main.ts", main);
  await synth();
  expect(await synth()).toMatchObject({ exitCode: 0, isComposed: false, stderr: "" });
}

const knowsLastSynth = (...before: readonly string[]) =>
  answerOf(
    spawn(process.execPath, [...before, ...lookup], {
      cwd: project.folder,
      env: {
        ...process.env,
        CDKTF_OUTDIR: undefined,
        TMPDIR: project.temporary,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );

test("a run with the inputs and the tree of the last one composes nothing, and reports the same", async () => {
  project.write("main.ts", main);
  const first = await synth();
  const second = await synth();
  expect(first).toMatchObject({ exitCode: 0, isComposed: true });
  const [, written = ""] = /: (\d+) written, 0 removed, 0 unchanged/.exec(first.stdout) ?? [];
  const stdout = `files in terraform: 0 written, 0 removed, ${written} unchanged; <time>\n`;
  expect(second).toEqual({ exitCode: 0, isComposed: false, stdout, stderr: "" });
});

test.each([
  ["a comment in main.ts", () => project.write("main.ts", `${main}// Edited.\n`)],
  ["a file beside a module", () => project.write("modules/zone/notes.md", "Read by the module.")],
  ["a hidden file of the project", () => project.write(".settings", "{}")],
  ["a generated file that is deleted", () => rmSync(project.file(rootFile))],
  ["a generated file that is edited", () => project.write(rootFile, `${read(rootFile)} `)],
  ["a file of another author in the tree", () => project.write("terraform/notes.txt", "Mine.")],
])("%s makes the next run compose again", async (_, change) => {
  await settle();
  change();
  expect(await synth()).toMatchObject({ exitCode: 0, isComposed: true });
});

test("a file that Terraform would read is refused after a run that composed nothing", async () => {
  await settle();
  project.write("terraform/modules/zone/extra.tf", "");
  expect(await synth()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("extra.tf") });
  rmSync(project.file("terraform/modules/zone/extra.tf"));
});

test("a workspace that somebody selected is refused after a run that composed nothing", async () => {
  const data = "terraform/environments/orders/dev/.terraform";
  mkdirSync(project.file(data));
  await settle();
  project.write(`${data}/environment`, "other");
  expect(await synth()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(".terraform/environment") });
  rmSync(project.file(data), { recursive: true });
});

test("another environment variable makes the next run compose again", async () => {
  await settle();
  expect(await synth({ STAGE: "blue" })).toMatchObject({ exitCode: 0, isComposed: true });
});

test("another day makes the next run compose again, because exceptions expire", async () => {
  await settle();
  project.write("tmp/tomorrow.cjs", TOMORROW);
  await synth();
  expect(await knowsLastSynth()).toMatchObject({ exitCode: 0, stdout: "true\n" });
  expect(await knowsLastSynth("--require", "./tmp/tomorrow.cjs")).toMatchObject({ exitCode: 0, stdout: "false\n" });
});

test("what a killed writer left makes the next run compose again", async () => {
  await settle();
  mkdirSync(project.file("terraform/.groundplan-999999"));
  expect(await synth()).toMatchObject({ exitCode: 0, isComposed: true });
});

test.each([
  ["reads files by itself", 'import { readFileSync } from "node:fs";\nreadFileSync("package.json");\n'],
  ["loads a file outside of the sources", 'import { x } from "./terraform/x.json";\nString(x);\n'],
  ["names lock files", 'export const providers = { lockFiles: ["locks.hcl"] };\n'],
])("a main.ts that %s is composed each time", async (_, source) => {
  project.write("terraform/x.json", '{ "x": 1 }');
  project.write("locks.hcl", "");
  project.write("main.ts", `${source}${main}`);
  await synth();
  expect(await synth()).toMatchObject({ exitCode: 0, isComposed: true });
});

test("a symbolic link, behind which anything can change, makes each run compose", async () => {
  symlinkSync("link", project.file("modules/link"));
  project.write("main.ts", main);
  await synth();
  expect(await synth()).toMatchObject({ exitCode: 0, isComposed: true });
  rmSync(project.file("modules/link"));
});

test("a run that fails is not remembered", async () => {
  await settle();
  project.write("main.ts", main.replace('App: "orders"', 'App: ""'));
  const first = await synth();
  expect(first.exitCode).not.toBe(0);
  expect(await synth()).toEqual(first);
});

function read(file: string): string {
  return readFileSync(project.file(file), "utf8");
}

const TOMORROW = `const Today = Date;
globalThis.Date = class extends Today { constructor() { super(Today.now() + 86_400_000); } };
`;
