/** Who has to review what is applied to production. In the approval mode codeowners that review is the approval. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../main";

const RULES = readFileSync(path.join(__dirname, "../.github/CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/\s+/))
  .map(([pattern = "", ...owners]) => ({ pattern, owners }));

/** The last rule that matches counts. Patterns here are `*` or folders from the top, in which * stands for one name's part. */
function ownersOf(file: string): readonly string[] | undefined {
  return RULES.filter(({ pattern }) => {
    if (pattern === "*") return true;
    expect(pattern).toMatch(/^\/[\w.*/-]+\/$/);
    return new RegExp(`^${pattern.slice(1).replaceAll(".", "\\.").replaceAll("*", "[^/]*")}`).test(file);
  }).at(-1)?.owners;
}

const PRODUCTION = ["@example/production"];

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

test("what decides is reviewed by security", () => {
  for (const file of [
    ".ci/run",
    ".github/workflows/apply.yml",
    "lib/gate/index.ts",
    "lib/guardrails/rds.ts",
    "lib/workflows/pins.ts",
  ]) {
    expect(ownersOf(file)).toEqual(["@example/security"]);
  }
});
