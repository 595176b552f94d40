/** A further reader of the database: one instance and its alarms, with the first reader the scaling, and nothing else. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { vitalityApi } from "../../../environments/vitality/api/system";
import type { ComposedEnvironment } from "../../../environments/vitality/context";
import { vitalityDatabase } from "../../../environments/vitality/database/system";
import { splitEnvironment } from "../../../environments/vitality/delivery";
import { dev } from "../../../environments/vitality/dev";
import { vitalityFrontend } from "../../../environments/vitality/frontend/system";
import { vitalityNetwork } from "../../../environments/vitality/network/system";
import { vitalityObservability } from "../../../environments/vitality/observability/system";
import { prod } from "../../../environments/vitality/prod";
import { vitalityRegistry } from "../../../environments/vitality/registry/system";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { Configurations } from "../../../lib/judgement/configuration";
import { describePlanNightly } from "../../support/nightly";
import { PLAN_TIMEOUT, plannedRoot } from "../../support/planned";
import { committedPlan } from "../committed-plan";
import { differences } from "../plan-differences";

function withReader(environment: ComposedEnvironment, letter: string): ComposedEnvironment {
  const { sizing } = environment;
  const instances = { ...sizing.database.instances, [letter]: { promotionTier: 15 } };
  return { ...environment, sizing: { ...sizing, database: { ...sizing.database, instances } } };
}

function filesOf(environment: ComposedEnvironment): Map<string, string> {
  const roots = [
    vitalityNetwork(environment),
    vitalityDatabase(environment),
    vitalityRegistry(environment),
    vitalityApi(environment),
    vitalityFrontend(environment),
    vitalityObservability(environment),
  ];
  return new Map(renderTree(roots).map((file) => [file.path, file.content]));
}

test("a further reader changes the files of the database's root alone, and no role of the pipeline", () => {
  const [before, after] = [filesOf(prod), filesOf(withReader(prod, "c"))];
  const changed = [...after].flatMap(([file, content]) => (before.get(file) === content ? [] : [file]));
  expect(changed).toEqual(["environments/vitality/prod/database/main.tf.json"]);
  expect(splitEnvironment(withReader(prod, "c"))).toEqual(splitEnvironment(prod));
});

const ALARMS = ["capacity", "connections", "cpu", "free-memory", "replica-lag"];
const SCALING = ["policy", "target"].map((part) => `+ module.database.aws_appautoscaling_${part}.readers[0]`);
const reader = (letter: string) => [
  ...ALARMS.map((alarm) => `+ module.alarms.aws_cloudwatch_metric_alarm.member["${letter}-${alarm}"]`),
  `+ module.database.aws_rds_cluster_instance.this["${letter}"]`,
];
const FURTHER = ["a further reader of prod", prod, "c", reader("c")] as const;
const FIRST = ["the first reader of dev", dev, "b", [...reader("b"), ...SCALING].sort()] as const;

/** Values of the resources of the database's root, by address. */
function resourcesOf(environment: ComposedEnvironment): ReadonlyMap<string, string> {
  const root = vitalityDatabase(environment);
  const tree = new Map(renderTree([root]).map((file) => [file.path, file.content]));
  const { resources } = new Configurations(tree).root(root.address);
  return new Map(resources.map(({ address, values }) => [address, JSON.stringify(values)]));
}

test.each([FURTHER, FIRST])(
  "%s adds what belongs to it, and changes nothing",
  (_reader, environment, letter, added) => {
    const [before, after] = [resourcesOf(environment), resourcesOf(withReader(environment, letter))];
    expect([...after].filter(([address]) => before.has(address))).toEqual([...before]);
    expect(
      [...after.keys()]
        .filter((address) => !before.has(address))
        .map((address) => `+ ${address}`)
        .sort(),
    ).toEqual(added);
  },
);

describePlanNightly("the plan of the database", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-reader-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([FURTHER, FIRST])(
    "with %s adds what belongs to it, and publishes what was published before",
    async (_reader, environment, letter, added) => {
      const root = vitalityDatabase(withReader(environment, letter));
      writeTree(folder, renderTree([root]));
      const before = await committedPlan(root.address);
      expect(differences(before, await plannedRoot(folder, root.address))).toEqual(added);
    },
    PLAN_TIMEOUT,
  );
});
