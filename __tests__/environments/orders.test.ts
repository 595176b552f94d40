/** What comes out of the plans of Orders, from the committed tree. */
import path from "node:path";
import { z } from "zod";
import { dev } from "../../environments/orders/dev";
import { dr } from "../../environments/orders/dr";
import type { OrdersEnvironment } from "../../environments/orders/environment";
import { prod } from "../../environments/orders/prod";
import { recovery } from "../../environments/orders/recovery";
import { orders } from "../../environments/orders/system";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { compareEnvironments } from "../../lib/judgement/parity";
import { inParallel } from "../../lib/terraform";
import { PLAN_TIMEOUT, type Planned } from "../support/planned";
import { arnOf } from "../support/stand-ins";
import { describeWithTerraform } from "../support/terraform-needed";
import { committedPlan } from "./committed-plan";
import { testMigrations } from "./orders/migrations";
import { testStandby } from "./orders/standby";
import { testPolicies } from "./policies";
import { testProvider6 } from "./provider-6";

const tree = path.join(__dirname, "../../terraform");
const environments: readonly OrdersEnvironment[] = [dev, prod, dr];

describe("the environments of Orders", () => {
  const configurations = new Configurations(readTree(tree));

  test("say in the data, and on the load balancer, why they have no web ACL; one that asks for one gets it", () => {
    const loadBalancer = (tree: Configurations, name: string) =>
      tree.root(`environments/orders/${name}`).of("aws_lb")[0];
    for (const { name, webAcl } of environments) {
      expect(webAcl).toEqual({ none: expect.any(String) });
      expect(loadBalancer(configurations, name)?.values.tags).toEqual({ WithoutWebAcl: Object(webAcl).none });
    }
    const files = renderTree([orders({ ...dev, webAcl: { requestsPer5Minutes: 500 } })]);
    const protectedTree = new Configurations(new Map(files.map(({ path: file, content }) => [file, content])));
    expect(loadBalancer(protectedTree, "dev")?.values.tags).toBeNull();
    expect(protectedTree.root("environments/orders/dev").of("aws_wafv2_web_acl_association")).toHaveLength(1);
  });

  test("are one system: what differs beside sizing is declared, with a reason", () => {
    const { undeclared, declared } = compareEnvironments("orders", environments.map(orders), configurations);
    expect(undeclared).toEqual([]);
    expect(new Set(declared.flatMap(({ declarations }) => declarations.map(({ at }) => at)))).toEqual(
      new Set(environments.map(orders).flatMap(({ props }) => (props.differences ?? []).map(({ at }) => at))),
    );
  });

  test.each(environments)(
    "$name: clients reach the load balancer, it the API, tasks the database; nothing else",
    ({ name, testers }) => {
      const root = configurations.root(`environments/orders/${name}`);
      const edges = root.calls.find(({ id }) => id === "security_groups")?.inputs.connections;
      expect(Object.keys(z.record(z.string(), z.unknown()).parse(edges)).sort()).toEqual(
        [
          "internet-to-load-balancer-443",
          ...Object.keys(testers).map((who) => `${who}-to-load-balancer-8443`),
          "load-balancer-to-api-8000",
          ...["api", "worker", "migrations"].flatMap((task) => [
            `${task}-to-database-5432`,
            `${task}-to-endpoints-443`,
            `${task}-to-s3-443`,
          ]),
        ].sort(),
      );
    },
  );

  test("a standby that misses a target, or that grows beyond what can be restored in time, does not compose", () => {
    const slow = { ...dr, sizing: { ...dr.sizing, database: { ...dr.sizing.database, maxAllocatedStorageGiB: 400 } } };
    expect(() => orders(slow)).toThrow(
      "environments/orders/dr: recovery\n  all together: the recovery takes 21600 seconds; the target is 14400",
    );
    expect(recovery(dr, dr.standbyFor)).toMatchObject({
      recoveryPointSeconds: 1800,
      recoveryTimeSeconds: 14400,
      missed: [],
    });
  });
});

