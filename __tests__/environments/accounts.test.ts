/** What comes out of the plans of the accounts' roots, from the committed tree: who may do what, and what is kept. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { accountRoots } from "../../environments/accounts/roots";
import { familiesOf } from "../../environments/common/application";
import type { Root } from "../../lib";
import { isS3 } from "../../lib/generator/root/backend";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { configurationsOf } from "../../lib/judgement/guardrails/account";
import { statementsOf } from "../../lib/judgement/guardrails/policies";
import { Unknown } from "../../lib/judgement/hcl";
import { inParallel } from "../../lib/terraform";
import { roots } from "../../main";
import { PLAN_TIMEOUT, type Planned } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { testApplicationRoles } from "./accounts/application-roles";
import { testCompliance } from "./accounts/compliance";
import { testDetection, testTrail } from "./accounts/detection";
import { testPeople } from "./accounts/people";
import { PlannedAccount } from "./accounts/planned-account";
import { testTerraformRoles } from "./accounts/terraform-roles";
import { committedPlan } from "./committed-plan";
import { testPolicies } from "./policies";
import { testProvider6 } from "./provider-6";
import { representatives } from "./representatives";

const tree = path.join(__dirname, "../../terraform");
const configurations = new Configurations(readTree(tree));
const systems = roots.filter(({ address }) => address.startsWith("environments/"));

test("there is one root for each account, and no two roots are approved in the same GitHub environment", () => {
  const ids = new Set(roots.map(({ props }) => props.accountId));
  expect(accountRoots.map((one) => one.account.id).sort()).toEqual([...ids].sort());
  const environments = roots.flatMap(({ props }) => props.delivery?.environment ?? []);
  expect(environments.length).toBeGreaterThan(0);
  expect(new Set(environments).size).toBe(environments.length);
});

test("an account's root declares exactly the repositories that its roles trust", () => {
  for (const { address, props } of roots.filter((root) => root.address.startsWith("accounts/"))) {
    const roles = configurations.root(address).calls.filter(({ module }) => module === "modules/github-actions-role");
    const trusted = new Set(roles.map(({ inputs }) => Object(inputs).repository));
    expect(new Set(props.repositories?.map(({ repository }) => repository))).toEqual(trusted);
  }
});

test("an account records and detects in each region in which its systems have resources", () => {
  const regionsOf = ({ address }: Root) =>
    [...configurationsOf(configurations.root(address)).values()].flatMap(({ region }) => region ?? []);
  const recorded = roots.filter(({ address }) => address.startsWith("accounts/"));
  expect(systems.flatMap(regionsOf).length).toBeGreaterThan(systems.length);
  for (const root of systems) {
    const account = recorded.find(({ props }) => props.accountId === root.props.accountId);
    expect([root.address, account && regionsOf(account)]).toEqual([
      root.address,
      expect.arrayContaining(regionsOf(root)),
    ]);
  }
});

test("changes reach what people depend on after everything else of the system", () => {
  const waves = (system: string, production: boolean) =>
    systems
      .filter(({ address }) => address.startsWith(`environments/${system}/`))
      .filter(({ props }) => (props.production ?? true) === production)
      .map(({ props }) => props.delivery?.wave ?? 0);
  const names = [...new Set(systems.map(({ address }) => address.split("/")[1] ?? ""))];
  expect(names.map((name) => [name, ...waves(name, false)])).toContainEqual(["credentialmate", 1, 2]);
  for (const name of names) expect(Math.max(0, ...waves(name, false))).toBeLessThan(Math.min(...waves(name, true)));
});

describe.each(accountRoots.flatMap(({ applications }) => applications))("the application in $root", (application) => {
  const calls = configurations.root(application.root).calls;
  const inputs = (module: string) =>
    calls.filter((call) => call.module === `modules/${module}`).map((call) => Object(call.inputs));
  const names = (module: string) => inputs(module).map(({ name }) => name);

  test("is known to its pipeline by the names that the root gave", () => {
    expect(names("ecs-cluster")).toEqual([application.cluster]);
    const services = application.services.filter(({ deployedBy }) => deployedBy === "ecs").map(({ name }) => name);
    expect(names("ecs-service").sort()).toEqual(services.sort());
    const shifted = application.services.filter(({ deployedBy }) => deployedBy === "codedeploy");
    expect(names("ecs-service-codedeploy")).toEqual(shifted.map(({ name }) => name));
    expect(names("ecs-task-definition").sort()).toEqual(
      [...familiesOf(application), ...(application.otherTasks ?? [])].sort(),
    );
    // A standby has none until one is restored, under this name and an ending.
    expect(names("rds")).toEqual(application.copiedRepositories.length > 0 ? [] : [application.database]);
    expect(names("sqs")).toEqual(application.queues);
    const repositories = inputs("ecr").flatMap(({ name, services }) =>
      z
        .array(z.string())
        .parse(services)
        .map((service) => `${name}/${service}`),
    );
    const { imageRepositories, copiedRepositories } = application;
    expect(repositories.sort()).toEqual([...imageRepositories, ...copiedRepositories].sort());
  });
});

const rootsWithRoles = accountRoots.flatMap(({ applications, clusters, components, workloads }) =>
  [
    ...applications.map(({ root }) => root),
    ...[...clusters, ...components]
      .flatMap((one) => one.roots.map(({ path }) => path))
      .filter((root) => configurations.root(root).of("aws_iam_role").length > 0),
  ]
    .filter((root) => roots.some(({ address }) => address === root))
    .filter((root) => configurations.root(root).of("aws_iam_role_policy").length > 0)
    .map((root) => ({ root, workloads })),
);

test("every account with an application has an environment with roles", () => {
  const withApplications = accountRoots.filter(
    ({ applications, clusters, components }) => applications.length + clusters.length + components.length > 0,
  );
  const compared = accountRoots.filter(({ workloads }) => rootsWithRoles.some((one) => one.workloads === workloads));
  expect(compared).toEqual(withApplications);
});

test.each(rootsWithRoles)(
  "the boundary for workloads lets through what roles of $root may do",
  ({ root, workloads }) => {
    const elsewhere = workloads.elsewhere?.actions ?? [];
    const limits = [...workloads.actions, ...workloads.actionsOnAll, ...elsewhere, "iam:PassRole"];
    const lets = (action: unknown) =>
      limits.some(
        (limit) => limit === action || (limit.endsWith("*") && String(action).startsWith(limit.slice(0, -1))),
      );
    const policies = configurations.root(root).of("aws_iam_role_policy");
    const missing = policies.flatMap(({ address, values }) => {
      const statements = statementsOf(values.policy ?? null);
      if (statements instanceof Unknown) return [`${address}: unknown`];
      return statements.flatMap(({ actions }) => actions.filter((action) => !lets(action)));
    });
    expect(missing).toEqual([]);
  },
);

test("a role that a runbook names exists", () => {
  const made = new Set(
    accountRoots.flatMap(({ account: { id, name } }) =>
      configurations
        .root(`accounts/${name}`)
        .of("aws_iam_role")
        .map(({ values }) => `arn:aws:iam::${id}:role/${String(values.name)}`),
    ),
  );
  const named = runbooks().flatMap((text) => text.match(/arn:aws:iam::\d{12}:role\/[\w+=,.@-]+/g) ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((arn) => !made.has(arn))).toEqual([]);
});

describeWithTerraform("accounts", () => {
  const pathOf = ({ account }: (typeof accountRoots)[number]) => `accounts/${account.name}`;
  const selected = representatives(accountRoots.map(pathOf));
  const plannedRoots = accountRoots.filter((one) => selected.includes(pathOf(one)));
  let plans: Planned[];
  beforeAll(async () => {
    plans = await inParallel(plannedRoots, (one) => committedPlan(pathOf(one)));
  }, PLAN_TIMEOUT);

  describe.each(plannedRoots)("$account.name", (one) => {
    const planned = (): PlannedAccount => new PlannedAccount(one, plans[plannedRoots.indexOf(one)]);
    const regions = [one.account, ...(one.standby === null ? [] : [one.standby])];
    const others = one.otherRegions ?? [];
    const trails = one.detectors.trail === "own" ? 1 : 0;
    const ofAccount = roots.filter(({ props }) => props.accountId === one.account.id);

    test("makes exactly the roles, buckets, tables and keys that its roots name", () => {
      const named = (type: string, attribute: string) =>
        planned()
          .plan.all(type)
          .map(({ values }) => String(values[attribute]));
      const roles = named("aws_iam_role", "name").map((name) => `arn:aws:iam::${one.account.id}:role/${name}`);
      for (const { props } of ofAccount) {
        const { pullRequestRoleArn, planRoleArn, applyRoleArn, plansBucket } = delivered(props);
        expect(roles).toEqual(expect.arrayContaining([pullRequestRoleArn, planRoleArn, applyRoleArn]));
        expect(named("aws_s3_bucket", "bucket")).toEqual(expect.arrayContaining([stateOf(props).bucket, plansBucket]));
      }
      expect(named("aws_s3_bucket", "bucket")).toHaveLength(
        3 * regions.length + 1 + trails + (one.findings === undefined ? 0 : 1) + (one.artifactBuckets?.length ?? 0),
      );
      expect(named("aws_dynamodb_table", "name")).toEqual(regions.map(({ state }) => state.dynamodbTable));
      expect(named("aws_kms_alias", "name").sort()).toEqual(
        [
          ...regions.flatMap(() => ["alias/account-alerts", "alias/terraform-state"]),
          ...others.map(() => "alias/account-alerts"),
          ...regions.slice(1).map(() => "alias/standby-secrets"),
          "alias/account-records",
          ...new Map(one.artifactBuckets?.map(({ region }) => [region, "alias/account-artifacts"])).values(),
        ].sort(),
      );
      expect(regions.map(({ state }) => state.kmsKeyArn).sort()).toEqual(
        [...new Set(ofAccount.map(({ props }) => stateOf(props).kmsKeyArn))].sort(),
      );
    });

    test("keeps what it knows: versions of state, locks that can be restored, keys", () => {
      const { plan } = planned();
      const states = plan.addresses.filter((address) => /state\.aws_s3_bucket\.this$/.test(address));
      expect(states).toHaveLength(regions.length);
      for (const address of states) {
        const module = address.replace(/\.aws_s3_bucket\.this$/, "");
        expect(plan.values(`${module}.aws_s3_bucket_versioning.this`)).toMatchObject({
          versioning_configuration: [{ status: "Enabled" }],
        });
        expect(plan.statements(`${module}.aws_s3_bucket_policy.this`)).toMatchObject({
          DenyDeletingVersions: { Effect: "Deny", Principal: "*" },
          DenyDeletingState: { Effect: "Deny", Principal: "*" },
        });
      }
      for (const { values } of plan.all("aws_dynamodb_table")) {
        expect(values).toMatchObject({
          deletion_protection_enabled: true,
          point_in_time_recovery: [{ enabled: true }],
        });
      }
    });

    test("has its settings once, and those of a region once in each", () => {
      const { plan } = planned();
      const places = regions.length + others.length;
      expect(plan.all("aws_s3_account_public_access_block")).toHaveLength(1);
      expect(plan.all("aws_iam_account_password_policy")).toHaveLength(1);
      expect(plan.all("aws_iam_openid_connect_provider")).toHaveLength(1);
      expect(plan.all("aws_ebs_encryption_by_default")).toHaveLength(places);
      expect(plan.all("aws_ecr_registry_scanning_configuration")).toHaveLength(places);
      expect(plan.all("aws_cloudtrail")).toHaveLength(trails);
      expect(plan.all("aws_iam_service_linked_role")).toHaveLength(1);
      expect(plan.all("aws_guardduty_detector")).toHaveLength(places);
      expect(plan.all("aws_config_configuration_recorder")).toHaveLength(places);
    });

    testDetection(one, planned);
    if (one.detectors.trail === "own") testTrail(one, planned);
    if (one.detectors.compliance !== undefined) testCompliance(one, one.detectors.compliance, planned);
    testTerraformRoles(one, planned);
    if (one.applications.length > 0) testApplicationRoles(one, planned);
    testPeople(one, planned);
    testPolicies(pathOf(one), () => planned().plan);
    if (one.standby !== null) testProvider6(pathOf(one), one.account.state.region, () => planned().plan);
  });

  test("images of production are copied to the region that stands by for it, where its state is kept too", () => {
    const file = readFileSync(path.join(tree, "accounts/orders-prod/main.tf.json"), "utf8");
    const { module } = z
      .object({ module: z.record(z.string(), z.object({ providers: z.record(z.string(), z.string()).optional() })) })
      .parse(JSON.parse(file));
    const elsewhere = Object.entries(module).filter(([, call]) => call.providers?.aws === "aws.standby");
    expect(elsewhere.map(([id]) => id)).toEqual(Object.keys(module).filter((id) => id.startsWith("standby_")));
    expect(elsewhere).toHaveLength(11);
    const production = plans[plannedRoots.findIndex(({ standby }) => standby !== null)];
    expect(production?.values("module.image_replication.aws_ecr_replication_configuration.this")).toMatchObject({
      replication_configuration: [
        {
          rule: [
            {
              destination: [{ region: "us-west-2", registry_id: "666666666666" }],
              repository_filter: [{ filter: "orders-prod/", filter_type: "PREFIX_MATCH" }],
            },
          ],
        },
      ],
    });
  });
});

function runbooks(): string[] {
  return readdirSync(tree, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "RUNBOOK.md")
    .map((file) => readFileSync(path.join(tree, file), "utf8"));
}

function stateOf({ backend, path: root }: Root["props"]) {
  if (!isS3(backend)) throw new Error(`${root} has no state in S3`);
  return backend;
}

function delivered({ path: root, delivery }: Root["props"]) {
  if (delivery === undefined) throw new Error(`${root} has no delivery`);
  return delivery;
}
