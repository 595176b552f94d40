/** The retention of Formula's data, and its class, in the roots of all environments and on the page of the system. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { dev } from "../../../environments/formula/dev";
import { prod } from "../../../environments/formula/prod";
import { RETENTION } from "../../../environments/formula/retention";
import { staging } from "../../../environments/formula/staging";
import { STATEFUL } from "../../../lib/judgement/gate/stateful";
import { describePlanNightly } from "../../support/nightly";
import { PLAN_TIMEOUT, plannedRoot } from "../../support/planned";
import { TREE } from "../committed-tree";
import { configurationOf } from "./roots";

interface Kept {
  readonly type: string;
  readonly address: string;
  readonly values: unknown;
}

/** Stores of data by type: datasets of the table, or null for a store without data of users. */
const STORES: Readonly<Record<string, readonly (keyof typeof RETENTION)[] | null>> = {
  aws_cloudwatch_log_group: ["applicationLogs", "flowLogs", "erasureLog"],
  aws_cognito_user_pool: ["accounts"],
  aws_db_instance: ["content", "backups"],
  aws_dynamodb_table: ["ledger"],
  aws_ecr_repository: null,
  aws_kms_key: null,
  aws_s3_bucket: ["accessLogs"],
  aws_secretsmanager_secret: null,
  aws_sqs_queue: null,
  aws_ssm_parameter: null,
};

const LOG = z.object({ retention_in_days: z.number() });
const LIFECYCLE = z.object({
  rule: z.array(
    z.looseObject({ expiration: z.union([z.object({ days: z.number() }), z.array(z.object({ days: z.number() }))]) }),
  ),
});
const DATABASE = z.object({ backup_retention_period: z.number() });

function days(
  dataset: "accessLogs" | "applicationLogs" | "backups" | "erasureLog" | "flowLogs" | "ledger" | "measurements",
  { name }: { name: "dev" | "prod" | "staging" },
) {
  return RETENTION[dataset].days[name];
}

/** Dataset of a log group, by the call that makes it. */
function datasetOf(address: string) {
  if (address.startsWith("module.vpc.")) return "flowLogs";
  return address.startsWith("module.erasure.") ? "erasureLog" : "applicationLogs";
}

function expectRetention(environment: { name: "dev" | "prod" | "staging" }, resources: readonly Kept[]): void {
  const logs = resources.filter(({ type }) => type === "aws_cloudwatch_log_group");
  expect(new Set(logs.map(({ address }) => datasetOf(address)))).toEqual(
    new Set(["applicationLogs", "erasureLog", "flowLogs"]),
  );
  expect(logs.map(({ address, values }) => [address, LOG.parse(values).retention_in_days])).toEqual(
    logs.map(({ address }) => [address, days(datasetOf(address), environment)]),
  );
  const buckets = resources.filter(
    ({ type, address }) =>
      type === "aws_s3_bucket_lifecycle_configuration" && /^module\.(?:\w+_)?access_logs\./.test(address),
  );
  expect(buckets).toHaveLength(environment.name === "prod" ? 2 : 1);
  expect(
    buckets.map(({ values }) =>
      LIFECYCLE.parse(values).rule.flatMap(({ expiration }) => [expiration].flat().map((one) => one.days)),
    ),
  ).toEqual(buckets.map(() => [days("accessLogs", environment)]));
  const databases = resources.filter(({ type }) => type === "aws_db_instance");
  expect(databases.map(({ values }) => DATABASE.parse(values).backup_retention_period)).toEqual([
    days("backups", environment),
  ]);
  const machines = resources.filter(({ address }) => address === "module.erasure.aws_sfn_state_machine.this");
  expect(JSON.stringify(machines)).toContain(`+ ${days("ledger", environment) * 86_400})`);
  const stores = new Set(resources.map(({ type }) => type).filter((type) => Object.hasOwn(STATEFUL, type)));
  expect([...stores].filter((type) => !Object.hasOwn(STORES, type))).toEqual([]);
}

test.each([dev, staging, prod])("the root of $name keeps data as long as the table says", (environment) => {
  expectRetention(environment, configurationOf(`environments/formula/${environment.name}`).resources);
});

const PROVIDERS = z.object({
  provider: z.object({ aws: z.array(z.object({ default_tags: z.tuple([z.object({ tags: z.looseObject({}) })]) })) }),
});

test.each([staging, prod])("every resource of $name has the class of its data", ({ name, dataClass }) => {
  const file = path.join(TREE, "environments/formula", name, "providers.tf.json");
  const { aws } = PROVIDERS.parse(JSON.parse(readFileSync(file, "utf8"))).provider;
  expect(aws.map(({ default_tags: [{ tags }] }) => tags.DataClass)).toEqual(aws.map(() => dataClass));
  const overridden = configurationOf(`environments/formula/${name}`).resources.filter(
    ({ values }) => OWN_TAGS.safeParse(values).data?.tags.DataClass !== undefined,
  );
  expect(overridden.map(({ address }) => address)).toEqual([]);
});

const OWN_TAGS = z.object({ tags: z.looseObject({}) });

test.each([dev, staging, prod])("$name measures and traces if the table says so", (environment) => {
  const { tracing, website } = environment.sizing;
  expect([tracing, website.measurements !== null]).toEqual(
    Array.from({ length: 2 }, () => days("measurements", environment) > 0),
  );
});

test("the ledger outlives every backup", () => {
  for (const environment of [dev, staging, prod]) {
    expect(days("ledger", environment)).toBeGreaterThan(days("backups", environment));
  }
});

describePlanNightly("a plan", () => {
  test.each([dev, staging, prod])(
    "of $name keeps data as long as the table says, and tags its stores with their class",
    async (environment) => {
      const { resources } = await plannedRoot(TREE, `environments/formula/${environment.name}`);
      expectRetention(environment, resources);
      const stores = resources.filter(({ type, values }) => Object.hasOwn(STATEFUL, type) && "tags_all" in values);
      expect(stores.length).toBeGreaterThan(0);
      const classes = stores.map(({ address, values }) => [
        address,
        z.looseObject({}).parse(values.tags_all).DataClass,
      ]);
      const dataClass = "dataClass" in environment ? environment.dataClass : undefined;
      expect(classes).toEqual(stores.map(({ address }) => [address, dataClass]));
    },
    PLAN_TIMEOUT,
  );
});

test("the page of the system has the table", () => {
  const page = readFileSync(path.join(__dirname, "../../../docs/systems/formula.md"), "utf8");
  const cells = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  for (const { dataset, dataClass, days, basis, mechanism } of Object.values(RETENTION)) {
    const shown = typeof days === "string" ? days : [days.dev, days.staging, days.prod, days.dr].join(" / ");
    expect(cells).toContainEqual(["", dataset, dataClass, shown, basis, mechanism, ""]);
  }
});
