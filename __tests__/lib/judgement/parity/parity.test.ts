import { Root } from "../../../../lib/generator/root/root";
import { Configurations } from "../../../../lib/judgement/configuration";
import { compareEnvironments, systemsOf } from "../../../../lib/judgement/parity";
import { compare, filesOf, planted, plantedCall, roots, unchanged, undeclared, withCopy } from "./planted";
import { DEV, PROD, shop } from "./shop";

describe("reports the place of", () => {
  test("another module", () => {
    const files = withCopy("cloudwatch-dashboard", "dashboard-of-old", (content) => content);
    expect(
      undeclared(plantedCall("prod", ["dashboard", "source"], "../../../modules/dashboard-of-old", files)),
    ).toEqual([
      'dashboard: "modules/cloudwatch-dashboard" | "modules/cloudwatch-dashboard" | "modules/dashboard-of-old"',
    ]);
  });

  test("a missing call", () => {
    expect(undeclared(plantedCall("stage", ["dashboard"], undefined))).toEqual([
      'dashboard: "modules/cloudwatch-dashboard" |  | "modules/cloudwatch-dashboard"',
    ]);
  });

  test("an extra call", () => {
    const call = { source: "../../../modules/kms", name: "debug", account_id: "111111111111", region: "us-east-1" };
    expect(undeclared(plantedCall("dev", ["debug_key"], { ...call, description: "Debug" }))).toEqual([
      'debug_key: "modules/kms" |  | ',
    ]);
  });

  test("a changed input that is not sizing", () => {
    expect(undeclared(plantedCall("prod", ["migrations_task", "user"], "1001:1001"))).toEqual([
      'migrations_task.user: "1000:1000" | "1000:1000" | "1001:1001"',
    ]);
  });

  test("an omitted input whose default differs", () => {
    const files = plantedCall("dev", ["documents", "cors_origins"], ["https://a.example"]);
    expect(undeclared(files)).toEqual(['documents.cors_origins["https://a.example"]: "https://a.example" |  | ']);
  });

  test("a changed field of an object in a map", () => {
    const at = ["alarms", "alarms", "backend-cpu", "treat_missing_data"];
    expect(undeclared(plantedCall("stage", at, "ignore"))).toEqual([
      'alarms.alarms.backend-cpu.treat_missing_data: "breaching" | "ignore" | "breaching"',
    ]);
  });

  test("the name of another environment in an input", () => {
    expect(undeclared(plantedCall("stage", ["dashboard", "name"], "shop-dev"))).toEqual([
      'dashboard.name: "shop-<environment>" | "shop-dev" | "shop-<environment>"',
    ]);
  });

  test("an address at another place in the block of the environment", () => {
    const at = ["vpc", "subnets", "private/us-east-1b", "cidr"];
    expect(undeclared(plantedCall("dev", at, "10.10.99.0/24"))).toEqual([
      'vpc.subnets["private/us-east-1b"].cidr: "<cidr>+99.0/24" | "<cidr>+80.0/20" | "<cidr>+80.0/20"',
    ]);
  });

  test("a network path, as the input and as the rules of both groups", () => {
    const connection = { from: "load-balancer", to: "database", port: 5432, description: "Straight to the data" };
    const files = plantedCall("prod", ["security_groups", "connections", "load-balancer-to-database-5432"], connection);
    const way = 'security_groups[\\"load-balancer\\"] to security_groups[\\"database\\"], tcp 5432';
    expect(compare(files).undeclared.map(({ place }) => place)).toEqual([
      "security_groups.connections.load-balancer-to-database-5432",
      `security_groups["egress: ${way}"]`,
      `security_groups["ingress: ${way}"]`,
    ]);
  });

  test("a changed port of a connection", () => {
    const at = ["security_groups", "connections", "internet-to-load-balancer-443", "port"];
    expect(undeclared(plantedCall("dev", at, 80))).toEqual([
      "security_groups.connections.internet-to-load-balancer-443.port: 80 | 443 | 443",
      'security_groups["ingress: 0.0.0.0/0 to security_groups[\\"load-balancer\\"], tcp 443"]:  | true | true',
      'security_groups["ingress: 0.0.0.0/0 to security_groups[\\"load-balancer\\"], tcp 80"]: true |  | ',
    ]);
  });

  test("an additional action of a role, as the input and in the statement of its policy", () => {
    const at = ["backend_task", "permissions", "ReadDocuments", "actions"];
    const files = plantedCall("dev", at, ["s3:GetObject", "s3:DeleteObject"]);
    expect(compare(files).undeclared.map(({ place }) => place)).toEqual([
      'backend_task.aws_iam_role_policy.task.0.policy.Statement.ReadDocuments.Action["s3:DeleteObject"]',
      'backend_task.permissions.ReadDocuments.actions["s3:DeleteObject"]',
    ]);
  });

  test("rules that another module creates from the same inputs", () => {
    const copy = withCopy("security-groups", "open-groups", (content) =>
      content.replaceAll('"ip_protocol": "tcp"', '"ip_protocol": "-1"'),
    );
    const files = plantedCall("dev", ["security_groups", "source"], "../../../modules/open-groups", copy);
    const found = undeclared(files);
    expect(found[0]).toMatch(/^security_groups: "modules\/open-groups" \| "modules\/security-groups"/);
    expect(found).toContain(
      'security_groups["egress: security_groups[\\"backend\\"] to security_groups[\\"database\\"], every port"]: true |  | ',
    );
  });

  const root = "environments/shop/prod";

  test("another version of a provider", () => {
    const at = ["terraform", "required_providers", "aws", "version"];
    expect(undeclared(planted(`${root}/versions.tf.json`, at, "5.99.0"))).toEqual([
      'terraform.required_providers.aws.version: "5.100.0" | "5.100.0" | "5.99.0"',
    ]);
  });

  test("other settings of the state, but not another bucket", () => {
    const versions = `${root}/versions.tf.json`;
    const elsewhere = planted(versions, ["terraform", "backend", "s3", "bucket"], "elsewhere");
    expect(undeclared(elsewhere)).toEqual([]);
    expect(undeclared(planted(versions, ["terraform", "backend", "s3", "encrypt"], false, elsewhere))).toEqual([
      "terraform.backend.s3.encrypt: true | true | false",
    ]);
  });

  test("another default tag", () => {
    const at = ["provider", "aws", "0", "default_tags", "0", "tags", "Owner"];
    expect(undeclared(planted(`${root}/providers.tf.json`, at, "nobody"))).toEqual([
      'provider.aws[0].default_tags[0].tags.Owner: "platform" | "platform" | "nobody"',
    ]);
  });

  test("another output", () => {
    expect(
      undeclared(planted(`${root}/outputs.tf.json`, ["output", "cluster", "value"], "${module.cluster.arn}")),
    ).toEqual(['output.cluster.value: "${module.cluster.name}" | "${module.cluster.name}" | "${module.cluster.arn}"']);
    const address = '{"description": "Name under which the shop answers.", "value": "${module.alias.fqdn}"}';
    expect(undeclared(planted(`${root}/outputs.tf.json`, ["output", "address"], undefined))).toEqual([
      `output.address: ${address} | ${address} | `,
    ]);
  });
});

