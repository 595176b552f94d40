import { type SpawnOptions, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../terraform/sample";
import { type Answer, answerOf, mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
const real = path.resolve(__dirname, "../../../node_modules");
const outside = temporaryFolder();
const KEPT = "node_modules/.cache/groundplan";

/** A compiler that counts its calls, finds what a file says, and adds a line to its notes if it may keep any. */
const COMPILER = `#!/usr/bin/env node
const { appendFileSync, existsSync } = require("node:fs");
appendFileSync("calls", ".");
const [, notes] = /--incremental --tsBuildInfoFile (\\S+)/.exec(process.argv.join(" ")) ?? [];
if (notes !== undefined) appendFileSync(notes, existsSync("wrong") ? "wrong\\n" : "right\\n");
if (existsSync("edit")) appendFileSync("main.ts", "// Edited.\\n");
if (existsSync("wrong")) { console.error("main.ts: wrong"); process.exit(1); }
`;

beforeAll(() => {
  rmSync(project.file("node_modules"));
  mkdirSync(project.file("node_modules"));
  const own = [".cache", ".package-lock.json", "typescript", "@typescript"];
  const names = readdirSync(real).filter((name) => !own.includes(name));
  for (const name of names) symlinkSync(path.join(real, name), project.file(`node_modules/${name}`));
  project.write("node_modules/typescript/package.json", "{}");
  const platform = `node_modules/@typescript/typescript-${process.platform}-${process.arch}`;
  project.write(`${platform}/package.json`, "{}");
  project.write(`${platform}/lib/tsc`, COMPILER);
  chmodSync(project.file(`${platform}/lib/tsc`), 0o755);
});
beforeEach(() => {
  rmSync(project.file(KEPT), { recursive: true, force: true });
  project.write("node_modules/.package-lock.json", "{}");
  project.write("main.ts", mainWith("dev"));
});

const CHECK = `import { typesAreRight } from "./lib/cli/check-types.mjs";
process.exitCode = (await typesAreRight()) ? 0 : 2;`;

/** What a command does before anything else. */
function check() {
  const args = ["--input-type=module", "--eval", CHECK];
  const options: SpawnOptions = { cwd: project.folder, stdio: ["ignore", "pipe", "pipe"] };
  return checks(() => answerOf(spawn(process.execPath, args, options)));
}

function synth() {
  return checks(() => project.run(["synth"]));
}

/** How often a run calls the compiler, and what it answers. */
async function checks(run: () => Promise<Answer>) {
  project.write("calls", "");
  const { exitCode, stderr } = await run();
  return { checks: readFileSync(project.file("calls"), "utf8").length, exitCode, stderr };
}
const CHECKED = { checks: 1, exitCode: 0, stderr: "" };
const KNOWN = { ...CHECKED, checks: 0 };

test("correct types are not checked again", async () => {
  expect([await check(), await check()]).toEqual([CHECKED, KNOWN]);
});

test.each([
  ["a source", () => project.write("modules/zone/note.ts", "export {};\n")],
  ["a source whose folder has the tree's name", () => project.write("lib/terraform/note.ts", "export {};\n")],
  ["where a link leads", () => symlinkSync(`nowhere-${Date.now()}`, project.file("modules/linked.ts"))],
  ["data that a source may import", () => project.write("environments/orders/dev.json", "{}")],
  ["the compiler's options", () => project.write("tsconfig.json", `${readFileSync(project.file("tsconfig.json"))}\n`)],
  ["what npm installed", () => project.write("node_modules/.package-lock.json", '{ "packages": {} }')],
])("with a change of %s they are", async (_, change) => {
  await check();
  change();
  expect([await check(), await check()]).toEqual([CHECKED, KNOWN]);
});

test("with a change behind a link they are, and behind a link to a folder nothing is known", async () => {
  writeFileSync(path.join(outside, "data.json"), "1");
  symlinkSync(path.join(outside, "data.json"), project.file("modules/data.json"));
  await check();
  const unchanged = await check();
  writeFileSync(path.join(outside, "data.json"), "2");
  const changed = await check();
  symlinkSync(outside, project.file("modules/data"));
  await check();
  const folder = await check();
  rmSync(project.file("modules/data.json"));
  rmSync(project.file("modules/data"));
  expect([unchanged, changed, folder]).toEqual([KNOWN, CHECKED, CHECKED]);
});

test("with a change of the tree they are not", async () => {
  await check();
  project.write("terraform/manifest.json", "{}");
  expect(await check()).toEqual(KNOWN);
});

test("an edit during the check is not recorded as checked", async () => {
  project.write("edit", "");
  const first = await check();
  rmSync(project.file("edit"));
  expect([first, await check(), await check()]).toEqual([CHECKED, CHECKED, KNOWN]);
});

test("wrong types are reported each time", async () => {
  project.write("wrong", "");
  try {
    const refused = { checks: 1, exitCode: 2, stderr: "main.ts: wrong\n" };
    expect([await check(), await check()]).toEqual([refused, refused]);
  } finally {
    rmSync(project.file("wrong"));
  }
  expect(await check()).toEqual(CHECKED);
});

test("the build info of tsc is kept after a success and removed after a failure", async () => {
  const edit = (text: string) => project.write("modules/note.ts", `// ${text}\n`);
  await check();
  edit("right");
  await check();
  edit("wrong");
  project.write("wrong", "");
  await check();
  rmSync(project.file("wrong"));
  rmSync(project.file("modules/note.ts"));
  expect(readFileSync(project.file(`${KEPT}/types.tsbuildinfo`), "utf8")).toBe("right\nright\n");
  expect(readdirSync(project.file(KEPT)).filter((name) => name.startsWith("types.tsbuildinfo"))).toHaveLength(1);
});

test("nothing is cached if npm has not recorded the installed packages", async () => {
  rmSync(project.file("node_modules/.package-lock.json"));
  expect([await check(), await check()]).toEqual([CHECKED, CHECKED]);
  expect(existsSync(project.file(KEPT))).toBe(false);
});

test("without a cache every command works", async () => {
  rmSync(project.file("node_modules/.cache"), { recursive: true, force: true });
  project.write("node_modules/.cache", "no folder");
  expect([await synth(), await synth()]).toEqual([CHECKED, CHECKED]);
  rmSync(project.file("node_modules/.cache"));
});

test("code from the cache names the same lines of its source", async () => {
  project.write("main.ts", `${mainWith("dev")}\nroots.slice(9).map(String).reduce((a, b) => a + b);\n`);
  const [first, second] = [await synth(), await synth()];
  expect(first.stderr).toMatch(/main\.ts:18:28/);
  expect(second.stderr).toBe(first.stderr);
});
