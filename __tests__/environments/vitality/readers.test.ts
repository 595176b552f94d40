/** A reader of the database is a letter in the sizing of an environment, and touches nothing else. */
import { vitalityDatabase } from "../../../environments/vitality/database/system";
import { dev } from "../../../environments/vitality/dev";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../lib/judgement/configuration";

/** Parameters tell other components the names of all alarms. */
const PUBLISHED = "aws_ssm_parameter";

function resourcesWith(letters: readonly string[]): ReadonlyMap<string, unknown> {
  const instances = Object.fromEntries(letters.map((letter, promotionTier) => [letter, { promotionTier }]));
  const readerScaling = { ...dev.sizing.database.readerScaling, maxReaders: 2 };
  const database = { ...dev.sizing.database, instances, readerScaling };
  const root = vitalityDatabase({ ...dev, sizing: { ...dev.sizing, database } });
  const tree = new Map(renderTree([root]).map((file) => [file.path, file.content]));
  const { resources } = new Configurations(tree).root(root.address);
  return new Map(
    resources.filter(({ type }) => type !== PUBLISHED).map(({ address, values }) => [address, JSON.stringify(values)]),
  );
}

/** Addresses that are new, after a check that all others are as before. */
function added(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  expect([...after].filter(([address]) => before.has(address))).toEqual([...before]);
  return [...after.keys()].filter((address) => !before.has(address)).sort();
}

const reader = (letter: string) => [
  ...["capacity", "connections", "cpu", "free-memory", "replica-lag"].map(
    (alarm) => `module.alarms.aws_cloudwatch_metric_alarm.member["${letter}-${alarm}"]`,
  ),
  `module.database.aws_rds_cluster_instance.this["${letter}"]`,
];
const SCALING = ["policy", "target"].map((part) => `module.database.aws_appautoscaling_${part}.readers[0]`);

test("the first reader adds its instance, its alarms and the scaling, and the second one its own only", () => {
  const withOne = resourcesWith(["a", "b"]);
  expect(added(resourcesWith(["a"]), withOne)).toEqual([...reader("b"), ...SCALING].sort());
  expect(added(withOne, resourcesWith(["a", "b", "c"]))).toEqual(reader("c"));
});
