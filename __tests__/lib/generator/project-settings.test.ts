/** The settings of a project in project.ts: levels of folders, tags, waves, and keys of states. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Root, type RootProps } from "../../../lib";
import { checkedSettings, projectSettings } from "../../../lib/generator/project-settings";
import { settingsProblems } from "../../../lib/generator/root/settings-problems";
import { renderTree, synthesize } from "../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../lib/judgement/configuration";
import { compareEnvironments, systemsOf } from "../../../lib/judgement/parity";
import { matrix } from "../../../lib/pipeline/delivery/matrix";
import { findRoot, inOfflineCopy, planJson, readPlan } from "../../../lib/terraform";
import { examplesOf } from "../../support/page-examples";
import { describeWithTerraform } from "../../support/terraform-needed";
import { makeProject } from "../../support/vendored-project";
import { withVerifiedProvider } from "../../support/verified-provider";
import { shopProps } from "../pipeline/delivery/shop";
import { temporaryFolder } from "../terraform/sample";
import { failure, jsonOf, newRoot } from "./support";

const start = process.cwd();
afterEach(() => process.chdir(start));
const withSettings = temporaryFolder();
const without = temporaryFolder();
const withOneKey = temporaryFolder();

beforeAll(() => {
  makeProject(withSettings);
  for (const [file, code] of examplesOf("project.md")) writeFileSync(path.join(withSettings, file), code);
  writeFileSync(path.join(withOneKey, "project.ts"), 'exports.project = { stateKey: () => "one.tfstate" };');
});

const TAGS = { CostCenter: "1", App: "care", Owner: "platform", Env: "prod", DataClass: "health" };

function component(environment: string, name: string, props: Partial<RootProps> = {}): Root {
  return newRoot({ path: `environments/care/${environment}/${name}`, tags: { ...TAGS, Env: environment }, ...props });
}

test("the settings in the documentation compile", () => {
  const compiler = path.resolve(start, "node_modules/.bin/tsc");
  expect(spawnSync(compiler, ["-p", withSettings], { encoding: "utf8" }).stdout).toBe("");
});

test("a component has a root of its own below its environment, with its own key and tags", () => {
  process.chdir(withSettings);
  const files = renderTree([component("prod", "cluster"), component("prod", "addons")]);
  const folder = "environments/care/prod/cluster";
  expect(jsonOf(files, `${folder}/versions.tf.json`)).toMatchObject({
    terraform: { backend: { s3: { key: "states/environments/care/prod/cluster.tfstate" } } },
  });
  expect(jsonOf(files, `${folder}/providers.tf.json`)).toMatchObject({
    provider: { aws: [{ default_tags: [{ tags: TAGS }] }] },
  });
  expect(jsonOf(files, "manifest.json")).toMatchObject({
    stacks: { "care-prod-cluster": { workingDirectory: folder } },
  });
});

test("parity compares the roots of one component", () => {
  process.chdir(withSettings);
  const roots = ["dev", "prod"].flatMap((environment) => [
    component(environment, "cluster"),
    component(environment, "addons"),
  ]);
  const systems = systemsOf(roots);
  expect([...systems.keys()]).toEqual(["care/cluster", "care/addons"]);
  const tree = new Configurations(new Map(renderTree(roots).map(({ path, content }) => [path, content])));
  const clusters = compareEnvironments("care/cluster", systems.get("care/cluster") ?? [], tree);
  expect(clusters).toMatchObject({ environments: ["dev", "prod"], undeclared: [] });
});

test("the pipeline has a matrix for each wave of the project, and the root of a component under its full name", () => {
  process.chdir(withSettings);
  const { delivery, ...props } = shopProps("prod", 6);
  const root = new Root({
    ...props,
    path: "environments/shop/prod/cluster",
    tags: TAGS,
    ...(delivery && { delivery }),
  });
  const [system] = matrix([root], []).systems;
  expect(system?.system).toBe("shop");
  expect(system?.waves.map((rows) => rows.map(({ name }) => name))).toEqual([
    [],
    [],
    [],
    [],
    [],
    ["shop/prod/cluster"],
  ]);
});

test("a root may leave out a tag whose schema is optional", () => {
  const schema = z.enum(["health", "none"]).optional();
  const settings = checkedSettings({ tags: { DataClass: schema } });
  const problems = (tags: object) => settingsProblems({ path: "environments/a/b", tags: { ...tags } }, settings);
  expect(problems({})).toEqual([]);
  expect(problems({ DataClass: "health" })).toEqual([]);
  expect(problems({ DataClass: "x" })).toHaveLength(1);
});

test.each<[string, Partial<RootProps>, string]>([
  ["a folder too deep", { path: "environments/a/b/c/d" }, "allowed: environments/ and 2 to 3 levels of folders"],
  ["a folder below an account", { path: "accounts/a/b" }, "allowed: accounts/ and one level of folders"],
  ["a tag that nobody declared", { tags: { ...TAGS, Team: "a" } }, 'tags.Team: got "a"; allowed: nothing of this name'],
  [
    "a tag of another form",
    { tags: { ...TAGS, DataClass: "x" } },
    'tags.DataClass: got "x"; allowed: as project.ts says',
  ],
  [
    "a wave too many",
    { delivery: shopProps("a", 7).delivery },
    "delivery.wave: got 7; allowed: an integer, at least 1, at most 6",
  ],
])("%s is refused", (_, props, message) => {
  process.chdir(withSettings);
  expect(failure(() => component("prod", "cluster", props)).message).toContain(message);
});

test("without project.ts, a root has two levels, four tags and four waves", () => {
  process.chdir(without);
  expect(projectSettings()).toMatchObject({ levels: 2, waves: 4, tags: {} });
  expect(failure(() => component("prod", "cluster", { tags: TAGS })).message).toMatch(
    /path: got "environments\/care\/prod\/cluster"; allowed: .*\n.*tags\.DataClass: got "health"; allowed: nothing/,
  );
});

test("settings of another form are refused, each with its name", () => {
  const settings = { levels: 1, waves: 0, tags: { Team: "x" }, depth: 3, stateKey: "a" };
  const { message } = failure(() => checkedSettings(settings));
  for (const name of ["levels", "waves", "tags.Team", "stateKey"]) expect(message).toContain(`project.${name}: `);
  expect(message).toContain("depth");
  expect(checkedSettings({ tags: { Team: z.string() } }).waves).toBe(4);
});

test("two roots with one place for their states are refused", () => {
  process.chdir(withOneKey);
  const { message } = failure(() => renderTree([newRoot(), newRoot({ path: "environments/shop/prod" })]));
  expect(message).toContain('two roots, as places of their state, have the same name\n  got "shop-state/one.tfstate"');
});

describeWithTerraform("a root of a component", () => {
  test("is found by its name, and planned", async () => {
    process.chdir(withSettings);
    synthesize([component("prod", "cluster")], "terraform");
    const tree = path.join(withSettings, "terraform");
    const found = findRoot(tree, "care/prod/cluster");
    process.chdir(start);
    const json = await inOfflineCopy(tree, found, async (copy) => planJson(await withVerifiedProvider(copy)));
    expect(readPlan("plan", json ?? "").configuration.provider_config).toHaveProperty("aws");
  }, 180_000);
});
