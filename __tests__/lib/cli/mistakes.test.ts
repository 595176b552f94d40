import { existsSync, readFileSync, rmSync } from "node:fs";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

/** A mistake of a user: the command, the files and variables that make it one, and the place and the value that are reported. */
interface Mistake {
  readonly args: string;
  /** Files that have this text while the command runs; null removes the file. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly place: string;
  readonly got: string;
}

const IMAGE = `shop/api@sha256:${"0123456789abcdef".repeat(4)}`;
const MIGRATE = `migrate --cluster c --task-definition t --database d --subnets s --security-groups s --image ${IMAGE}`;
const MANIFEST = "terraform/manifest.json";
const CONFIGURATION = "terraform/environments/orders/dev/main.tf.json";
const GITHUB = { GITHUB_REPOSITORY: "owner/shop", GITHUB_TOKEN: "token", GITHUB_RUN_ID: "1" };

/** An account's root whose state is not in S3. */
const ELSEWHERE = mainWith("dev")
  .replace("environments/orders/${name}", "accounts/shop")
  .replace(/backend: .*/, 'backend: { type: "pg" },');

const MISTAKES: readonly Mistake[] = [
  // The name of a root, account or system.
  { args: "plan shop", place: "unknown root", got: '"shop"' },
  { args: "validate shop", place: "unknown root", got: '"shop"' },
  { args: "guardrails shop", place: "unknown root", got: '"shop"' },
  { args: "apply shop --custody c --digest d", place: "unknown root", got: '"shop"' },
  { args: "drift shop --report r", place: "unknown root", got: '"shop"' },
  { args: "drift-issues --root shop", place: "unknown root", got: '"shop"' },
  { args: "gate --plan ../package.json --root shop", place: "unknown root", got: '"shop"' },
  { args: "bootstrap shop", place: "unknown account", got: '"shop"' },
  { args: "parity shop", place: "unknown system", got: '"shop"' },
  // Options that do not go together, or are missing.
  { args: "affected", place: "affected", got: "neither --base nor --all" },
  { args: "plan orders/dev --keep k -- -target=a", place: "--keep", got: '"-target=a"' },
  { args: "drift-issues", place: "reports", got: "no report and no --root" },
  { args: "gate --plan ../package.json --root orders/dev --backup x", place: "--backup", got: '"x"' },
  {
    args: "approval --custody c --digest d --mode environment --environment e --out o --approved data",
    place: "--approved",
    got: "data",
  },
  { args: "deploy --cluster c --service s --image shop:latest", place: "--image", got: '"shop:latest"' },
  // Files of the caller.
  { args: "gate --plan ../none --root orders/dev", place: "none", got: "no such file" },
  { args: "gate --plan ../lib --root orders/dev", place: "lib", got: "a folder" },
  { args: "gate --plan ../package.json --root orders/dev", place: "package.json", got: "JSON without format_version" },
  { args: "gate --plan ../package.json/x --root orders/dev", place: "package.json/x", got: "ENOTDIR" },
  { args: "custody put ../none", place: "none/custody.json", got: "no such file" },
  { args: "custody put ..", files: { "custody.json": "{}" }, place: "custody.json", got: "something else than" },
  {
    args: "approval --custody ../none --digest d --mode environment --environment e --out o",
    place: "none",
    got: "no such",
  },
  { args: "comment ../none --pull-request 1", environment: GITHUB, place: "none", got: "no such file" },
  { args: "drift-issues ../package.json", place: "package.json", got: "something else than a drift report" },
  { args: `${MIGRATE} --migrations ../none`, place: "--migrations", got: "none" },
  { args: `${MIGRATE} --migrations ../package.json`, place: "--migrations", got: "no .py, .sql, .ts or .js" },
  // The project and its generated tree.
  { args: "guardrails", files: { [MANIFEST]: null }, place: MANIFEST, got: "no such file" },
  { args: "validate", files: { [MANIFEST]: "{" }, place: MANIFEST, got: "something else than the manifest of a tree" },
  { args: "parity", files: { [MANIFEST]: "{}" }, place: MANIFEST, got: "something else than the manifest of a tree" },
  {
    args: "guardrails",
    files: { [CONFIGURATION]: "{" },
    place: CONFIGURATION,
    got: "something else than Terraform's JSON",
  },
  {
    args: "plan orders/dev --offline",
    files: { [CONFIGURATION]: null },
    place: "terraform",
    got: "no environments/orders",
  },
  { args: "affected --all", files: { "terraform/modules/zone/a.tf": "" }, place: "terraform", got: "" },
  { args: "exceptions", files: { "main.ts": "export const a = 1;\n" }, place: "main.ts", got: "nothing of this name" },
  { args: "workflows", place: ".github/workflows", got: "no such folder" },
  { args: "workflows", files: { ".github": "" }, place: ".github/workflows", got: "ENOTDIR" },
  { args: "bootstrap shop", files: { "main.ts": ELSEWHERE }, place: "accounts/shop", got: "pg" },
  // Programs and variables.
  { args: "affected --base main", place: "git rev-parse", got: '"fatal: not a git repository' },
  { args: "affected --base main", environment: { PATH: "/none" }, place: "git", got: "spawnSync git ENOENT" },
  { args: "plan orders/dev --offline", environment: { PATH: "/none" }, place: "terraform", got: "none in /none" },
  { args: "validate", environment: { TMPDIR: "/none" }, place: "/none/groundplan-XXXXXX", got: "ENOENT" },
  { args: "validate", environment: { TF_PLUGIN_MIRROR: "/none" }, place: "TF_PLUGIN_MIRROR", got: '"/none"' },
  { args: "protection", place: "environment variables", got: "no value" },
  {
    args: "subject",
    environment: { ...GITHUB, GITHUB_REPOSITORY: "shop" },
    place: "environment variables",
    got: "an invalid value",
  },
  { args: "comment --pull-request 1", place: "environment variables", got: "no value" },
  { args: "rollback service --cluster c --service s", place: "AWS_REGION", got: "nothing" },
  { args: "rollback object --bucket b --key k --version v", place: "AWS_REGION", got: "nothing" },
  { args: "rollback database --database d --to e --at 2026-01-31T12:00:00Z", place: "AWS_REGION", got: "nothing" },
];

const project = new Project();

/** Variables of this machine that would mend or hide a mistake. */
const NOT_SET = [
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "GITHUB_REPOSITORY",
  "GITHUB_TOKEN",
  "GITHUB_RUN_ID",
  "TF_CLI_CONFIG_FILE",
];
const ENVIRONMENT = { ...Object.fromEntries(NOT_SET.map((name) => [name, undefined])), HOME: project.temporary };

beforeAll(() => project.synthesize("dev", "prod"));

test.each(MISTAKES)("$args reports $place: $got", async ({ args, files = {}, environment, place, got }) => {
  const restore = withFiles(files);
  const answer = await project.run(args.split(" "), { ...ENVIRONMENT, ...environment });
  restore();
  const message = answer.stderr.replaceAll(`${project.folder}/`, "");
  expect(message).not.toContain("    at ");
  expect(messagesIn(message)).toEqual([place]);
  expect(message).toContain(`got ${got}`);
  expect(message).toContain("; allowed: ");
  expect(answer).toMatchObject({ exitCode: 2, stdout: "" });
});

test.each([
  ["plan", "error: missing required argument 'root'\n"],
  ["gate", "error: required option '--plan <file>' not specified\n"],
  ["plan orders/dev --ofline", "error: unknown option '--ofline'\n(Did you mean --offline?)\n"],
  ["aply", "error: unknown command 'aply'\n(Did you mean apply?)\n"],
  ["parity --json --markdown", "error: option '--markdown' cannot be used with option '--json'\n"],
  [
    "apply orders/dev --custody c --digest d --max-age 0",
    /'0' is invalid\. Allowed: a whole number from 1 to 720\.\n$/,
  ],
  [
    "rollback database --database d --to e --at noon",
    /'noon' is invalid\. Allowed: a time with its zone, such as \S+\n$/,
  ],
])("groundplan %s is refused in one line", async (args, message) => {
  const { exitCode, stderr } = await project.run(args.split(" "), ENVIRONMENT);
  if (typeof message === "string") expect(stderr).toBe(message);
  else expect(stderr).toMatch(message);
  expect(exitCode).toBe(2);
});

/** A message begins with its place; its problems are indented. Progress begins with the root, image or database in work. */
function messagesIn(stderr: string): string[] {
  const lines = stderr.trimEnd().split("\n");
  return lines.filter((line, i) => !line.startsWith("  ") && lines[i + 1]?.startsWith("  ") === true);
}

/** @returns a function that brings back the files as they were */
function withFiles(files: Readonly<Record<string, string | null>>): () => void {
  const before = Object.keys(files).map((name) => [name, textOf(name)] as const);
  for (const [name, text] of Object.entries(files)) setText(name, text);
  return () => {
    for (const [name, text] of before) setText(name, text);
  };
}

function textOf(name: string): string | null {
  const file = project.file(name);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function setText(name: string, text: string | null): void {
  if (text === null) rmSync(project.file(name));
  else project.write(name, text);
}
