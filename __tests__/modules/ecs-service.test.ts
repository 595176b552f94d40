import fc from "fast-check";
import { z } from "zod";
import { EcsService } from "../../modules/ecs-service";
import { messagesPerTask } from "../../modules/ecs-service/backlog";
import { emitted, failure } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  clusterName: "orders",
  taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/orders-api:1",
  containerName: "app",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  securityGroupId: "sg-0123456789abcdef0",
} as const;
const loadBalancer = {
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/api/1",
  containerPort: 8000,
  arnSuffix: "app/orders/1",
  targetGroupArnSuffix: "targetgroup/api/1",
  requestsPerTarget: 1000,
};
const registryArn = "arn:aws:servicediscovery:eu-central-1:111122223333:service/srv-1";

describePlan(
  "a service",
  (root) => {
    new EcsService(root, "api", { ...base, name: "api", minTasks: 2, maxTasks: 6, loadBalancer });
    new EcsService(root, "worker", {
      ...base,
      name: "worker",
      minTasks: 1,
      maxTasks: 1,
      cpuTargetPercent: 40,
      memoryTargetPercent: 90,
      backlog: { queueName: "orders", messagesPerTask: 40 },
      serviceRegistryArn: registryArn,
    });
    new EcsService(root, "manual", {
      ...base,
      name: "manual",
      minTasks: 1,
      maxTasks: 1,
      cpuTargetPercent: null,
      memoryTargetPercent: null,
      loadBalancer: { ...loadBalancer, requestsPerTarget: null },
    });
    new EcsService(root, "off", { ...base, name: "off", minTasks: 0, maxTasks: 0 });
  },
  (plan) => {
    const scaling = (address: string) => plan().values(address).target_tracking_scaling_policy_configuration;

    test("runs on Fargate in the given subnets and group, without public address or shell", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        name: "api",
        cluster: "orders",
        task_definition: base.taskDefinitionArn,
        launch_type: "FARGATE",
        enable_execute_command: false,
        network_configuration: [
          { assign_public_ip: false, subnets: [...base.subnetIds], security_groups: [base.securityGroupId] },
        ],
      });
    });

    test("keeps the desired number of tasks, and rolls failed deployments back", () => {
      expect(plan().values("module.worker.aws_ecs_service.this")).toMatchObject({
        desired_count: 1,
        deployment_minimum_healthy_percent: 100,
        deployment_maximum_percent: 200,
        deployment_circuit_breaker: [{ enable: true, rollback: true }],
        availability_zone_rebalancing: "ENABLED",
        propagate_tags: "SERVICE",
        enable_ecs_managed_tags: true,
      });
    });

    test("receives requests if it has a load balancer", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        load_balancer: [{ target_group_arn: loadBalancer.targetGroupArn, container_name: "app", container_port: 8000 }],
        health_check_grace_period_seconds: 60,
      });
      expect(plan().values("module.worker.aws_ecs_service.this")).toMatchObject({
        load_balancer: [],
        health_check_grace_period_seconds: null,
      });
    });

    test("registers its tasks in a service of Cloud Map, if it has one", () => {
      expect(plan().values("module.api.aws_ecs_service.this").service_registries).toEqual([]);
      expect(plan().values("module.worker.aws_ecs_service.this").service_registries).toMatchObject([
        { registry_arn: registryArn },
      ]);
    });

    test("scales between its bounds, also if both are one", () => {
      const bounds = (name: string) => plan().values(`module.${name}.aws_appautoscaling_target.this`);
      expect(bounds("api")).toMatchObject({ min_capacity: 2, max_capacity: 6, resource_id: "service/orders/api" });
      expect(bounds("worker")).toMatchObject({ min_capacity: 1, max_capacity: 1 });
    });

    test("is disabled if its size is 0", () => {
      expect(plan().values("module.off.aws_ecs_service.this")).toMatchObject({ name: "off", desired_count: 0 });
      expect(plan().values("module.off.aws_appautoscaling_target.this")).toMatchObject({
        min_capacity: 0,
        max_capacity: 0,
      });
    });

    test("scales on CPU and memory", () => {
      const cooldowns = { scale_out_cooldown: 60, scale_in_cooldown: 300, disable_scale_in: false };
      const metric = (type: string) => ({ predefined_metric_specification: [{ predefined_metric_type: type }] });
      expect(scaling("module.api.aws_appautoscaling_policy.cpu[0]")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageCPUUtilization"), target_value: 60 },
      ]);
      expect(scaling("module.api.aws_appautoscaling_policy.memory[0]")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageMemoryUtilization"), target_value: 70 },
      ]);
      expect(scaling("module.worker.aws_appautoscaling_policy.cpu[0]")).toMatchObject([{ target_value: 40 }]);
      expect(scaling("module.worker.aws_appautoscaling_policy.memory[0]")).toMatchObject([{ target_value: 90 }]);
    });

    test("scales on requests per target if there are requests", () => {
      expect(scaling("module.api.aws_appautoscaling_policy.requests[0]")).toMatchObject([
        {
          target_value: 1000,
          predefined_metric_specification: [
            { predefined_metric_type: "ALBRequestCountPerTarget", resource_label: "app/orders/1/targetgroup/api/1" },
          ],
        },
      ]);
      expect(plan().keys("module.worker.aws_appautoscaling_policy.requests")).toEqual([]);
    });

    test("scales on nothing without targets", () => {
      const policies = plan()
        .all("aws_appautoscaling_policy")
        .filter(({ address }) => address.startsWith("module.manual."));
      expect(policies).toEqual([]);
      expect(plan().values("module.manual.aws_ecs_service.this")).toMatchObject({
        load_balancer: [{ target_group_arn: loadBalancer.targetGroupArn }],
      });
    });

    test("scales on the messages of a queue if it reads one", () => {
      const metric = (namespace: string, metric_name: string, dimensions: Record<string, string>) => ({
        return_data: false,
        metric_stat: [
          {
            stat: "Average",
            metric: [
              {
                namespace,
                metric_name,
                dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
              },
            ],
          },
        ],
      });
      const queue = { QueueName: "orders" };
      const service = { ClusterName: "orders", ServiceName: "worker" };
      const [policy] = POLICIES.parse(scaling("module.worker.aws_appautoscaling_policy.backlog[0]"));
      const [{ metrics }] = policy.customized_metric_specification;
      expect(policy).toMatchObject({ target_value: 40, scale_out_cooldown: 60, scale_in_cooldown: 300 });
      expect(Object.fromEntries(metrics.map(({ id, ...rest }) => [id, rest]))).toMatchObject({
        waiting: metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", queue),
        taken: metric("AWS/SQS", "ApproximateNumberOfMessagesNotVisible", queue),
        running: metric("ECS/ContainerInsights", "RunningTaskCount", service),
        backlog: { return_data: true, expression: "(waiting + taken) / IF(running > 0, running, 1)", metric_stat: [] },
      });
      expect(plan().keys("module.api.aws_appautoscaling_policy.backlog")).toEqual([]);
    });

    test("scales on CPU and memory in addition to the queue, so that a busy worker is not stopped", () => {
      const policies = plan()
        .all("aws_appautoscaling_policy")
        .filter(({ address }) => address.startsWith("module.worker."));
      expect(policies.map(({ values }) => values.name)).toEqual(["worker-backlog", "worker-cpu", "worker-memory"]);
    });
  },
);

