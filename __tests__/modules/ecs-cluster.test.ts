import { EcsCluster } from "../../modules/ecs-cluster";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  logRetentionDays: 30,
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
} as const;
const cluster = arnOf("module.plain.aws_ecs_cluster.this");

describePlan(
  "a cluster",
  (root) => {
    new EcsCluster(root, "plain", { ...base, name: "orders" });
    new EcsCluster(root, "enhanced", { ...base, name: "shop", containerInsights: "enhanced" });
  },
  (plan) => {
    test("has Container Insights, and runs only on Fargate", () => {
      expect(plan().values("module.plain.aws_ecs_cluster.this")).toMatchObject({
        name: "orders",
        setting: [{ name: "containerInsights", value: "enabled" }],
      });
      expect(plan().values("module.enhanced.aws_ecs_cluster.this")).toMatchObject({
        setting: [{ name: "containerInsights", value: "enhanced" }],
      });
      expect(plan().values("module.plain.aws_ecs_cluster_capacity_providers.this")).toMatchObject({
        cluster_name: "orders",
        capacity_providers: ["FARGATE"],
      });
    });

    test("encrypts the log of Container Insights, with a retention", () => {
      expect(plan().values("module.plain.aws_cloudwatch_log_group.container_insights")).toMatchObject({
        name: "/aws/ecs/containerinsights/orders/performance",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 30,
      });
    });

    test("reports failed deployments of its services, by the prefix of their ARNs", () => {
      expect(plan().document("module.plain.aws_cloudwatch_event_rule.deployment_failed", "event_pattern")).toEqual({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [{ prefix: `${cluster.replace(":cluster/", ":service/")}/` }],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      });
    });

    test("reports failures of ECS for services of this cluster, and no successes", () => {
      expect(plan().document("module.plain.aws_cloudwatch_event_rule.service_action_failed", "event_pattern")).toEqual({
        source: ["aws.ecs"],
        "detail-type": ["ECS Service Action"],
        detail: { clusterArn: [cluster], eventType: ["ERROR", "WARN"] },
      });
    });

    test("sends every report to the topic, from rules with its own names", () => {
      const targets = plan().all("aws_cloudwatch_event_target");
      expect(targets.map(({ values }) => [values.rule, values.arn])).toEqual(
        ["shop", "orders"].flatMap((name) =>
          [
            "deployment-failed",
            "one-off-task-failed",
            "service-action-failed",
            "task-crashed",
            "task-failed-to-start",
            "task-unhealthy",
          ].map((event) => [`${name}-${event}`, base.alertTopicArn]),
        ),
      );
    });
  },
);

test("the output with the name waits until the cluster can run Fargate tasks, and its log group exists before it", () => {
  expect(emitted(EcsCluster, "outputs.tf.json")).toMatchObject({
    output: { name: { depends_on: ["aws_ecs_cluster_capacity_providers.this"] } },
  });
  expect(emitted(EcsCluster, "main.tf.json")).toMatchObject({
    resource: { aws_ecs_cluster: { this: { depends_on: ["aws_cloudwatch_log_group.container_insights"] } } },
  });
});
