/** Real plans of changed copies of a tree: the gate names each difference. */
import { unreviewed } from "../../../../lib/judgement/gate/reviewed";
import { argumentsApart } from "../../../../lib/judgement/gate/reviewed-arguments";
import { type PlanJson, readPlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { EMPTY_PLAN } from "../../terraform/empty-plan";
import { temporaryFolder } from "../../terraform/sample";
import { planOf, ROOT, writeReviewed } from "./reviewed-tree";

jest.setTimeout(240_000);

const folder = temporaryFolder();
const tree = writeReviewed(folder);
const apart = (plan: PlanJson) => unreviewed(tree, ROOT, plan);
const json = (value: unknown) => () => JSON.stringify(value);

function replaced(from: string, to: string) {
  return (content: string) => {
    if (!content.includes(from)) throw new Error(`no ${from} in ${content}`);
    return content.replace(from, to);
  };
}

/** Adds a member to the object that begins with this text. */
const added = (start: string, member: string) => replaced(start, `${start} ${member},`);

const MAIN = `${ROOT}/main.tf.json`;
const OUTPUTS = `${ROOT}/outputs.tf.json`;
const BUCKETS = "modules/buckets/main.tf.json";
const VARIABLES = "modules/buckets/variables.tf.json";
const BUCKET = { aws_s3_bucket: { more: { bucket: "more" } } };
const ASSERTION = [{ condition: "${var.name != null}", error_message: "No." }];
const PLAIN = ["module.far", "module.plain"];
const EXECUTION = { provisioner: [{ "local-exec": { command: "id" } }] };

/** What is changed, where, and the lines that name it. */
const CHANGES: readonly (readonly [string, string, (content: string) => string, readonly string[]])[] = [
  ["a resource in the root", `${ROOT}/a.tf.json`, json({ resource: BUCKET }), ["managed aws_s3_bucket.more"]],
  ["a data source there", `${ROOT}/b.tf.json`, json({ data: { aws_region: { a: {} } } }), ["data aws_region.a"]],
  ["a variable there", `${ROOT}/c.tf.json`, json({ variable: { a: { default: "b" } } }), ["variable a"]],
  ["an output there", `${ROOT}/d.tf.json`, json({ output: { a: { value: "b" } } }), ["output a"]],
  ["its value", OUTPUTS, replaced("module.buckets.name", "module.plain[0].name"), ["output name: value"]],
  ["its description", OUTPUTS, replaced("Name of", "Names of"), ["output name: description"]],
  ["whether it is shown", OUTPUTS, added('"name": {', '"sensitive": true'), ["output name: sensitive"]],
  ["what it waits for", OUTPUTS, added('"name": {', '"depends_on": ["module.far"]'), ["output name: depends_on"]],
  [
    "another call",
    `${ROOT}/e.tf.json`,
    json({ module: { more: { source: "../../../modules/plain", name: "more" } } }),
    ["module.more"],
  ],
  ["an input", MAIN, replaced('"name": "far"', '"name": "near"'), ["module.far: name"]],
  ["count of a call", MAIN, added('"plain": {', '"count": 2'), ["module.plain: count"]],
  ["for_each of a call", MAIN, added('"far": {', '"for_each": {"a": "a"}'), ["module.far: for_each"]],
  ["what a call waits for", MAIN, added('"plain": {', '"depends_on": ["module.far"]'), ["module.plain: depends_on"]],
  [
    "providers of a call",
    MAIN,
    added('"plain": {', '"providers": {"aws": "aws.replica"}'),
    ["module.plain: managed aws_s3_bucket.this: provider"],
  ],
  [
    "a provider's argument",
    `${ROOT}/providers.tf.json`,
    replaced("eu-west-1", "us-east-1"),
    ["provider.aws.replica: region"],
  ],
  [
    "a provider's version",
    `${ROOT}/versions.tf.json`,
    replaced('"5.100.0"', '">= 5.0.0"'),
    ["provider.aws: version_constraint", "provider.aws.replica: version_constraint"],
  ],
  [
    "a provisioner",
    "modules/plain/main.tf.json",
    added('"this": {', '"provisioner": [{"local-exec": {"command": "id"}}]'),
    PLAIN.map((call) => `${call}: managed aws_s3_bucket.this: provisioner`),
  ],
  [
    "an argument",
    "modules/plain/main.tf.json",
    replaced("${var.name}", "x-${var.name}"),
    PLAIN.map((call) => `${call}: managed aws_s3_bucket.this: bucket`),
  ],
  [
    "another resource in a module",
    "modules/plain/a.tf.json",
    json({ resource: BUCKET }),
    PLAIN.map((call) => `${call}: managed aws_s3_bucket.more`),
  ],
  [
    "an ephemeral variable",
    "modules/plain/b.tf.json",
    json({ variable: { a: { default: "b", ephemeral: true } } }),
    PLAIN.map((call) => `${call}: variable a`),
  ],
  [
    "a check",
    "modules/plain/c.tf.json",
    json({ check: { a: { assert: ASSERTION } } }),
    [...PLAIN, "module.more"].map((call) => `${call}.check.a`),
  ],
  [
    "a nested module that runs a program",
    "modules/plain/inner/main.tf.json",
    json({ resource: { terraform_data: { a: EXECUTION } } }),
    PLAIN.map((call) => `${call}: module.inner`),
  ],
  ["its call", "modules/plain/d.tf.json", json({ module: { inner: { source: "./inner" } } }), []],
  [
    "what a resource waits for",
    BUCKETS,
    replaced('"aws_s3_bucket.this"\n', '"aws_s3_bucket.spare"\n'),
    ["module.buckets: managed aws_s3_bucket_versioning.this: depends_on"],
  ],
  ["count", BUCKETS, replaced("? 1 : 0", "? 2 : 1"), ["module.buckets: managed aws_s3_bucket.spare: count"]],
  [
    "for_each",
    BUCKETS,
    replaced('"for_each": "${var.names}"', '"for_each": {"x": "y"}'),
    ["module.buckets: managed aws_s3_bucket.each: for_each"],
  ],
  [
    "another alias",
    BUCKETS,
    replaced('"provider": "aws.replica"', '"provider": "aws"'),
    ["module.buckets: managed aws_s3_bucket.replica: provider"],
  ],
  [
    "an argument of a nested block",
    BUCKETS,
    replaced('"Enabled"', '"Suspended"'),
    ["module.buckets: managed aws_s3_bucket_versioning.this: versioning_configuration"],
  ],
  [
    "whether a variable is shown",
    VARIABLES,
    replaced(',\n      "sensitive": true', ""),
    ["module.buckets: variable owner: sensitive"],
  ],
  ["a default", VARIABLES, replaced('"default": "main"', '"default": "x"'), ["module.buckets: variable main: default"]],
  [
    "a module's output",
    "modules/plain/outputs.tf.json",
    replaced(".bucket}", ".id}"),
    PLAIN.map((call) => `${call}: output name: value`),
  ],
];

test("an argument with any name is compared, and meta-arguments are not", () => {
  const expressions = { source: { constant_value: "b" }, lifecycle: [{}] };
  expect(argumentsApart({ source: "a", count: 1 }, expressions, new Set(["count"]))).toEqual(["source", "lifecycle"]);
});

describeWithTerraform("a plan", () => {
  let whole: PlanJson;
  let changed: readonly string[];
  beforeAll(async () => {
    whole = await planOf(folder, []);
    changed = apart(
      await planOf(
        folder,
        CHANGES.map(([, file, change]) => [file, change]),
      ),
    );
  });

  test("of the tree itself has no difference", () => {
    expect(apart(whole)).toEqual([]);
  });

  test.each(CHANGES.filter(([, , , lines]) => lines.length > 0))(
    "of a changed tree: %s",
    (_what, _file, _change, lines) => {
      expect(changed).toEqual(expect.arrayContaining([...lines]));
    },
  );

  test("lists only changed places", () => {
    expect([...changed].sort()).toEqual(CHANGES.flatMap(([, , , lines]) => lines).sort());
  });

  test.each([
    ["a part", { action_invocations: [] }, "plan: action_invocations"],
    ["a part of the configuration", { configuration: { imports: [] } }, "configuration: imports"],
    ["a provider's", { configuration: { provider_config: { aws: { source: "x" } } } }, "provider.aws: source"],
    ["a module's", { configuration: { root_module: { actions: [] } } }, "actions"],
    [
      "a call's",
      { configuration: { root_module: { module_calls: { far: { lifecycle: {} } } } } },
      "module.far: lifecycle",
    ],
  ])("with %s key that Terraform 1.11 does not write lists the key", (_, more, place) => {
    const text = JSON.stringify(merged({ ...EMPTY_PLAN, ...whole }, more));
    expect(apart(readPlan("plan.json", text))).toEqual([`${place}, a key of plans that Terraform 1.11 does not write`]);
  });

  test.each([
    ["a provider from elsewhere", { aws: { full_name: "registry.example/evil/aws" } }, ["provider.aws: full_name"]],
    [
      "a provider inside of a module",
      { "module.far:helm": { name: "helm", module_address: "module.far" } },
      ["provider.module.far:helm"],
    ],
    ["a provider in the place of another", { aws: { module_address: "module.far" } }, ["provider.aws: module_address"]],
  ])("with %s is listed", (_, provider_config, lines) => {
    const text = JSON.stringify(merged({ ...EMPTY_PLAN, ...whole }, { configuration: { provider_config } }));
    expect(apart(readPlan("plan.json", text))).toEqual(lines);
  });
});

/** The value with the members of the other one, at any depth. */
function merged(value: unknown, more: object): unknown {
  const own = typeof value === "object" && value !== null ? value : {};
  const members = Object.entries(more).map(([name, member]) => {
    const old: unknown = Reflect.get(own, name);
    return [name, typeof member === "object" && !Array.isArray(member) ? merged(old, member) : member];
  });
  return { ...own, ...Object.fromEntries(members) };
}
