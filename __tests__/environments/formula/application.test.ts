/** The numbers of Formula's document against the plan of each environment, from the committed tree. */
import { z } from "zod";
import { dev } from "../../../environments/formula/dev";
import { dr } from "../../../environments/formula/dr";
import type { FormulaEnvironment } from "../../../environments/formula/environment";
import { prod } from "../../../environments/formula/prod";
import { staging } from "../../../environments/formula/staging";
import { formula } from "../../../environments/formula/system";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { compareEnvironments } from "../../../lib/judgement/parity";
import { inParallel } from "../../../lib/terraform";
import { PLAN_TIMEOUT, Planned } from "../../support/planned";
import { arnOf } from "../../support/stand-ins";
import { describeWithTerraform } from "../../support/terraform-needed";
import { committedPlan } from "../committed-plan";
import { TREE } from "../committed-tree";
import { testPolicies } from "../policies";
import { DOCUMENT, NONE } from "./sizes";

const environments: readonly FormulaEnvironment[] = [dev, staging, prod];

test("the environments are one system: what differs beside sizing is declared, with a reason", () => {
  const roots = [...environments, dr].map(formula);
  const { undeclared, declared } = compareEnvironments("formula", roots, new Configurations(readTree(TREE)));
  expect(undeclared).toEqual([]);
  expect(new Set(declared.flatMap(({ declarations }) => declarations.map(({ at }) => at)))).toEqual(
    new Set(roots.flatMap(({ props }) => (props.differences ?? []).map(({ at }) => at))),
  );
});

