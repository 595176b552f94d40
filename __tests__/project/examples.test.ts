/** The examples of the README and of the pages about modules and systems, as a project of their own. */
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { Project } from "../lib/cli/project";
import { type CodeBlock, codeBlocks } from "../support/markdown";

const README = codeBlocks("README.md");
const MODULES = codeBlocks("docs/write-a-module.md");
const SYSTEMS = codeBlocks("docs/write-a-system.md");

/** Examples that are whole files, by the path in their first line. */
const files = new Map(
  [...README, ...MODULES, ...SYSTEMS].flatMap(({ code }) => {
    const file = /^(?:\/\/|#) (\S+)\n/.exec(code)?.[1];
    return file === undefined ? [] : [[file, code] as const];
  }),
);
const SYSTEM = "environments/billing/system.ts";

const ACCOUNTS = `import { accountWithState } from "./account";

export const APPROVAL = "environment";
export const accounts = { billingDev: accountWithState("billing-dev", "111122223333", "us-east-1") };
`;

/** Calls that the pages do not show. */
const OTHER_CALLS = `
import { ErrorAlarm } from "./modules/error-alarm";
import { LegacyMetric } from "./modules/legacy-metric";

for (const root of roots) {
  const periods = JSON.parse(process.env.PERIODS ?? "1");
  new ErrorAlarm(root, "errors", { name: "errors", logGroupName: "/billing/dev", periodMinutes: 60, periods });
  if (process.env.LEGACY) new LegacyMetric(root, "legacy", { logGroupName: "/billing/dev" });
}
`;

function fileOf(name: string): string {
  const code = files.get(name);
  if (code === undefined) throw new Error(`${name}: no page shows it`);
  return code;
}

/** A part of a file, as the pages show it: without the indentation of the file. */
function flat(code: string): string {
  return code.replaceAll(/^ +/gm, "").trim();
}

function fragment(blocks: readonly CodeBlock[], start: string): string {
  const block = blocks.find(({ code }) => code.startsWith(start));
  if (block === undefined) throw new Error(`${start}: no page shows it`);
  return block.code.trim();
}

const project = new Project();
const here = path.resolve(__dirname, "../..");

beforeAll(() => {
  for (const part of ["modules", "environments/common"]) {
    cpSync(path.join(here, part), project.file(part), { recursive: true });
  }
  project.write("environments/common/accounts.ts", ACCOUNTS);
  for (const [file, code] of files) project.write(file, code);
  project.write("main.ts", fileOf("main.ts") + OTHER_CALLS);
});

afterEach(() => project.write(SYSTEM, fileOf(SYSTEM)));

/** Synth of the system with parts of its source replaced. */
function synthWith(...replacements: readonly (readonly [from: string, to: string])[]) {
  const source = replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, fileOf(SYSTEM));
  project.write(SYSTEM, source);
  return project.run(["synth"]);
}

const RETENTION = "retentionDays: environment.logRetentionDays";

test("the pages show the files of two modules, a module in HCL, and a system", () => {
  expect([...files.keys()].sort()).toEqual([
    "environments/billing/dev.ts",
    SYSTEM,
    "main.ts",
    "modules/error-alarm/index.ts",
    "modules/legacy-metric/index.ts",
    "modules/legacy-metric/main.tf",
    "modules/log-group/index.ts",
  ]);
});

test("the examples compile, and become the Terraform that the pages show", async () => {
  const data = fileOf("environments/billing/dev.ts");
  const declared = ["differences", "exceptions"].map((name) => fragment(SYSTEMS, `${name}:`)).join("\n");
  project.write("environments/billing/other.ts", data.replace("} as const", `${declared}\n} as const`));
  expect(await project.run(["synth"], { LEGACY: "yes" })).toMatchObject({ exitCode: 0, stderr: "" });
  const tree = (file: string) => flat(readFileSync(project.file(`terraform/${file}`), "utf8"));
  expect(tree("environments/billing/dev/main.tf.json")).toContain(flat(fragment(README, '"log": {')));
  expect(tree("modules/error-alarm/main.tf.json")).toContain(fragment(MODULES, '"count"'));
  expect(tree("modules/legacy-metric/main.tf.json")).toContain('"aws_cloudwatch_log_metric_filter"');
}, 60_000);

test("the call in the README is the call in the system", () => {
  expect(flat(fileOf(SYSTEM))).toContain(flat(fragment(README, "const log")));
});

test("a wrong literal stops the compiler with the message in the README", async () => {
  const { exitCode, stderr } = await synthWith([RETENTION, "retentionDays: 31"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(fragment(README, `${SYSTEM}(`));
}, 60_000);

test("wrong text stops synth with the message in the README", async () => {
  const { exitCode, stderr } = await synthWith(
    ["const key = ", ""],
    ["kmsKeyArn: key.arn", 'kmsKeyArn: "alias/logs"'],
    [`name: \`/billing/\${environment.name}\``, 'name: ""'],
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain(fragment(README, "environments/billing/dev/log"));
}, 60_000);

test("a wrong value from outside of the source stops synth with the message that the page about systems shows", async () => {
  const { exitCode, stderr } = await synthWith([RETENTION, 'retentionDays: JSON.parse("31")']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(fragment(SYSTEMS, "environments/billing/dev/log"));
}, 60_000);

test("synth checks the rule of a module", async () => {
  const { exitCode, stderr } = await project.run(["synth"], { PERIODS: "25" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("allowed: periods of one day in total at most");
}, 60_000);