describe("accepts", () => {
  test("sizing, which is reported", () => {
    const comparison = compare(plantedCall("prod", ["backend_service", "max_tasks"], 60));
    expect(comparison.undeclared).toEqual([]);
    expect(comparison.sizing).toContainEqual({
      place: "backend_service.max_tasks",
      values: { dev: "2", stage: "4", prod: "60" },
    });
  });

  test("sizing in a nested part of an input", () => {
    const files = plantedCall("prod", ["alarms", "alarms", "backend-cpu", "threshold"], 50);
    const { undeclared: none, sizing } = compare(files);
    expect(none).toEqual([]);
    expect(sizing.map(({ place }) => place)).toContain("alarms.alarms.backend-cpu.threshold");
  });

  test("an identity of the environment in an input, in a list and in a key", () => {
    const domains = {
      dev: "dev.shop.example",
      stage: "stage.shop.example",
      prod: "prod.shop.example",
    };
    const files = Object.entries(domains).reduce(
      (tree, [name, domain]) =>
        plantedCall(name, ["backend_task", "environment", domain], `https://${domain}/shop-${name}`, tree),
      unchanged,
    );
    expect(undeclared(files)).toEqual([]);
  });

  test("another number of recipients of alarms", () => {
    const more = [shop({ ...DEV, alertEmails: [...DEV.alertEmails, "ann@shop.example"] }), shop(PROD)];
    expect(compareEnvironments("shop", more, new Configurations(filesOf(more))).undeclared).toEqual([]);
  });

  test("a value that equals its default", () => {
    expect(undeclared(plantedCall("dev", ["backend_service", "cpu_target_percent"], 60))).toEqual([]);
    expect(compare(plantedCall("dev", ["backend_service", "cpu_target_percent"], 60)).sizing).toEqual(
      compare(unchanged).sizing,
    );
  });

  test("the same text in all environments, although it contains the name of one of them", () => {
    const files = ["dev", "stage", "prod"].reduce(
      (tree, name) =>
        plantedCall(name, ["migrations_task", "command"], ["sh", "-c", "alembic upgrade head > /dev/null"], tree),
      unchanged,
    );
    expect(undeclared(files)).toEqual([]);
  });

  test("an environment in another region", () => {
    const elsewhere = [shop(DEV), shop({ ...PROD, region: "eu-west-1" })];
    expect(compareEnvironments("shop", elsewhere, new Configurations(filesOf(elsewhere))).undeclared).toEqual([]);
  });

  test("a root that is no environment, which is a system of its own", () => {
    const [first] = roots;
    if (first === undefined) throw new Error("got no root");
    const organization = new Root({ ...first.props, path: "environments/shop/organization", singular: true });
    expect(systemsOf([...roots, organization])).toEqual(
      new Map([
        ["shop", roots],
        ["shop/organization", [organization]],
      ]),
    );
  });

  test("a system with one environment", () => {
    const comparison = compareEnvironments("shop", roots.slice(0, 1), new Configurations(unchanged));
    expect(comparison).toMatchObject({ environments: ["dev"], undeclared: [], declared: [], sizing: [] });
  });
});
