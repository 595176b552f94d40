import { dev } from "../../../../environments/credentialmate/dev";
import { prod } from "../../../../environments/credentialmate/prod";
import { credentialMate } from "../../../../environments/credentialmate/system";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../../lib/judgement/parity";
import { committed, compare, planted, plantedCall, roots, undeclared, withCopy } from "./planted";

describe("is found where it stands:", () => {
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
    expect(undeclared(plantedCall("prod", ["database", "database_name"], "records"))).toEqual([
      'database.database_name: "credentialmate" | "credentialmate" | "records"',
    ]);
  });

  test("an input that is left out, where its default is another value", () => {
    const files = plantedCall("dev", ["data_key", "services"], ["logs"]);
    expect(undeclared(files)).toContain('data_key.services.logs: "logs" |  | ');
  });

  test("a changed field of an object in a map", () => {
    const at = ["alarms", "alarms", "database-cpu", "treat_missing_data"];
    expect(undeclared(plantedCall("stage", at, "ignore"))).toEqual([
      'alarms.alarms.database-cpu.treat_missing_data: "breaching" | "ignore" | "breaching"',
    ]);
  });

  test("the name of another environment in an input", () => {
    expect(undeclared(plantedCall("stage", ["images", "name"], "credentialmate-dev"))).toEqual([
      'images.name: "credentialmate-<environment>" | "credentialmate-dev" | "credentialmate-<environment>"',
    ]);
  });

  test("an address at another place of the environment's block", () => {
    const at = ["vpc", "subnets", "private/us-east-1b", "cidr"];
    expect(undeclared(plantedCall("dev", at, "10.10.99.0/24"))).toEqual([
      'vpc.subnets["private/us-east-1b"].cidr: "<cidr>+99.0/24" | "<cidr>+80.0/20" | "<cidr>+80.0/20"',
    ]);
  });

  test("a way that security groups open, as the input and as the rules on both sides", () => {
    const connection = { from: "frontend-service", to: "database", port: 5432, description: "Straight to the data" };
    const files = plantedCall(
      "prod",
      ["security_groups", "connections", "frontend-service-to-database-5432"],
      connection,
    );
    const way = 'security_groups[\\"frontend-service\\"] to security_groups[\\"database\\"], tcp 5432';
    expect(compare(files).undeclared.map(({ place }) => place)).toEqual([
      "security_groups.connections.frontend-service-to-database-5432",
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

  test("an action that a role may do more, as the input and in the statement of its policy", () => {
    const at = ["backend_service_task", "permissions", "ReadDocuments", "actions"];
    const files = plantedCall("dev", at, ["s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject"]);
    expect(compare(files).undeclared.map(({ place }) => place)).toEqual([
      'backend_service_task.aws_iam_role_policy.task.0.policy.Statement.ReadDocuments.Action["s3:DeleteObject"]',
      'backend_service_task.permissions.ReadDocuments.actions["s3:DeleteObject"]',
    ]);
  });

  test("what another module makes of the same inputs", () => {
    const copy = withCopy("security-groups", "open-groups", (content) =>
      content.replaceAll('"ip_protocol": "tcp"', '"ip_protocol": "-1"'),
    );
    const files = plantedCall("dev", ["security_groups", "source"], "../../../modules/open-groups", copy);
    const found = undeclared(files);
    expect(found[0]).toMatch(/^security_groups: "modules\/open-groups" \| "modules\/security-groups"/);
    expect(found).toContain(
      'security_groups["egress: security_groups[\\"backend-service\\"] to security_groups[\\"database\\"], everything"]: true |  | ',
    );
  });

  const root = "environments/credentialmate/prod";

  test("another version of a provider", () => {
    const at = ["terraform", "required_providers", "aws", "version"];
    expect(undeclared(planted(`${root}/versions.tf.json`, at, "5.99.0"))).toEqual([
      'terraform.required_providers.aws.version: "5.100.0" | "5.100.0" | "5.99.0"',
    ]);
  });

  test("a state that is kept otherwise, and not where it is kept", () => {
    const versions = `${root}/versions.tf.json`;
    const elsewhere = planted(versions, ["terraform", "backend", "s3", "bucket"], "elsewhere");
    expect(undeclared(elsewhere)).toEqual([]);
    expect(undeclared(planted(versions, ["terraform", "backend", "s3", "encrypt"], false, elsewhere))).toEqual([
      "terraform.backend.s3.encrypt: true | true | false",
    ]);
  });

  test("another tag on everything", () => {
    const at = ["provider", "aws", "0", "default_tags", "0", "tags", "Owner"];
    expect(undeclared(planted(`${root}/providers.tf.json`, at, "nobody"))).toEqual([
      'provider.aws[0].default_tags[0].tags.Owner: "platform" | "platform" | "nobody"',
    ]);
  });

  test("another output", () => {
    expect(
      undeclared(planted(`${root}/outputs.tf.json`, ["output", "cluster", "value"], "${module.cluster.arn}")),
    ).toEqual(['output.cluster.value: "${module.cluster.name}" | "${module.cluster.name}" | "${module.cluster.arn}"']);
    const url =
      '{"description": "Name under which the application answers, with https.", "value": "${module.alias.fqdn}"}';
    expect(undeclared(planted(`${root}/outputs.tf.json`, ["output", "url"], undefined))).toEqual([
      `output.url: ${url} | ${url} | `,
    ]);
  });
});

describe("passes:", () => {
  test("sizing, which is reported", () => {
    const comparison = compare(plantedCall("prod", ["backend_service", "max_tasks"], 60));
    expect(comparison.undeclared).toEqual([]);
    expect(comparison.sizing).toContainEqual({
      place: "backend_service.max_tasks",
      values: { dev: "2", stage: "4", prod: "60" },
    });
  });

  test("sizing deep in an input", () => {
    const files = plantedCall("prod", ["alarms", "alarms", "database-cpu", "threshold"], 50);
    const { undeclared: none, sizing } = compare(files);
    expect(none).toEqual([]);
    expect(sizing.map(({ place }) => place)).toContain("alarms.alarms.database-cpu.threshold");
  });

  test("an identity of the environment in an input, in a list and in a key", () => {
    const domains = {
      dev: "dev.credentialmate.example",
      stage: "stage.credentialmate.example",
      prod: "app.credentialmate.example",
    };
    const files = Object.entries(domains).reduce(
      (tree, [name, domain]) =>
        plantedCall(
          name,
          ["backend_service_task", "environment", domain],
          `https://${domain}/credentialmate-${name}`,
          tree,
        ),
      committed,
    );
    expect(undeclared(files)).toEqual([]);
  });

  test("how many people are told of alarms", () => {
    const alertEmails = [...dev.alertEmails, "ann@credentialmate.example"];
    const more = [credentialMate({ ...dev, alertEmails }), credentialMate(prod)];
    const files = new Map(renderTree(more).map(({ path, content }) => [path, content]));
    expect(compareEnvironments("credentialmate", more, new Configurations(files)).undeclared).toEqual([]);
  });

  test("a value that says its default", () => {
    expect(undeclared(plantedCall("dev", ["frontend_service", "cpu_target_percent"], 60))).toEqual([]);
    expect(compare(plantedCall("dev", ["frontend_service", "cpu_target_percent"], 60)).sizing).toEqual(
      compare(committed).sizing,
    );
  });

  test("the same text in all environments, although it has the name of one in it", () => {
    const files = ["dev", "stage", "prod"].reduce(
      (tree, name) =>
        plantedCall(name, ["migrations_task", "command"], ["sh", "-c", "alembic upgrade head > /dev/null"], tree),
      committed,
    );
    expect(undeclared(files)).toEqual([]);
  });

  test("an environment in another region", () => {
    const there = { "eu-west-1a": 0, "eu-west-1b": 1 };
    const zoneIds = { "eu-west-1a": "euw1-az1", "eu-west-1b": "euw1-az2" };
    const elsewhere = [credentialMate(dev), credentialMate({ ...prod, region: "eu-west-1", zones: there, zoneIds })];
    const files = new Map(renderTree(elsewhere).map(({ path, content }) => [path, content]));
    expect(compareEnvironments("credentialmate", elsewhere, new Configurations(files)).undeclared).toEqual([]);
  });

  test("a system with one environment", () => {
    const comparison = compareEnvironments("credentialmate", roots.slice(0, 1), new Configurations(committed));
    expect(comparison).toMatchObject({ environments: ["dev"], undeclared: [], declared: [], sizing: [] });
  });
});
