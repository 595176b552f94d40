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
import { isNightly } from "../../support/nightly";
import { PLAN_TIMEOUT, plannedRoot } from "../../support/planned";
import { describeWithTerraform } from "../../support/terraform-needed";
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

describeWithTerraform("the plan of the database", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-reader-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(isNightly ? [FURTHER, FIRST] : [FURTHER])(
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
