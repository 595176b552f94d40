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
import { PLAN_TIMEOUT, type Planned, plannedRoot } from "../../support/planned";
import { describeWithTerraform } from "../../support/terraform-needed";
import { committedPlan } from "../committed-plan";

const DATABASE = (environment: ComposedEnvironment) => `environments/vitality/${environment.name}/database`;
const ALARMS = ["capacity", "connections", "cpu", "free-memory", "replica-lag"];

function withReader(environment: ComposedEnvironment, letter: string): ComposedEnvironment {
  const { sizing } = environment;
  const instances = { ...sizing.database.instances, [letter]: { promotionTier: 15 } };
  return { ...environment, sizing: { ...sizing, database: { ...sizing.database, instances } } };
}

const filesOf = (environment: ComposedEnvironment) =>
  renderTree(
    [
      vitalityNetwork,
      vitalityDatabase,
      vitalityRegistry,
      (one: ComposedEnvironment) => vitalityApi(one),
      vitalityFrontend,
      vitalityObservability,
    ].map((compose) => compose(environment)),
  );

test("a further reader changes the files of the database's root alone, and no role of the pipeline", () => {
  const before = new Map(filesOf(prod).map((file) => [file.path, file.content]));
  const changed = filesOf(withReader(prod, "c")).filter((file) => before.get(file.path) !== file.content);
  expect(changed.map((file) => file.path)).toEqual([`${DATABASE(prod)}/main.tf.json`]);
  expect(splitEnvironment(withReader(prod, "c"))).toEqual(splitEnvironment(prod));
});

describeWithTerraform("the plan of the database with a further reader", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-reader-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Addresses of resources that are added, changed or removed; parameters that other roots read are among them. */
  async function changedBy(environment: ComposedEnvironment, letter: string): Promise<string[]> {
    writeTree(folder, renderTree([vitalityDatabase(withReader(environment, letter))]));
    const before = valuesOf(await committedPlan(DATABASE(environment)));
    const after = valuesOf(await plannedRoot(folder, DATABASE(environment)));
    expect([...before.keys()].filter((address) => !after.has(address))).toEqual([]);
    return [...after].flatMap(([address, values]) => (values === before.get(address) ? [] : [address])).sort();
  }

  const scaling = ["policy", "target"].map((part) => `module.database.aws_appautoscaling_${part}.readers[0]`);
  const further = ["a further reader of prod", prod, "c", reader("c")] as const;
  const first = ["the first reader of dev", dev, "b", [...reader("b"), ...scaling].sort()] as const;

  test.each(isNightly ? [further, first] : [further])(
    "%s adds what belongs to it, and publishes what was published before",
    async (_reader, environment, letter, added) => {
      expect(await changedBy(environment, letter)).toEqual(added);
    },
    PLAN_TIMEOUT,
  );
});

function reader(letter: string): string[] {
  return [
    ...ALARMS.map((alarm) => `module.alarms.aws_cloudwatch_metric_alarm.member["${letter}-${alarm}"]`),
    `module.database.aws_rds_cluster_instance.this["${letter}"]`,
  ];
}

/** Values as text. Terraform's mocked provider makes computed attributes of eight random characters. */
function valuesOf(plan: Planned): Map<string, string> {
  return new Map(
    plan.resources.map(({ address, values }) => [
      address,
      JSON.stringify(values).replace(/\b[a-z0-9]{8}\b/g, "computed"),
    ]),
  );
}
