/** The migration of the legacy database: its names, its place in the other roots, and what production needs before it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { wardmitraAws } from "../../../environments/wardmitra/aws/system";
import type { LegacyMigration } from "../../../environments/wardmitra/environment";
import { LEGACY_MIGRATION } from "../../../environments/wardmitra/legacy-database";
import { prod } from "../../../environments/wardmitra/prod";
import { selectionOf, wardmitraMigration } from "../../../environments/wardmitra/rehearsal/system";
import { staging } from "../../../environments/wardmitra/staging";
import type { Root } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations, type ResourceInstance, type RootConfiguration } from "../../../lib/judgement/configuration";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { roots } from "../../../main";
import { failure } from "../../lib/generator/support";

const ROOT = "environments/wardmitra/staging/rehearsal";

function treeOf(composed: readonly Root[]): Configurations {
  return new Configurations(new Map(renderTree(composed).map(({ path: file, content }) => [file, content])));
}

const tree = treeOf(roots);
const rehearsal = tree.root(ROOT);
const aws = tree.root("environments/wardmitra/staging/aws");

const namesOf = (resources: readonly ResourceInstance[], argument = "name") =>
  resources.map(({ values }) => values[argument]);

/** The evaluated inputs of a call. */
function inputsOf(root: RootConfiguration, id: string) {
  const call = root.calls.find((one) => one.id === id);
  if (call === undefined) throw new Error(`${root.path} has no call ${id}`);
  return call.inputs;
}

const tagsOf = (type: string) => aws.of(type).map(({ values }) => Object(values.tags).Name);

test("only staging rehearses, in a root that the AWS root precedes", () => {
  const wardmitra = roots.filter(({ address }) => address.startsWith("environments/wardmitra/"));
  const migrating = wardmitra.filter(({ props }) => props.migration !== undefined);
  expect(migrating.map(({ address }) => address)).toEqual([ROOT]);
  const wave = (address: string) => wardmitra.find((root) => root.address === address)?.props.delivery?.wave ?? 0;
  expect(wave(ROOT)).toBeGreaterThan(wave(aws.path));
});

test("the root finds what the AWS root makes, by the same names", () => {
  const inputs = inputsOf(rehearsal, "migration");
  expect(tagsOf("aws_security_group")).toContain(inputs.security_group_name);
  expect(namesOf(aws.of("aws_kms_alias"))).toContain(inputs.kms_key_alias);
  expect(namesOf(aws.of("aws_s3_bucket"), "bucket")).toContain(inputs.assessment_bucket);
  expect(namesOf(aws.of("aws_cloudwatch_log_group"))).toContain(`dms-tasks-${inputs.name}`);
  const secrets = namesOf(aws.of("aws_secretsmanager_secret"));
  for (const side of ["source", "target"]) expect(secrets).toContain(`wardmitra-staging/migration-${side}`);
  expect(tagsOf("aws_subnet")).toEqual(expect.arrayContaining([...Object(inputs.subnet_names)]));
});

test("the replication instance reaches the databases and the services, and nothing reaches it", () => {
  const names = Object.keys(Object(inputsOf(aws, "security_groups").connections)).filter((name) =>
    name.includes("migration"),
  );
  expect(names.sort()).toEqual([
    "migration-to-database-5432",
    "migration-to-endpoints-443",
    "migration-to-legacy-3306",
    "migration-to-s3-443",
  ]);
});

test("the roles that DMS looks for are in the account of the rehearsal alone", () => {
  const accounts = roots.filter(({ address }) => address.startsWith("accounts/"));
  const having = accounts.filter(({ address }) =>
    namesOf(tree.root(address).of("aws_iam_role")).includes("dms-vpc-role"),
  );
  expect(having.map(({ address }) => address)).toEqual(["accounts/wardmitra-staging"]);
});

test("each table is a selection with a name of its own", () => {
  expect(selectionOf(["aviel.complaint_photos", "aviel.a.b"])).toEqual({
    "aviel-complaint-photos": { schema: "aviel", table: "complaint_photos" },
    "aviel-a-b": { schema: "aviel", table: "a.b" },
  });
});

