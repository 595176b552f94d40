/** The example of a workflow for Formula's own repository: its branches, and its values against the environments. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { REPOSITORY } from "../../../environments/common/accounts";
import { ROLES } from "../../../environments/common/delivery";
import { application } from "../../../environments/formula/application";
import { hostsOf } from "../../../environments/formula/context";
import { dev } from "../../../environments/formula/dev";
import type { FormulaEnvironment } from "../../../environments/formula/environment";
import { prod } from "../../../environments/formula/prod";
import { staging } from "../../../environments/formula/staging";
import { CONTAINER } from "../../../lib/aws/fargate/task";
import { type Job, readWorkflow } from "../../../lib/pipeline/workflows/file";
import { configurationOf } from "./roots";

const PROJECT = path.join(__dirname, "../../..");
const read = (file: string) => readWorkflow(file, readFileSync(path.join(PROJECT, file), "utf8"));
const EXAMPLE = "docs/examples/formula/release.yml";
const { jobs, on } = read(EXAMPLE);
const job = (id: string) => jobs.find((one) => one.id === id)?.with ?? {};

function called({ uses = "" }: Job): string {
  const [file = ""] = uses.split("@");
  return file.slice(`${REPOSITORY.name}/`.length);
}

let holds: Expressions["holds"];

beforeAll(async () => {
  ({ holds } = await loadExpressions());
});

test.each([
  ["refs/heads/feature/formulas", ["dev-publish"]],
  ["refs/heads/release/1.4", ["staging-publish"]],
  ["refs/heads/main", ["prod-sign-off"]],
  ["refs/heads/fix-typo", ["analyze"]],
])("a push to %s starts %j", (ref, expected) => {
  expect(on).toEqual({ push: null });
  const started = jobs.filter(
    ({ needs, if: condition }) => needs.length === 0 && holds(condition, { github: { ref } }, "success"),
  );
  expect(started.map(({ id }) => id)).toEqual(expected);
});

test.each(jobs.flatMap((one) => (one.uses === undefined ? [] : [[one.id, one] as const])))(
  "%s gives its workflow all inputs that it requires, and no other",
  (_id, one) => {
    expect(one.uses).toMatch(new RegExp(`^${REPOSITORY.name}/\\.github/workflows/[a-z-]+\\.yml@[0-9a-f]{40}$`));
    const { inputs } = read(called(one));
    const required = Object.entries(inputs).flatMap(([name, { required: needed }]) => (needed ? [name] : []));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(one.with)));
    expect(Object.keys(one.with)).toEqual(expect.arrayContaining(required));
  },
);

const ENVIRONMENTS: readonly FormulaEnvironment[] = [dev, staging, prod];

test.each(ENVIRONMENTS)("the values of $name are those of the environment", (environment) => {
  const { name, region, account, domain, zoneId } = environment;
  const {
    environment: full,
    cluster,
    services,
    function: lambda,
    imageRepositories,
    migrations,
    database,
  } = application(environment);
  const role = (of: string) => `arn:aws:iam::${account.id}:role/${of}`;
  const repository = `${account.id}.dkr.ecr.${region}.amazonaws.com/${full}/api`;
  expect(imageRepositories).toContain(`${full}/api`);
  const deployed = {
    environment: full,
    role: role(ROLES.deploy(full)),
    region,
    repository,
    "code-bucket": lambda?.archives.bucket,
  };
  expect(job(`${name}-publish`)).toMatchObject({ ...deployed, "code-folder": lambda?.archives.folder });
  expect(job(`${name}-migrate`)).toMatchObject({
    environment: `${full}-database`,
    role: role(ROLES.migrate(full)),
    region,
    cluster,
    "task-definition": migrations,
    database,
  });
  const release = { ...deployed, cluster, container: CONTAINER, function: lambda?.name };
  if (environment.colours.length === 1) {
    expect(job(name)).toMatchObject({ ...release, service: services[0]?.name, alias: environment.colours[0] });
    return;
  }
  expect(job(name)).toMatchObject({ ...release, "switch-role": role(ROLES.switch(full)), zone: zoneId, domain });
  expect(environment.colours.map((colour) => `${job(name).service}-${colour}`)).toEqual(
    services.map((one) => one.name),
  );
  const alarms = configurationOf(`environments/formula/${name}`)
    .of("aws_cloudwatch_metric_alarm")
    .map(({ values }) => values.alarm_name);
  expect(alarms).toEqual(expect.arrayContaining(String(job(name).alarms).split(" ")));
});

test("nothing of production begins without the sign-offs that its applies need", () => {
  const source = readFileSync(path.join(PROJECT, EXAMPLE), "utf8");
  expect(source).toContain(`environment: [${prod.signOffs.join(", ")}]`);
  expect(jobs.find(({ id }) => id === "prod-sign-off")?.environment).toBe("${{ matrix.environment }}");
  expect(jobs.find(({ id }) => id === "prod-publish")?.needs).toEqual(["prod-sign-off"]);
});

test("a release candidate is measured after its release", () => {
  const [measured] = jobs.filter((one) => called(one).endsWith("/performance.yml"));
  expect(measured).toMatchObject({
    needs: ["staging"],
    with: {
      root: "formula/staging",
      url: `https://${hostsOf(staging).api}`,
      environment: application(staging).environment,
    },
  });
});