describeWithTerraform("the plans of Formula", () => {
  let plans: Planned[];
  beforeAll(async () => {
    plans = await inParallel(environments, ({ name }) => committedPlan(`environments/formula/${name}`));
  }, PLAN_TIMEOUT);

  describe.each(["dev", "staging", "prod"] as const)("%s", (name) => {
    const said = DOCUMENT[name];
    const plan = (): Planned => {
      const found = plans[environments.findIndex((environment) => environment.name === name)];
      if (found === undefined) throw new Error(`${name} was not planned`);
      return found;
    };

    testPolicies(`environments/formula/${name}`, plan);

    test("each colour has tasks of the size, between the numbers and with the triggers of the document", () => {
      expect(
        plan().addresses.filter((address) => /^module\.\w+_service\.aws_ecs_service\.this$/.test(address)),
      ).toEqual(said.colours.map((colour) => `module.${colour}_service.aws_ecs_service.this`));
      for (const colour of said.colours) {
        const prefix = `module.${colour}_service.aws_appautoscaling_policy.`;
        expect(plan().values(`module.${colour}_task.aws_ecs_task_definition.this`)).toMatchObject(said.task);
        expect(plan().values(`module.${colour}_service.aws_appautoscaling_target.this`)).toMatchObject(said.tasks);
        const targets = plan()
          .all("aws_appautoscaling_policy")
          .filter(({ address }) => address.startsWith(prefix))
          .map(({ address, values }) => {
            const [{ target_value }] = z
              .tuple([z.object({ target_value: z.number() })])
              .parse(values.target_tracking_scaling_policy_configuration);
            return [address.slice(prefix.length).replace("[0]", ""), target_value];
          });
        expect(Object.fromEntries(targets)).toEqual(said.policies);
      }
    });

    test("the container is healthy if /health answers, every 30 s within 5 s; traces go to a collector outside of dev", () => {
      const containers = z
        .array(z.looseObject({ name: z.string() }))
        .parse(plan().document("module.blue_task.aws_ecs_task_definition.this", "container_definitions"));
      expect(containers.map((container) => container.name)).toEqual(
        said.tracing ? ["app", "trace-collector"] : ["app"],
      );
      expect(containers[0]).toMatchObject({
        portMappings: [{ containerPort: 3000 }],
        healthCheck: { interval: 30, timeout: 5 },
        environment: expect.arrayContaining([
          { name: "LOG_LEVEL", value: said.logLevel[0] },
          { name: "OTEL_SDK_DISABLED", value: said.tracing ? "false" : "true" },
        ]),
      });
      expect(JSON.stringify(containers[0])).toContain("path: '/health'");
      expect(plan().values('module.blue_load_balancer.aws_lb_target_group.this["service"]')).toMatchObject({
        port: 3000,
        protocol: "HTTPS",
        health_check: [{ path: "/health", interval: 30, timeout: 5 }],
      });
      expect("SendTraces" in plan().statements("module.blue_task.aws_iam_role_policy.task[0]")).toBe(said.tracing);
    });

    test("the database has the storage, the copies and the windows of the document", () => {
      const database = plan().values("module.database.aws_db_instance.this");
      expect(database).toMatchObject({
        ...said.database,
        engine: "postgres",
        maintenance_window: "sun:02:00-sun:04:00",
        backup_window: "04:30-05:30",
        storage_encrypted: true,
        publicly_accessible: false,
        deletion_protection: true,
      });
      expect(database.storage_throughput).toBe(NONE);
      expect(plan().addresses.includes("module.database.aws_iam_role.monitoring[0]")).toBe(name !== "dev");
    });

    test("the function has 256 MB and 500 concurrent executions, an alias for each colour, and is warm in prod", () => {
      expect(plan().values("module.executions.aws_lambda_function.this")).toMatchObject({
        memory_size: 256,
        reserved_concurrent_executions: 500,
        logging_config: [{ application_log_level: said.logLevel[1] }],
        tracing_config: [{ mode: said.tracing ? "Active" : "PassThrough" }],
      });
      expect(plan().keys("module.executions.aws_lambda_alias.this")).toEqual(said.colours);
      expect(plan().keys("module.executions.aws_appautoscaling_target.this")).toHaveLength(said.provisioned);
      for (const colour of said.colours) {
        expect(plan().values(`module.executions.aws_lb_listener_rule.this["${colour}"]`)).toMatchObject({
          listener_arn: arnOf(`module.${colour}_load_balancer.aws_lb_listener.https`),
          condition: [{ path_pattern: [{ values: ["/executions"] }] }],
        });
      }
    });

    test("the API forwards to the origin within 30 s, admits the peak, and takes only tokens of the pool", () => {
      const { paths, components } = z
        .object({ paths: z.record(z.string(), z.looseObject({})), components: z.looseObject({}) })
        .parse(plan().document("module.api.aws_api_gateway_rest_api.this", "body"));
      expect(Object.keys(paths).sort()).toEqual(["/executions", "/health", "/{path+}"]);
      const { domain } = environments.find((environment) => environment.name === name) ?? { domain: "" };
      expect(paths["/{path+}"]).toMatchObject({
        get: {
          security: [{ cognito: ["openid"] }],
          "x-amazon-apigateway-integration": { uri: `https://origin.${domain}/{path}`, timeoutInMillis: 30000 },
        },
      });
      expect(JSON.stringify(components)).toContain(arnOf("module.users.aws_cognito_user_pool.this"));
      expect(plan().values("module.api.aws_api_gateway_method_settings.this")).toMatchObject({
        settings: [{ throttling_rate_limit: 17, throttling_burst_limit: 167 }],
      });
      // 500 executions at the same time, each within 500 ms.
      expect(plan().values('module.api.aws_api_gateway_method_settings.of_method["executions/POST"]')).toMatchObject({
        method_path: "executions/POST",
        settings: [{ throttling_rate_limit: 1000, throttling_burst_limit: 500 }],
      });
      expect(plan().values("module.api.aws_api_gateway_stage.this").xray_tracing_enabled).toBe(said.tracing);
      expect(plan().all("aws_wafv2_web_acl_association")).toHaveLength(said.webAcls);
    });

    test("one name forwards to the first colour; each colour has a name of its own", () => {
      const weights = plan()
        .all("aws_route53_record")
        .filter(({ address }) => address.startsWith("module.origin."))
        .map(({ key, values }) => [key, values.weighted_routing_policy]);
      expect(Object.fromEntries(weights)).toEqual(
        Object.fromEntries(said.colours.map((colour, i) => [colour, [{ weight: i === 0 ? 100 : 0 }]])),
      );
      for (const colour of said.colours)
        expect(plan().values(`module.${colour}_name.aws_route53_record.this`).name).toMatch(
          new RegExp(`^${colour}\\.`),
        );
    });

    test("users have a second factor, and the pool keeps its name and its users", () => {
      expect(plan().values("module.users.aws_cognito_user_pool.this")).toMatchObject({
        name: `formula-${name}-users`,
        mfa_configuration: "ON",
        deletion_protection: "ACTIVE",
      });
      expect(
        plan()
          .all("aws_cognito_identity_provider")
          .map(({ key }) => key),
      ).toEqual(["Corporate"]);
    });

    test("logs are kept as long as the document says, flow logs for 90 days", () => {
      const days = plan()
        .all("aws_cloudwatch_log_group")
        .map(({ address, values }) => [address, values.retention_in_days] as const);
      const others: Readonly<Record<string, number>> = {
        "module.vpc.aws_cloudwatch_log_group.flow_logs": 90,
        "module.erasure.aws_cloudwatch_log_group.this": 365,
      };
      expect(days).toEqual(days.map(([address]) => [address, others[address] ?? said.logDays]));
      expect(days.map(([address]) => address)).toEqual(expect.arrayContaining(Object.keys(others)));
    });

    test("the network has the names of the document, NAT gateways, and data subnets without a way out", () => {
      const named = (type: string) =>
        plan()
          .all(type)
          .map(({ values }) => z.object({ Name: z.string() }).parse(values.tags).Name)
          .sort();
      expect(named("aws_vpc")).toEqual([`vpc-${name}`]);
      expect(named("aws_internet_gateway")).toEqual([`igw-${name}`]);
      expect(named("aws_nat_gateway")).toEqual(
        said.natGateways === 1 ? [`nat-${name}`] : [`nat-${name}-a`, `nat-${name}-b`],
      );
      expect(named("aws_subnet")).toEqual(
        ["db", "private", "public"].flatMap((tier) => ["a", "b"].map((zone) => `subnet-${name}-${tier}-${zone}`)),
      );
      expect(named("aws_security_group")).toEqual([`sg-${name}-alb`, `sg-${name}-ecs`, `sg-${name}-rds`]);
      expect(
        plan()
          .all("aws_route")
          .map(({ key }) => key)
          .filter((key) => String(key).startsWith("data/")),
      ).toEqual([]);
    });

    test("clients reach a load balancer, it the tasks, they the database and the internet; nothing else but the standby", () => {
      const rules = (type: string) =>
        plan()
          .all(type)
          .map(({ key, values }) => [key, values.from_port, values.cidr_ipv4 ?? null]);
      const incoming = [
        ["internet-to-load-balancer-443", 443, "0.0.0.0/0"],
        ["load-balancer-to-tasks-3000", 3000, null],
        ["tasks-to-database-5432", 5432, null],
      ];
      const outgoing = [
        ["load-balancer-to-tasks-3000", 3000, null],
        ["tasks-to-database-5432", 5432, null],
        ["tasks-to-internet-443", 443, "0.0.0.0/0"],
        ["tasks-to-s3-443", 443, null],
      ];
      const peered = (rule: readonly unknown[]) => name === "prod" && String(rule[2]).startsWith("10.1.");
      const own = (type: string) => rules(type).filter((rule) => !peered(rule));
      expect(own("aws_vpc_security_group_ingress_rule")).toEqual(incoming);
      expect(own("aws_vpc_security_group_egress_rule")).toEqual(outgoing);
    });
  });

  test("prod has the addresses of the document", () => {
    const subnets = (plans[environments.indexOf(prod)] ?? new Planned([])).all("aws_subnet");
    expect(Object.fromEntries(subnets.map(({ key, values }) => [key, values.cidr_block]))).toEqual({
      "data/us-east-1a": "10.0.2.0/24",
      "data/us-east-1b": "10.0.4.0/24",
      "private/us-east-1a": "10.0.1.0/24",
      "private/us-east-1b": "10.0.3.0/24",
      "public/us-east-1a": "10.0.101.0/24",
      "public/us-east-1b": "10.0.102.0/24",
    });
  });
});
