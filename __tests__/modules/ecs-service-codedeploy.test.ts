import { EcsServiceCodedeploy } from "../../modules/ecs-service-codedeploy";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { base, listener, place, subnetIds } from "./codedeploy-service";

const shifts = [
  ["all-at-once", "CodeDeployDefault.ECSAllAtOnce"],
  ["canary-10-percent-5-minutes", "CodeDeployDefault.ECSCanary10Percent5Minutes"],
  ["canary-10-percent-15-minutes", "CodeDeployDefault.ECSCanary10Percent15Minutes"],
  ["linear-10-percent-every-1-minute", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"],
  ["linear-10-percent-every-3-minutes", "CodeDeployDefault.ECSLinear10PercentEvery3Minutes"],
] as const;

describePlan(
  "a service that CodeDeploy deploys",
  (root) => {
    new EcsServiceCodedeploy(root, "api", base);
    new EcsServiceCodedeploy(root, "tested", {
      ...base,
      testMinutes: 30,
      terminationWaitMinutes: 0,
      healthCheckGracePeriodSeconds: 5,
      cpuTargetPercent: 40,
      memoryTargetPercent: 90,
    });
    for (const [trafficShift] of shifts) {
      new EcsServiceCodedeploy(root, trafficShift.replaceAll("-", "_"), { ...base, trafficShift });
    }
  },
  (plan) => {
    const group = (name: string) => plan().values(`module.${name}.aws_codedeploy_deployment_group.this`);
    const scaling = (name: string, metric: string) =>
      plan().values(`module.${name}.aws_appautoscaling_policy.${metric}`).target_tracking_scaling_policy_configuration;

    test("runs on Fargate in the given subnets and group, without public address or shell", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        name: "orders-api",
        cluster: "orders",
        task_definition: base.taskDefinitionArn,
        launch_type: "FARGATE",
        desired_count: 2,
        enable_execute_command: false,
        propagate_tags: "SERVICE",
        enable_ecs_managed_tags: true,
        network_configuration: [
          { assign_public_ip: false, subnets: [...subnetIds], security_groups: [base.securityGroupId] },
        ],
      });
    });

    test("is deployed by CodeDeploy, and so without the circuit breaker of ECS", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        deployment_controller: [{ type: "CODE_DEPLOY" }],
        deployment_circuit_breaker: [],
      });
    });

    test("starts in the blue target group, with a grace period", () => {
      expect(plan().values("module.api.aws_ecs_service.this")).toMatchObject({
        load_balancer: [{ target_group_arn: base.targetGroups.blue.arn, container_name: "app", container_port: 8000 }],
        health_check_grace_period_seconds: 60,
      });
      expect(plan().values("module.tested.aws_ecs_service.this").health_check_grace_period_seconds).toBe(5);
    });

    test("moves requests between the two target groups on both listeners", () => {
      expect(plan().values("module.api.aws_codedeploy_app.this")).toMatchObject({
        name: "orders-api",
        compute_platform: "ECS",
      });
      expect(group("api")).toMatchObject({
        app_name: "orders-api",
        deployment_group_name: "orders-api",
        service_role_arn: expect.stringMatching(/module\.api\.aws_iam_role\.codedeploy$/),
        deployment_style: [{ deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" }],
        ecs_service: [{ cluster_name: "orders", service_name: "orders-api" }],
        load_balancer_info: [
          {
            target_group_pair_info: [
              {
                prod_traffic_route: [{ listener_arns: [base.listenerArn] }],
                test_traffic_route: [{ listener_arns: [base.testListenerArn] }],
                target_group: [{ name: "orders-blue" }, { name: "orders-green" }],
              },
            ],
          },
        ],
      });
    });

    test("uses a canary by default", () => {
      expect(group("api").deployment_config_name).toBe("CodeDeployDefault.ECSCanary10Percent5Minutes");
    });

    test.each(shifts)("shifts %s by %s", (trafficShift, configuration) => {
      expect(group(trafficShift.replaceAll("-", "_")).deployment_config_name).toBe(configuration);
    });

    test("continues automatically, or waits for a confirmation and rolls back without one", () => {
      const ready = (name: string) => group(name).blue_green_deployment_config;
      expect(ready("api")).toMatchObject([
        { deployment_ready_option: [{ action_on_timeout: "CONTINUE_DEPLOYMENT", wait_time_in_minutes: null }] },
      ]);
      expect(ready("tested")).toMatchObject([
        { deployment_ready_option: [{ action_on_timeout: "STOP_DEPLOYMENT", wait_time_in_minutes: 30 }] },
      ]);
    });

    test("keeps the old tasks for the given time, for a fast rollback", () => {
      const kept = (minutes: number) => [
        {
          terminate_blue_instances_on_deployment_success: [
            { action: "TERMINATE", termination_wait_time_in_minutes: minutes },
          ],
        },
      ];
      expect(group("api").blue_green_deployment_config).toMatchObject(kept(60));
      expect(group("tested").blue_green_deployment_config).toMatchObject(kept(0));
    });

    test("rolls back a deployment that fails, is stopped, or raises an alarm", () => {
      expect(group("api")).toMatchObject({
        alarm_configuration: [{ enabled: true, ignore_poll_alarm_failure: false, alarms: [...base.alarmNames] }],
        auto_rollback_configuration: [
          {
            enabled: true,
            events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
          },
        ],
      });
    });

    test("reports failed and stopped deployments, through a service that topic and key allow", () => {
      const rule = "module.api.aws_cloudwatch_event_rule.deployment_failed";
      expect(plan().document(rule, "event_pattern")).toEqual({
        source: ["aws.codedeploy"],
        "detail-type": ["CodeDeploy Deployment State-change Notification"],
        detail: { application: ["orders-api"], deploymentGroup: ["orders-api"], state: ["FAILURE", "STOP"] },
      });
      expect(plan().values("module.api.aws_cloudwatch_event_target.deployment_failed")).toMatchObject({
        rule: "orders-api-deployment-failed",
        arn: base.alertTopicArn,
      });
    });

    test("allows CodeDeploy only the actions and resources of this deployment", () => {
      expect(plan().statements("module.api.aws_iam_role_policy.codedeploy")).toEqual({
        ReplaceTasks: {
          Effect: "Allow",
          Action: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet", "ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
          Resource: [
            "arn:aws:ecs:eu-central-1:111122223333:service/orders/orders-api",
            "arn:aws:ecs:eu-central-1:111122223333:task-set/orders/orders-api/*",
          ],
        },
        SeeTraffic: {
          Effect: "Allow",
          Action: [
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
          ],
          Resource: "*",
        },
        ShiftTraffic: {
          Effect: "Allow",
          Action: "elasticloadbalancing:ModifyListener",
          Resource: [base.listenerArn, base.testListenerArn],
        },
        ShiftTrafficOfRules: {
          Effect: "Allow",
          Action: "elasticloadbalancing:ModifyRule",
          Resource: ["443", "8443"].map((id) => `${listener.replace(":listener/", ":listener-rule/")}/${id}/*`),
        },
        StartTasksWithTheirRoles: {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: [base.taskRoleArn, base.executionRoleArn],
          Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
        WatchAlarms: { Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: "*" },
      });
    });

    test("is deployed with a separate role, which CodeDeploy may use only in this account", () => {
      expect(plan().values("module.api.aws_iam_role.codedeploy").name).toBe("orders-api-codedeploy");
      expect(plan().statements("module.api.aws_iam_role.codedeploy", "assume_role_policy")).toEqual({
        AssumeByService: {
          Effect: "Allow",
          Principal: { Service: "codedeploy.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
        },
      });
    });

    test("scales on CPU and memory between its bounds", () => {
      const cooldowns = { scale_out_cooldown: 60, scale_in_cooldown: 300, disable_scale_in: false };
      const metric = (type: string) => ({ predefined_metric_specification: [{ predefined_metric_type: type }] });
      expect(plan().values("module.api.aws_appautoscaling_target.this")).toMatchObject({
        min_capacity: 2,
        max_capacity: 6,
        resource_id: "service/orders/orders-api",
      });
      expect(scaling("api", "cpu")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageCPUUtilization"), target_value: 60 },
      ]);
      expect(scaling("api", "memory")).toMatchObject([
        { ...cooldowns, ...metric("ECSServiceAverageMemoryUtilization"), target_value: 70 },
      ]);
      expect(scaling("tested", "cpu")).toMatchObject([{ target_value: 40 }]);
      expect(scaling("tested", "memory")).toMatchObject([{ target_value: 90 }]);
    });

    test("scales on the requests of both target groups, because each can be the active one", () => {
      const requests = (id: "blue" | "green") => {
        const dimensions = [
          { name: "LoadBalancer", value: "app/orders/1" },
          { name: "TargetGroup", value: base.targetGroups[id].arnSuffix },
        ];
        const metric = [{ namespace: "AWS/ApplicationELB", metric_name: "RequestCountPerTarget", dimensions }];
        return { id, return_data: false, metric_stat: [{ stat: "Sum", metric }] };
      };
      const both = { expression: "SUM([blue, green])", return_data: true };
      expect(scaling("api", "requests")).toMatchObject([
        {
          target_value: 1000,
          predefined_metric_specification: [],
          customized_metric_specification: [{ metrics: [requests("blue"), requests("green"), both] }],
        },
      ]);
    });
  },
);

test("Terraform ignores arguments that deployments and scaling change, and arguments that ECS refuses to change", () => {
  expect(emitted(EcsServiceCodedeploy, "main.tf.json")).toMatchObject({
    resource: {
      aws_ecs_service: {
        this: {
          lifecycle: { ignore_changes: ["desired_count", "load_balancer", "network_configuration", "task_definition"] },
        },
      },
    },
  });
});

test("the deployment group waits until CodeDeploy has its permissions", () => {
  expect(emitted(EcsServiceCodedeploy, "main.tf.json")).toMatchObject({
    resource: {
      aws_codedeploy_deployment_group: { this: { depends_on: ["aws_iam_role_policy.codedeploy"] } },
    },
  });
});
