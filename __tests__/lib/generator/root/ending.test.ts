/** The root of an environment that ends: what it destroys, what it forgets, and what parity makes of it. */
import { dev } from "../../../../environments/orders/dev";
import { dr } from "../../../../environments/orders/dr";
import { prod } from "../../../../environments/orders/prod";
import { orders } from "../../../../environments/orders/system";
import type { Root } from "../../../../lib/generator/root/root";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../../lib/judgement/parity";
import { reportForTerminal } from "../../../../lib/judgement/parity/report";
import { Kms } from "../../../../modules/kms";
import { shop } from "../../judgement/gate/shop";
import { failure, jsonOf } from "../support";

const treeOf = (roots: readonly Root[]) =>
  new Configurations(new Map(renderTree(roots).map(({ path, content }) => [path, content])));

const compare = (roots: readonly Root[]) => compareEnvironments("orders", roots, treeOf(roots));

test("it calls no module, has no output, and forgets keys, buckets, log groups and repositories", () => {
  const files = orders({ ...dev, ending: true }).render();
  const main = jsonOf(files, "environments/orders/dev/main.tf.json");
  expect(main).not.toHaveProperty("module");
  const forget = (from: string) => ({ from, lifecycle: { destroy: false } });
  expect(main).toHaveProperty(
    "removed",
    expect.arrayContaining(
      [
        "module.data_key.aws_kms_key.this",
        "module.data_key.aws_kms_alias.this",
        "module.access_logs.aws_s3_bucket.this",
        "module.access_logs.aws_s3_bucket_policy.this",
        "module.images.aws_ecr_repository.this",
        "module.vpc.aws_cloudwatch_log_group.flow_logs",
      ].map(forget),
    ),
  );
  expect(JSON.stringify(main)).not.toMatch(/aws_db_instance|aws_secretsmanager|aws_sqs|aws_vpc"/);
  expect(files.map(({ path }) => path)).not.toContain("environments/orders/dev/outputs.tf.json");
});

test("it keeps its backend and its provider, with which Terraform destroys the rest", () => {
  const files = (root: Root) => root.render().filter(({ path }) => /(versions|providers)\.tf\.json$/.test(path));
  const contents = (root: Root) => files(root).map(({ content }) => content);
  expect(contents(orders({ ...dev, ending: true }))).toEqual(contents(orders(dev)));
});

test("a standby that ends has no runbook any more", () => {
  const paths = orders({ ...dr, ending: true })
    .render()
    .map(({ path }) => path);
  expect(paths.filter((path) => path.endsWith("RUNBOOK.md"))).toEqual([]);
});

test("parity compares the other environments, and reports which one it left out", () => {
  const ended = orders({ ...dev, ending: true });
  const differences = dr.differences.filter(({ at }) => at !== "images.name");
  const comparison = compare([ended, orders(prod), orders({ ...dr, differences })]);
  expect(comparison).toMatchObject({ environments: ["prod", "dr"], ending: ["dev"], undeclared: [] });
  expect(reportForTerminal([comparison])).toContain("; not compared, because they end: dev");
});

test("a difference from the environment that ends is named, as it is declared for nothing now", () => {
  expect(failure(() => compare([orders({ ...dev, ending: true }), orders(prod), orders(dr)])).message).toContain(
    'got "images.name", where the environments differ only in sizing and identity',
  );
});

test("a standby ends after its primary has let go of it, and parity holds at each step", () => {
  const alone = { ...prod, standby: null };
  expect(compare([orders(dev), orders(alone), orders(dr)]).undeclared).toEqual([]);
  expect(compare([orders(dev), orders(alone), orders({ ...dr, ending: true })]).undeclared).toEqual([]);
  expect(compare([orders(dev), orders(alone)]).undeclared).toEqual([]);
});

test("all environments of a system may end together", () => {
  expect(compare([dev, prod, dr].map((environment) => orders({ ...environment, ending: true })))).toMatchObject({
    environments: [],
    undeclared: [],
  });
});

describe("a former call", () => {
  const main = (root: Root) => jsonOf(root.render(), "environments/shop/dev/main.tf.json");

  test("that is forgotten leaves its key, and destroys the rest", () => {
    const root = shop();
    root.forget("old_key", Kms);
    const forget = (from: string) => ({ from, lifecycle: { destroy: false } });
    expect(main(root)).toHaveProperty(
      "removed",
      ["module.old_key.aws_kms_alias.this", "module.old_key.aws_kms_key.this"].map(forget),
    );
    root.forget("key", Kms);
    expect(failure(() => root.render()).message).toContain(
      'forget: got "key", which is a call; allowed: a former call',
    );
  });
});
