/** The AWS roots of WardMitra, as the judges read them from the committed tree, and as the composition makes them. */
import path from "node:path";
import { wardmitraAws } from "../../environments/wardmitra/aws/system";
import { type ComposedEnvironment, SERVICE_ACCOUNTS } from "../../environments/wardmitra/context";
import { clusterEnvironment } from "../../environments/wardmitra/delivery";
import { dev } from "../../environments/wardmitra/dev";
import type { DocumentStore } from "../../environments/wardmitra/environment";
import { prod } from "../../environments/wardmitra/prod";
import { staging } from "../../environments/wardmitra/staging";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations, type RootConfiguration, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { statementsOf } from "../../lib/judgement/guardrails/policies";
import { Unknown } from "../../lib/judgement/hcl";
import { roots } from "../../main";

const tree = new Configurations(readTree(path.join(__dirname, "../../terraform")));
const environments = [dev, staging, prod];

describe.each(environments)("$name", (environment) => {
  const root = tree.root(`environments/wardmitra/${environment.name}/aws`);
  const inputs = (call: string) => Object(root.calls.find(({ id }) => id === call)?.inputs);

  test("has a role for each service account, whose trust names it and no other", () => {
    const roles = root.of("aws_iam_role").filter(({ module }) => module === "modules/irsa-role");
    const prefix = `wardmitra-${environment.name}`;
    const accounts = Object.values(SERVICE_ACCOUNTS);
    expect(roles.map(({ values }) => values.name).sort()).toEqual(
      accounts.map(({ name }) => `${prefix}-${name}`).sort(),
    );
    const subjects = roles.flatMap(({ values }) => {
      const statements = statementsOf(values.assume_role_policy ?? null);
      if (statements instanceof Unknown) return ["unknown"];
      const conditions = statements.flatMap((one) => one.conditions);
      return conditions.filter(({ key }) => key.endsWith(":sub")).flatMap(({ values }) => values);
    });
    expect(subjects.sort()).toEqual(
      accounts.map(({ namespace, name }) => `system:serviceaccount:${namespace}:${name}`).sort(),
    );
  });

  test("gives the API of the cluster to the roles of its own account, and none to pull requests", () => {
    const access = Object.values<{ role_arn: string; policy: string }>(inputs("cluster").access);
    const administrators = access.filter(({ policy }) => policy === "AmazonEKSClusterAdminPolicy");
    const arn = `arn:aws:iam::${environment.account.id}:role/`;
    expect(administrators).toMatchObject([{ role_arn: `${arn}delivery-apply-wardmitra-${environment.name}-cluster` }]);
    expect(access.every(({ role_arn }) => role_arn.startsWith(arn))).toBe(true);
    expect(access.map(({ role_arn }) => role_arn)).not.toContain(`${arn}delivery-pull-request`);
  });

  test("lets the pipeline of the API push its image and edit its namespace, and no other", () => {
    const { imageRepositories, environment: github } = clusterEnvironment(environment);
    const { name, services } = inputs("images");
    expect(services.map((service: string) => `${name}/${service}`)).toEqual(imageRepositories);
    const role = `delivery-deploy-${github}`;
    expect(inputs("cluster").access.deploy).toMatchObject({
      role_arn: `arn:aws:iam::${environment.account.id}:role/${role}`,
      policy: "AmazonEKSEditPolicy",
      namespaces: ["wardmitra"],
    });
    const account = tree.root(`accounts/${environment.account.name}`);
    const policies = account
      .of("aws_iam_role_policy")
      .filter(({ call }) => call === `deploy_${github.replaceAll("-", "_")}_role`);
    const resources = policies.flatMap(({ values }) => {
      const statements = statementsOf(values.policy ?? null);
      return statements instanceof Unknown ? ["unknown"] : statements.flatMap((one) => one.resources);
    });
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:ap-south-1:${environment.account.id}:${resource}`;
    expect(resources.sort()).toEqual(
      [
        "*",
        arn("ecr", `repository/${imageRepositories[0]}`),
        arn("eks", `cluster/wardmitra-${environment.name}`),
      ].sort(),
    );
  });

  test("has an alarm on each web ACL, with a topic, in the region of its metrics", () => {
    const acls = root.of("aws_wafv2_web_acl").map(({ provider, values }) => [provider, values.name]);
    expect(acls).toHaveLength(2);
    const alarms = root.of("aws_cloudwatch_metric_alarm").filter(({ values }) => values.namespace === "AWS/WAFV2");
    expect(alarms.map(({ provider, values }) => [provider, Object(values.dimensions).WebACL]).sort()).toEqual(
      acls.sort(),
    );
    const topics = (call: string) => {
      const topic: unknown = inputs(call).topic_arn;
      return topic instanceof Unknown ? topic.references.map(({ address }) => address) : [];
    };
    expect(topics("alarms")).toContain("module.alerts.aws_sns_topic.this");
    expect(topics("edge_alarms")).toContain("module.edge_alerts.aws_sns_topic.this");
  });

  test("has subnets of each tier in each of its zones, and its waves in order", () => {
    expect(Object.keys(inputs("vpc").subnets)).toHaveLength(3 * Object.keys(environment.zones).length);
    const { delivery } = wardmitraAws(environment).props;
    expect(delivery?.wave).toBe(environment.wave);
    const [first, second] = clusterEnvironment(environment).roots.map((one) => one.environment);
    expect([first, second]).toEqual([delivery?.environment, `wardmitra-${environment.name}-cluster`]);
  });
});

test("each environment comes after both roots of the one before it", () => {
  const waves = environments.map(({ wave }) => wave);
  expect(waves.slice(1).every((wave, i) => wave - (waves[i] ?? 0) >= 2)).toBe(true);
});

test("models have a bucket, and the API reads it, only where AI workloads are introduced", () => {
  const calls = (aiWorkloads: boolean) =>
    [...wardmitraAws({ ...prod, sizing: { ...prod.sizing, aiWorkloads } }).calls.keys()].includes("models");
  expect([calls(true), calls(false)]).toEqual([true, false]);
});

test("a rule of a web ACL counts where the data of an environment says so, and blocks elsewhere", () => {
  const group = "AWSManagedRulesCommonRuleSet";
  const counted = (environment: ComposedEnvironment) =>
    composed(environment)
      .calls.filter(({ id }) => ["assets_web_acl", "web_acl"].includes(id))
      .map(({ inputs }) => Object(inputs).rules.common.managed_rule_group.counted_rules);
  const acl = { requestsPer5Minutes: 2000, countedRules: { [group]: ["SizeRestrictions_BODY"] } };
  expect(counted(prod)).toEqual([[], []]);
  expect(counted({ ...prod, webAcl: acl, assetsWebAcl: acl })).toEqual([
    ["SizeRestrictions_BODY"],
    ["SizeRestrictions_BODY"],
  ]);
});

/** The AWS root of an environment that is not in the committed tree. */
function composed(environment: ComposedEnvironment): RootConfiguration {
  const files = renderTree([wardmitraAws(environment)]).map(({ path: file, content }) => [file, content] as const);
  return new Configurations(new Map(files)).root(`environments/wardmitra/${environment.name}/aws`);
}

const DOCUMENT_STORES: readonly [DocumentStore, string[]][] = [
  [{ kind: "none" }, ["aws_docdb_subnet_group", "aws_security_group"]],
  [
    { kind: "documentdb", instances: { a: { instanceClass: "db.t4g.medium" }, b: { instanceClass: "db.t4g.medium" } } },
    ["aws_docdb_cluster", "aws_docdb_cluster_instance", "aws_docdb_subnet_group", "aws_security_group"],
  ],
  [
    {
      kind: "atlas",
      endpointServiceName: "com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0",
      host: "wardmitra-pl-0.abcde.mongodb.net",
    },
    ["aws_docdb_subnet_group", "aws_security_group", "aws_vpc_endpoint"],
  ],
];

test.each(DOCUMENT_STORES)(
  "%j fits the environment as its document store, in the reserved place",
  (documentStore, types) => {
    const root = composed({ ...prod, documentStore });
    const own = root.resources.filter(({ call }) => call === "document_store");
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
    const { broken, unknown } = judgeRoot(root, [], "2026-11-30");
    expect([...broken, ...unknown]).toEqual([]);
  },
);

test("the guardrails leave nothing to the plan", () => {
  const own = roots.filter(({ address }) => /^environments\/wardmitra\/\w+\/aws$/.test(address));
  expect(own).toHaveLength(3);
  for (const { address } of own) {
    const { broken, unknown } = judgeRoot(tree.root(address), [], "2026-11-30");
    expect([address, ...broken, ...unknown]).toEqual([address]);
  }
});