/** Each metric that the system's document lists, by the alarm that watches it. */
const WATCHED = {
  "unusual-requests": "RequestCount",
  latency: "TargetResponseTime",
  "targets-4xx-rate": "HTTPCode_Target_4XX_Count",
  "targets-5xx-rate": "HTTPCode_Target_5XX_Count",
  "load-balancer-4xx-rate": "HTTPCode_ELB_4XX_Count",
  "load-balancer-5xx-rate": "HTTPCode_ELB_5XX_Count",
  "api-blue-unhealthy-targets": "UnHealthyHostCount",
  "api-green-unhealthy-targets": "UnHealthyHostCount",
  "api-cpu": "CPUUtilization",
  "api-memory": "MemoryUtilization",
  "api-tasks": "RunningTaskCount",
  "worker-cpu": "CPUUtilization",
  "worker-memory": "MemoryUtilization",
  "worker-tasks": "RunningTaskCount",
  "database-cpu": "CPUUtilization",
  "database-free-storage": "FreeStorageSpace",
  "database-connections": "DatabaseConnections",
  "database-read-latency": "ReadLatency",
  "database-write-latency": "WriteLatency",
  "orders-waiting-messages": "ApproximateNumberOfMessagesVisible",
  "orders-oldest-message": "ApproximateAgeOfOldestMessage",
  "orders-dead-letters": "ApproximateNumberOfMessagesVisible",
} as const;

