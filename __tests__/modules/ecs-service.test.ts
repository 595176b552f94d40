import { EcsService } from "../../modules/ecs-service";
import { emitted } from "../lib/support";
import { describePlan } from "../planned";

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
    });
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

    test("never goes below the desired number of tasks, and rolls failed deployments back", () => {
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

    test("takes requests where it is given a load balancer", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        load_balancer: [{ target_group_arn: loadBalancer.targetGroupArn, container_name: "app", container_port: 8000 }],
        health_check_grace_period_seconds: 60,
      });
      expect(plan().values("module.worker.aws_ecs_service.this")).toMatchObject({
        load_balancer: [],
        health_check_grace_period_seconds: null,
      });
    });

    test("scales between its bounds, also where both are one", () => {
      const bounds = (name: string) => plan().values(`module.${name}.aws_appautoscaling_target.this`);
      expect(bounds("api")).toMatchObject({ min_capacity: 2, max_capacity: 6, resource_id: "service/orders/api" });
      expect(bounds("worker")).toMatchObject({ min_capacity: 1, max_capacity: 1 });
    });

    test("scales on CPU and memory", () => {
      const cooldowns = { scale_out_cooldown: 60, scale_in_cooldown: 300, disable_scale_in: false };
      const metric = (type: string) => ({ predefined_metric_specification: [{ predefined_metric_type: type }] });
      expect(scaling("module.api.aws_appautoscaling_policy.cpu")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageCPUUtilization"), target_value: 60 },
      ]);
      expect(scaling("module.api.aws_appautoscaling_policy.memory")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageMemoryUtilization"), target_value: 70 },
      ]);
      expect(scaling("module.worker.aws_appautoscaling_policy.cpu")).toMatchObject([{ target_value: 40 }]);
      expect(scaling("module.worker.aws_appautoscaling_policy.memory")).toMatchObject([{ target_value: 90 }]);
    });

    test("scales on requests a target where there are requests", () => {
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
  },
);

test("Terraform leaves alone what the pipeline deploys and what scaling decides", () => {
  expect(emitted(EcsService, "main.tf.json")).toMatchObject({
    resource: { aws_ecs_service: { this: { lifecycle: { ignore_changes: ["desired_count", "task_definition"] } } } },
  });
});