test.each([
  ["mariadb", null],
  ["mysql", null],
  ["postgres", "aviel"],
  ["sqlserver", "aviel"],
] as const)("a source of %s has the database name %j, which the provider sends to DMS", (engine, name) => {
  const { source } = LEGACY_MIGRATION;
  const composed = wardmitraMigration({
    ...staging,
    migration: { ...LEGACY_MIGRATION, source: { ...source, engine } },
  });
  const endpoints = treeOf(composed).root(ROOT).of("aws_dms_endpoint");
  const ofSource = endpoints.filter(({ values }) => values.endpoint_type === "source");
  expect(namesOf(ofSource, "database_name").map((one) => one ?? null)).toEqual([name]);
});

const approved = (day: string) => ({ document: "docs/migration.md", day, approver: "data owner" });
const PASSED = {
  schemaReview: approved("2026-10-01"),
  rollbackCriteria: approved("2026-10-20"),
  cutoverDesign: approved("2026-10-10"),
  rehearsal: approved("2026-11-10"),
  ends: "2027-01-31",
};

/** The guardrails that a migration in production breaks. */
function brokenInProduction(more: Partial<LegacyMigration>, today = "2026-11-22") {
  const [root, ...others] = wardmitraMigration({ ...prod, migration: { ...LEGACY_MIGRATION, ...more } });
  expect([root?.address, others]).toEqual(["environments/wardmitra/prod/migration", []]);
  const tree = treeOf(root === undefined ? [] : [root]);
  const { broken } = judgeRoot(tree.root("environments/wardmitra/prod/migration"), [], today);
  return [...new Set(broken.map(({ guardrail, got }) => `${guardrail.id}: ${got}`))];
}

test("production takes the same migration after a passed rehearsal, and until its end", () => {
  expect(brokenInProduction({ passed: PASSED })).toEqual([]);
  expect(brokenInProduction({ passed: PASSED }, "2027-02-01")).toEqual([
    'dms-rehearsed: migration.passed.ends = "2027-01-31", which is over',
  ]);
  expect(brokenInProduction({})).toEqual(["dms-rehearsed: migration.passed = null"]);
});

test("a migration that calls itself a rehearsal in the account of production is refused", () => {
  const hidden = { ...prod, name: "trial", production: false, migration: LEGACY_MIGRATION };
  const composed = [wardmitraAws(prod), ...wardmitraMigration(hidden)];
  expect(failure(() => renderTree(composed)).message).toBe(
    "environments/wardmitra/trial/rehearsal\n  production: got false; allowed: true for a migration in account 999999999999, which has environments/wardmitra/prod/aws",
  );
});

test("production does not empty its tables at the start", () => {
  const [root] = wardmitraMigration({ ...prod, migration: LEGACY_MIGRATION });
  const production = treeOf(root === undefined ? [] : [root]).root("environments/wardmitra/prod/migration");
  expect(inputsOf(production, "migration").target_preparation).toBe("DO_NOTHING");
  expect(inputsOf(rehearsal, "migration").target_preparation).toBe("TRUNCATE_BEFORE_LOAD");
});

test("after a run, everything in the root is destroyed and nothing forgotten", () => {
  const composed = wardmitraMigration({ ...staging, migration: { ...LEGACY_MIGRATION, ended: true } });
  const files = renderTree(composed).filter(({ path: file }) => file.startsWith(`${ROOT}/`));
  expect(files.map(({ path: file }) => path.basename(file)).sort()).toEqual([
    ".terraform.lock.hcl",
    "providers.tf.json",
    "versions.tf.json",
  ]);
});

describe("the runbook", () => {
  const text = readFileSync(path.join(__dirname, "../../../terraform", ROOT, "RUNBOOK.md"), "utf8");

  test("has the thresholds and the tables of the data", () => {
    const { rehearsal: limits, rollback, tables } = LEGACY_MIGRATION.criteria;
    expect(text).toContain(`| full load | at most ${limits.fullLoadMinutes} minutes |`);
    expect(text).toContain(`the latency exceeded ${rollback.latencySeconds} seconds`);
    for (const table of tables) expect(text.split(`| \`${table}\` |`)).toHaveLength(2);
  });

  test("names the root, the task and the phases as the command takes them", () => {
    const lines = text.split("\n").filter((line) => line.includes("npx groundplan criteria"));
    for (const line of lines) expect(line).toContain("criteria wardmitra/staging/rehearsal outputs --phase ");
    expect(lines).toHaveLength(2);
    expect(text).toContain("Values=wardmitra-staging-rehearsal ");
  });
});
