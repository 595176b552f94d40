/** The root of an environment that ends: what it destroys, what it forgets, and what parity makes of it. */
import type { RootProps } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import type { Root } from "../../../../lib/generator/root/root";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../../lib/judgement/parity";
import { reportForTerminal } from "../../../../lib/judgement/parity/report";
import { Ecr } from "../../../../modules/ecr";
import { Kms } from "../../../../modules/kms";
import { shop } from "../../judgement/gate/shop";
import { failure, jsonOf, newRoot } from "../support";

const forget = (from: string) => ({ from, lifecycle: { destroy: false } });

/** An environment with a key, and with images of another name in "dr". */
function environment(name: "dev" | "prod" | "dr", props: Partial<RootProps> = {}): Root {
  const path = `environments/shop/${name}`;
  const tags = { CostCenter: "4711", App: "shop", Owner: "platform", Env: name };
  const root = newRoot({ path, source: `${path}.ts`, tags, ...props });
  const key = new Kms(root, "key", {
    name: `shop-${name}`,
    description: "Images",
    accountId: "111122223333",
    region: "eu-central-1",
  });
  new Ecr(root, "images", { name: name === "dr" ? "copies" : `shop-${name}`, services: ["api"], kmsKeyArn: key.arn });
  return root;
}

const DIFFERENCES = [{ at: "images.name", reason: "dr has copies of images" }];

function compare(...roots: readonly Root[]) {
  const files = renderTree(roots).map(({ path, content }): [string, string] => [path, content]);
  return compareEnvironments("shop", roots, new Configurations(new Map(files)));
}

test("it calls no module, has no output, and forgets keys, buckets and log groups", () => {
  const files = renderRoot(shop({ ending: true }));
  const main = jsonOf(files, "environments/shop/dev/main.tf.json");
  expect(main).not.toHaveProperty("module");
  expect(main).toHaveProperty(
    "removed",
    expect.arrayContaining(
      [
        "module.key.aws_kms_key.this",
        "module.key.aws_kms_alias.this",
        "module.access_logs.aws_s3_bucket.this",
        "module.access_logs.aws_s3_bucket_policy.this",
        "module.vpc.aws_cloudwatch_log_group.flow_logs",
      ].map(forget),
    ),
  );
  expect(JSON.stringify(main)).not.toMatch(/aws_db_instance|aws_secretsmanager|aws_vpc"/);
  expect(files.map(({ path }) => path)).not.toContain("environments/shop/dev/outputs.tf.json");
});

test("it forgets repositories of images", () => {
  const main = jsonOf(renderRoot(environment("dev", { ending: true })), "environments/shop/dev/main.tf.json");
  expect(main).toHaveProperty("removed", expect.arrayContaining([forget("module.images.aws_ecr_repository.this")]));
});

test("the root keeps its backend and its provider, with which Terraform destroys the other resources", () => {
  const files = (root: Root) => renderRoot(root).filter(({ path }) => /(versions|providers)\.tf\.json$/.test(path));
  const contents = (root: Root) => files(root).map(({ content }) => content);
  expect(contents(shop({ ending: true }))).toEqual(contents(shop()));
});

test("it has no runbook any more", () => {
  const paths = (ending: boolean) => {
    const root = environment("dr", ending ? { ending } : {});
    root.document("RUNBOOK.md", "# Take over\n");
    return renderRoot(root).map(({ path }) => path);
  };
  expect(paths(false)).toContain("environments/shop/dr/RUNBOOK.md");
  expect(paths(true)).not.toContain("environments/shop/dr/RUNBOOK.md");
});

test("parity compares the other environments, and reports which one it left out", () => {
  const comparison = compare(environment("dev"), environment("prod"), environment("dr", { ending: true }));
  expect(comparison).toMatchObject({ environments: ["dev", "prod"], ending: ["dr"], undeclared: [] });
  expect(reportForTerminal([comparison])).toContain("; not compared, because they end: dr");
});

test("a declared difference from the environment that ends is an error, because nothing differs any more", () => {
  const dev = environment("dev", { differences: DIFFERENCES });
  expect(compare(dev, environment("dr")).undeclared).toEqual([]);
  expect(failure(() => compare(dev, environment("prod"), environment("dr", { ending: true }))).message).toContain(
    'got "images.name", where the environments differ only in sizing and identity',
  );
});

test("all environments of a system may end together", () => {
  const ended = (["dev", "prod", "dr"] as const).map((name) => environment(name, { ending: true }));
  expect(compare(...ended)).toMatchObject({ environments: [], undeclared: [] });
});

describe("a former call", () => {
  const main = (root: Root) => jsonOf(renderRoot(root), "environments/shop/dev/main.tf.json");

  test("that is forgotten keeps its key, and its other resources are destroyed", () => {
    const root = shop();
    root.forget("old_key", Kms);
    expect(main(root)).toHaveProperty(
      "removed",
      ["module.old_key.aws_kms_alias.this", "module.old_key.aws_kms_key.this"].map(forget),
    );
    root.forget("key", Kms);
    expect(failure(() => renderRoot(root)).message).toContain(
      'forget: got "key", which is a call; allowed: a former call',
    );
  });
});
