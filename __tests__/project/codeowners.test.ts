/** Who has to review what is applied to production. In the approval mode codeowners that review is the approval. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../../main";

const RULES = readFileSync(path.join(__dirname, "../../.github/CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/\s+/))
  .map(([pattern = "", ...owners]) => ({ pattern, owners }));

/** The last rule that matches counts. Patterns here are `*`, or folders or files from the top; in them * is a part of one name. */
function ownersOf(file: string): readonly string[] | undefined {
  return RULES.filter(({ pattern }) => {
    if (pattern === "*") return true;
    expect(pattern).toMatch(/^\/[\w.*/-]+$/);
    const end = pattern.endsWith("/") ? "" : "$";
    return new RegExp(`^${pattern.slice(1).replaceAll(".", "\\.").replaceAll("*", "[^/]*")}${end}`).test(file);
  }).at(-1)?.owners;
}

/** Teams by what they own; their names are each project's own. */
const PLATFORM = ownersOf("README.md");
const PRODUCTION = ownersOf("terraform/modules/README.md");
const SECURITY = ownersOf(".github/CODEOWNERS");

const TOP = path.join(__dirname, "../..");

function filesIn(folder: string): string[] {
  const entries = readdirSync(path.join(TOP, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(TOP, path.join(entry.parentPath, entry.name)));
}

test("platform, production and security are owners apart from each other", () => {
  expect(new Set([PLATFORM, PRODUCTION, SECURITY].map((owners) => owners?.join())).size).toBe(3);
});

const ON_WHICH_PEOPLE_DEPEND = roots.filter(({ props }) => props.production ?? true).map(({ address }) => address);

test.each(ON_WHICH_PEOPLE_DEPEND)("the tree of %s is reviewed by production's owners", (address) => {
  expect(ownersOf(`terraform/${address}/main.tf.json`)).toEqual(PRODUCTION);
});

test("a module's tree is a part of production, and is reviewed by its owners", () => {
  expect(ownersOf("terraform/modules/rds/main.tf.json")).toEqual(PRODUCTION);
});

test("an environment that is added is production's until somebody says otherwise", () => {
  expect(ownersOf("terraform/environments/shop/blue/main.tf.json")).toEqual(PRODUCTION);
  expect(ownersOf("terraform/accounts/shop-blue/main.tf.json")).toEqual(PRODUCTION);
});

test("what decides, and what holds the pipeline's rights, is reviewed by security", () => {
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
  const files = [...folders.flatMap(filesIn), ...alone];
  expect(files).toEqual(
    expect.arrayContaining(["lib/cli/launch.mjs", "lib/judgement/hcl/index.ts", ".github/CODEOWNERS"]),
  );
  expect(files.filter((file) => !existsSync(path.join(TOP, file)))).toEqual([]);
  expect(files.filter((file) => ownersOf(file)?.join() !== SECURITY?.join())).toEqual([]);
});

test("whatever runs where a role applies is reviewed by security or by production's owners", () => {
  const files = ["environments", "modules"].flatMap(filesIn);
  expect(files).toEqual(expect.arrayContaining(["modules/rds/index.ts", "environments/common/accounts.ts"]));
  expect(files.filter((file) => ![PRODUCTION?.join(), SECURITY?.join()].includes(ownersOf(file)?.join()))).toEqual([]);
});

test("a file is owned by its whole name", () => {
  expect(ownersOf("docs/main.ts")).toEqual(PLATFORM);
  expect(ownersOf("main.ts.md")).toEqual(PLATFORM);
});
