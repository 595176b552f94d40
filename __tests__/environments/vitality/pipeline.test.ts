/** A change of Vitality's network in the workflows: which roots it affects, and in which order they are planned and applied. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { rootParts } from "../../../lib/generator/root/root-path";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { readersOf } from "../../../lib/judgement/guardrails/parameter-order";
import { parametersOf } from "../../../lib/judgement/guardrails/parameters";
import { matrix } from "../../../lib/pipeline/delivery/matrix";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { roots } from "../../../main";
import { TREE } from "../committed-tree";

const WORKFLOWS = path.join(__dirname, "../../../.github/workflows");
const workflow = (name: string) => readWorkflow(name, readFileSync(path.join(WORKFLOWS, name), "utf8"));
const promote = workflow("promote.yml");
const tree = new Configurations(readTree(TREE));
const vitality = roots.filter(({ address }) => address.startsWith("environments/vitality/"));

let expressions: Expressions;
beforeAll(async () => {
  expressions = await loadExpressions();
});

/** Waves of `groundplan affected` after a change of these components, in each environment. */
function wavesAfter(...components: readonly string[]) {
  const changed = vitality.map(({ address }) => address).filter((one) => components.includes(rootParts(one).component));
  const ordered = vitality.map(({ address, props }) => ({
    ...parametersOf(tree.root(address)),
    wave: props.delivery?.wave,
  }));
  const affected = [...changed, ...readersOf(changed, ordered)];
  const [system] = matrix(
    vitality.filter(({ address }) => affected.includes(address)),
    [],
  ).systems;
  return system?.waves ?? [];
}

/** Plans and applies of the workflow `promote`, in their order. @param failing root whose apply fails */
function promoted(waves: ReturnType<typeof wavesAfter>, failing?: string): string[] {
  const steps: string[] = [];
  const needs: Record<string, { result: string }> = {};
  for (const [i, { id, if: condition }] of promote.jobs.entries()) {
    const failed = Object.values(needs).some(({ result }) => result === "failure");
    const contexts = { inputs: { waves: JSON.stringify(waves) }, needs };
    if (!expressions.holds(condition, contexts, failed ? "failure" : "success")) {
      needs[id] = { result: "skipped" };
      continue;
    }
    const names = (waves[i] ?? []).map(({ name }) => name);
    steps.push(...names.flatMap((name) => [`plan ${name}`, `apply ${name}`]));
    needs[id] = { result: names.includes(failing ?? "") ? "failure" : "success" };
  }
  return steps;
}

/** The roots in the order of their waves. */
const ORDER = matrix(vitality, []).systems.flatMap(({ waves }) => waves.flat().map(({ name }) => name));
const withPlans = (names: readonly string[]) => names.flatMap((name) => [`plan ${name}`, `apply ${name}`]);

test("all components of dev come before those of prod, in the same order, and each has a job of the workflow", () => {
  const components = (environment: string) =>
    ORDER.flatMap((name) => new RegExp(`^vitality/${environment}/(.+)$`).exec(name)?.[1] ?? []);
  expect(ORDER).toEqual(["dev", "prod"].flatMap((name) => components("dev").map((one) => `vitality/${name}/${one}`)));
  expect(ORDER).toHaveLength(vitality.length);
});

test("a change of the network applies it before its readers are planned, in dev and then in prod", () => {
  const steps = promoted(wavesAfter("network"));
  const affected = ORDER.filter((name) => steps.includes(`plan ${name}`));
  expect(steps).toEqual(withPlans(affected));
  expect(affected).toEqual(expect.arrayContaining(["vitality/dev/database", "vitality/prod/database"]));
  expect(affected[0]).toBe("vitality/dev/network");
});

test("a failed apply of the network stops every later component", () => {
  expect(promoted(wavesAfter("network"), "vitality/dev/network")).toEqual(withPlans(["vitality/dev/network"]));
});

test("inside a wave, the apply of a root waits for its plan", () => {
  const { jobs } = workflow("apply-root.yml");
  expect(jobs.map(({ id }) => id)).toEqual(expect.arrayContaining(["plan", "apply"]));
  expect(jobs.find(({ id }) => id === "apply")?.needs).toContain("plan");
});
