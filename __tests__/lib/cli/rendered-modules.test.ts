import { spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { answerOf, mainWith, Project } from "./project";

jest.setTimeout(120_000);

const project = new Project();

/** The synth of the launcher without its type check. It prints the tree, and the messages of findings. */
const SYNTH = `require("./lib/cli/last-synth.cjs").lastSynth();
require("./lib/cli/typescript.cjs");
const messages = require("./lib/cli/synth.ts").findings().flatMap(({ messages }) => messages);
const tree = require("./lib/generator/synth/composition-root.ts").composedTree();
console.log(JSON.stringify({ messages, tree: tree.map(({ path, content }) => [path, content]) }));`;

async function synth(environment: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr } = await answerOf(
    spawn(process.execPath, ["--eval", SYNTH], {
      cwd: project.folder,
      env: { ...process.env, CDKTF_OUTDIR: undefined, TMPDIR: project.temporary, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
  const { messages, tree } = JSON.parse(stdout);
  return { messages, tree: new Map<string, string>(tree), isRendered: stderr.includes("rendered") };
}

const edit = (name: string, from: string, to: string) =>
  project.write(name, readFileSync(project.file(name), "utf8").replace(from, to));

/** A module of one resource, which reports that it is rendered. */
const moduleOf = (type: string, folder: string) => `import { ${type} } from "@cdktf/provider-aws/lib/${folder}";
import { z } from "zod";
import { defineModule, resource } from "../../lib";
import { NAME } from "./names";

export const Zone = defineModule({
  name: "zone",
  description: "One resource.",
  inputs: { name: z.string().min(3).describe("Name of the resource.") },
  outputs: { arn: z.string().describe("ARN of the resource.") },
  example: { name: "example" },
  build(scope, input) {
    console.error("rendered");
    return { arn: resource(scope, ${type}, NAME, { name: input.name }).arn };
  },
});
`;

beforeEach(async () => {
  project.write("main.ts", mainWith("dev"));
  project.write("modules/zone/index.ts", moduleOf("Route53Zone", "route53-zone"));
  project.write("modules/zone/names.ts", 'export const NAME: string = "this";\n');
  await synth();
});

test("after an edit elsewhere a module is not rendered again, and its files are the same", async () => {
  const before = await synth();
  appendFileSync(project.file("main.ts"), "// Edited.\n");
  const after = await synth();
  expect(after).toEqual({ ...before, isRendered: false });
  expect(after.tree.get("modules/zone/main.tf.json")).toContain("aws_route53_zone");
});

test("a finding in a module that was not rendered again names the line", async () => {
  project.write("modules/zone/index.ts", moduleOf("CloudwatchLogGroup", "cloudwatch-log-group"));
  const { messages } = await synth();
  expect(messages).toContainEqual(expect.stringMatching(/modules\/zone\/index\.ts:14:\d+/));
  appendFileSync(project.file("main.ts"), "// Edited.\n");
  expect((await synth()).messages).toEqual(messages);
});

test("it is rendered again after a change of what its files follow from", async () => {
  expect(await synth({ STAGE: "blue" })).toMatchObject({ isRendered: true });
  edit("modules/zone/names.ts", '"this"', '"other"');
  const { tree } = await synth();
  expect(tree.get("modules/zone/main.tf.json")).toContain('"other"');
  project.write("main.ts", `${mainWith("dev")}export const providers = { ranges: { aws: ">= 5.90.0, < 6.0.0" } };\n`);
  const { tree: ranged } = await synth();
  expect(ranged.get("modules/zone/versions.tf.json")).toContain(">= 5.90.0");
  appendFileSync(project.file("lib/generator/module/render.ts"), "// Edited.\n");
  expect([(await synth()).isRendered, (await synth()).isRendered]).toEqual([true, false]);
});

test.each([
  [
    "files",
    'import { existsSync } from "node:fs";\nexport const NAME: string = existsSync("flag") ? "other" : "this";\n',
  ],
  ["sources of another folder", 'export { NAME } from "../../environments/names";\n'],
  ["JavaScript", 'export const { NAME }: { NAME: string } = require("./names.js");\n'],
])("a module that reads %s is rendered each time", async (_, names) => {
  project.write("environments/names.ts", 'export const NAME: string = "this";\n');
  project.write("modules/zone/names.js", 'exports.NAME = "this";\n');
  project.write("modules/zone/names.ts", names);
  expect([(await synth()).isRendered, (await synth()).isRendered]).toEqual([true, true]);
});

test("a module with carried files has them as they are after an edit of one", async () => {
  edit(
    "modules/zone/index.ts",
    'description: "One resource.",',
    'description: "One resource.",\n  files: ["notes/page.txt"],',
  );
  project.write("modules/zone/notes/page.txt", "before\n");
  await synth();
  project.write("modules/zone/notes/page.txt", "after\n");
  expect((await synth()).tree.get("modules/zone/notes/page.txt")).toBe("after\n");
});