/** What a plan has of a policy on metrics of one's own. */
const POLICIES = z.tuple([
  z.looseObject({
    customized_metric_specification: z.tuple([z.object({ metrics: z.array(z.looseObject({ id: z.string() })) })]),
  }),
]);

describe("the messages that a task should have before it", () => {
  test("are those that it can process within the acceptable delay", () => {
    expect(messagesPerTask({ acceptableDelaySeconds: 10, secondsPerMessage: 0.1 })).toBe(100);
    expect(messagesPerTask({ acceptableDelaySeconds: 0.3, secondsPerMessage: 0.1 })).toBe(3);
    expect(messagesPerTask({ acceptableDelaySeconds: 59, secondsPerMessage: 30 })).toBe(1);
  });

  test("are done within the delay, and one more would not be", () => {
    const milliseconds = fc.integer({ min: 1, max: 86_400_000 });
    fc.assert(
      fc.property(milliseconds, milliseconds, (one, other) => {
        const [message, delay] = [Math.min(one, other), Math.max(one, other)];
        const messages = messagesPerTask({ acceptableDelaySeconds: delay / 1000, secondsPerMessage: message / 1000 });
        expect(Number.isInteger(messages)).toBe(true);
        expect(messages).toBeGreaterThanOrEqual(1);
        expect(messages * message).toBeLessThanOrEqual(delay);
        expect((messages + 1) * message).toBeGreaterThan(delay);
      }),
    );
  });

  test.each([
    [5, 6],
    [5, 0],
    [0, 0],
    [-1, -2],
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
  ])(
    "cannot be said for a delay of %d seconds and %d seconds a message",
    (acceptableDelaySeconds, secondsPerMessage) => {
      expect(failure(() => messagesPerTask({ acceptableDelaySeconds, secondsPerMessage })).message).toContain(
        `acceptableDelaySeconds: got ${acceptableDelaySeconds}, secondsPerMessage: got ${secondsPerMessage}; allowed: a ` +
          "delay that is not below the time for one message, and a time of 0.001 seconds or more",
      );
    },
  );
});

test("Terraform ignores arguments that the pipeline and scaling change", () => {
  expect(emitted(EcsService, "main.tf.json")).toMatchObject({
    resource: { aws_ecs_service: { this: { lifecycle: { ignore_changes: ["desired_count", "task_definition"] } } } },
  });
});
