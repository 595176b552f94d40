/** Owners of the files that decide or are applied. In the approval mode codeowners, their review is the approval. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../../main";

const RULES = readFileSync(path.join(__dirname, "../../.github/CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/\s+/))
  .map(([pattern = "", ...owners]) => ({ pattern, owners }));

/** The last matching rule counts. Patterns here are `*`, or paths from the top, in which `*` matches a part of one name. */
function ownersOf(file: string): readonly string[] | undefined {
  return RULES.filter(({ pattern }) => {
    if (pattern === "*") return true;
    expect(pattern).toMatch(/^\/[\w.*/-]+$/);
    const end = pattern.endsWith("/") ? "" : "$";
    return new RegExp(`^${pattern.slice(1).replaceAll(".", "\\.").replaceAll("*", "[^/]*")}${end}`).test(file);
  }).at(-1)?.owners;
}

/** Teams, by files that they own: each project has its own names. */
const PLATFORM = ownersOf("README.md");
const PRODUCTION = ownersOf("terraform/modules/README.md");
const SECURITY = ownersOf(".github/CODEOWNERS");

const TOP = path.join(__dirname, "../..");

/** A project may have no systems and no accounts. */
function filesIn(folder: string): string[] {
  if (!existsSync(path.join(TOP, folder))) return [];
  const entries = readdirSync(path.join(TOP, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(TOP, path.join(entry.parentPath, entry.name)));
}

test("platform, production and security are different teams", () => {
  expect(new Set([PLATFORM, PRODUCTION, SECURITY].map((owners) => owners?.join())).size).toBe(3);
});

test("the owners of production review the trees of production roots", () => {
  const production = roots.filter(({ props }) => props.production ?? true);
  const trees = production.map(({ address }) => `terraform/${address}/main.tf.json`);
  expect(trees.filter((file) => ownersOf(file)?.join() !== PRODUCTION?.join())).toEqual([]);
});

test("the owners of production review the trees of modules", () => {
  expect(ownersOf("terraform/modules/rds/main.tf.json")).toEqual(PRODUCTION);
  expect(ownersOf("terraform/vendor/queue/1.2.0/main.tf.json")).toEqual(PRODUCTION);
});

test("the owners of production review the tree of a new environment or account", () => {
  expect(ownersOf("terraform/environments/shop/blue/main.tf.json")).toEqual(PRODUCTION);
  expect(ownersOf("terraform/accounts/shop-blue/main.tf.json")).toEqual(PRODUCTION);
});

test("security reviews the checks, the pipeline and its permissions", () => {
  const folders = [
    ".ci",
    ".github",
    "environments/accounts",
    "environments/common",
    "lib",
    "modules/delivery-boundaries",
    "modules/github-actions-role",
  ];
  const alone = [
    ".secretlintrc.json",
    ".swcrc",
    ".trivyignore.yaml",
    "biome.json",
    "cdktf.json",
    "main.ts",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.synth.json",
  ];
  expect(ownersOf("project.ts")).toEqual(SECURITY);
  const files = [...folders.flatMap(filesIn), ...alone];
  expect(files).toEqual(
    expect.arrayContaining(["lib/cli/launch.mjs", "lib/judgement/hcl/index.ts", ".github/CODEOWNERS"]),
  );
  expect(files.filter((file) => !existsSync(path.join(TOP, file)))).toEqual([]);
  expect(files.filter((file) => ownersOf(file)?.join() !== SECURITY?.join())).toEqual([]);
});

test("security or the owners of production review all code of jobs that apply", () => {
  const files = ["environments", "modules"].flatMap(filesIn);
  expect(files).toEqual(expect.arrayContaining(["modules/rds/index.ts", "environments/common/accounts.ts"]));
  expect(files.filter((file) => ![PRODUCTION?.join(), SECURITY?.join()].includes(ownersOf(file)?.join()))).toEqual([]);
});

test("a rule for a file matches its whole path only", () => {
  expect(ownersOf("docs/main.ts")).toEqual(PLATFORM);
  expect(ownersOf("main.ts.md")).toEqual(PLATFORM);
});