describeWithTerraform("the plans of Orders", () => {
  let plans: Planned[];
  beforeAll(async () => {
    plans = await inParallel(environments, ({ name }) => committedPlan(`environments/orders/${name}`));
  }, PLAN_TIMEOUT);

  describe.each(environments)("$name", (environment) => {
    const name = `orders-${environment.name}`;
    const plan = (): Planned => {
      const found = plans[environments.indexOf(environment)];
      if (found === undefined) throw new Error(`${environment.name} was not planned`);
      return found;
    };

    testPolicies(`environments/orders/${environment.name}`, plan);
    if (environment === dev) testProvider6("environments/orders/dev", dev.region, plan);

    test("every metric of the document has an alarm that tells the topic, says what missing data means and what to do", () => {
      const alarms = plan()
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ address }) => address.startsWith("module.alarms."));
      const watched = Object.keys(WATCHED).filter(
        (alarm) => environment.database.inUse !== null || !alarm.startsWith("database-"),
      );
      expect(alarms.map(({ key }) => key).sort()).toEqual(watched.sort());
      for (const { key, values } of alarms) {
        const metric = Object.entries(WATCHED).find(([alarm]) => alarm === key)?.[1];
        expect(JSON.stringify([values.metric_name, values.metric_query])).toContain(`"${metric}"`);
        expect(values.alarm_actions).toEqual([arnOf("module.alerts.aws_sns_topic.this")]);
        expect(values.treat_missing_data).toMatch(/^(breaching|notBreaching|ignore|missing)$/);
        expect(values.alarm_description).toMatch(/\n\nLook first at /);
      }
    });

    test("load balancer and container ask whether the API lives, not its database: a failover restarts no task", () => {
      for (const color of ["blue", "green"]) {
        expect(plan().values(`module.load_balancer.aws_lb_target_group.${color}`)).toMatchObject({
          port: 8000,
          health_check: [{ path: "/health", interval: 30, timeout: 5 }],
        });
      }
      const { healthCheck } = plan().container("module.api_task.aws_ecs_task_definition.this");
      expect(JSON.stringify(healthCheck)).toContain("http://localhost:8000/health'");
    });

    if (environment.standbyFor === null) testMigrations(environment, plan);

    test("failed deployments are reported to the topic, whose policy and key admit EventBridge", () => {
      const arn = arnOf("module.alerts.aws_sns_topic.this");
      expect(plan().values("module.api.aws_cloudwatch_event_target.deployment_failed").arn).toBe(arn);
      expect(plan().statements("module.alerts.aws_sns_topic_policy.this")).toMatchObject({
        PublishByEventBridge: { Principal: { Service: ["events.amazonaws.com"] }, Resource: arn },
      });
      expect(plan().statements("module.alerts_key.aws_kms_key.this")).toMatchObject({
        EventBridge: {
          Principal: { Service: "events.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        },
      });
    });

    test("CodeDeploy shifts a tenth of the requests first, and takes a deployment back by itself", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        deployment_controller: [{ type: "CODE_DEPLOY" }],
      });
      expect(plan().values("module.api.aws_codedeploy_deployment_group.this")).toMatchObject({
        deployment_config_name: "CodeDeployDefault.ECSCanary10Percent5Minutes",
        auto_rollback_configuration: [
          { enabled: true, events: expect.arrayContaining(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]) },
        ],
        alarm_configuration: [
          { enabled: true, alarms: [`${name}-latency`, `${name}-load-balancer-5xx-rate`, `${name}-targets-5xx-rate`] },
        ],
      });
    });

    test("the API scales by CPU, memory and requests; the worker by CPU, memory and the messages before each task", () => {
      const policies = (service: string) =>
        plan()
          .addresses.filter((address) => address.startsWith(`module.${service}.aws_appautoscaling_policy.`))
          .map((address) => address.split(".")[3]);
      expect(policies("api").sort()).toEqual(["cpu", "memory", "requests"]);
      expect(policies("worker").sort()).toEqual(["backlog[0]", "cpu[0]", "memory[0]"]);
      expect(plan().values("module.worker.aws_appautoscaling_policy.backlog[0]")).toMatchObject({
        target_tracking_scaling_policy_configuration: [{ target_value: 240 }],
      });
      expect(plan().values("module.worker.aws_appautoscaling_target.this")).toMatchObject({
        min_capacity: environment.sizing.worker.minTasks,
        max_capacity: environment.sizing.worker.maxTasks,
      });
    });

    test("a message stays hidden for six times what the worker takes, and dead letters for 14 days", () => {
      expect(plan().values("module.queue.aws_sqs_queue.this")).toMatchObject({
        name,
        visibility_timeout_seconds: 360,
        receive_wait_time_seconds: 20,
      });
      expect(plan().values("module.queue.aws_sqs_queue.dead_letters")).toMatchObject({
        message_retention_seconds: 1_209_600,
      });
    });

    test("the database is PostgreSQL 15, private, encrypted, TLS only, its log exported; a standby has none", () => {
      expect(plan().all("aws_db_instance")).toHaveLength(environment.database.own ? 1 : 0);
      if (!environment.database.own) return;
      expect(plan().values("module.database.aws_db_instance.this")).toMatchObject({
        engine: "postgres",
        engine_version: "15",
        publicly_accessible: false,
        storage_encrypted: true,
        manage_master_user_password: true,
        multi_az: environment.sizing.database.multiAz,
        enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      });
    });

    test("the API may send, the worker receive, and each may use the key; nothing else", () => {
      const actions = (task: string) =>
        Object.values(plan().statements(`module.${task}_task.aws_iam_role_policy.task[0]`))
          .flatMap(({ Action }) => Action)
          .sort();
      expect(actions("api")).toEqual([
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "sqs:GetQueueAttributes",
        "sqs:SendMessage",
      ]);
      expect(actions("worker")).toEqual([
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
      ]);
    });

    test("the public name is answered by the primary, and by the standby where that is not healthy", () => {
      expect(plan().values("module.public_name.aws_route53_record.this")).toMatchObject({
        name: environment.domain,
        set_identifier: expect.any(String),
        failover_routing_policy: [{ type: environment.failoverRole.toUpperCase() }],
      });
      expect(plan().values("module.public_name.aws_route53_health_check.this[0]")).toMatchObject({
        ...{ type: "HTTPS_STR_MATCH", resource_path: "/serving", search_string: "serving: yes" },
      });
    });
  });

  testStandby(() => plans);
});

test.each([
  [{ inUse: "restored" }, 'database.inUse: got "restored"; allowed: null'],
  [{ inUse: null }, "serving: got true without a database in use; allowed: false"],
  [
    { restored: { copy: { time: null } }, copies: null },
    "database.restored.copy: got a restore without copies; allowed: null",
  ],
])("a database that is not there is refused: %j", (database, message) => {
  const wrong = { ...dr, serving: true, database: { ...dr.database, ...database } };
  expect(() => orders(wrong)).toThrow(message);
});
