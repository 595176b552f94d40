import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  defineModule,
  type Expression,
  hcl,
  jsonencode,
  LOG_RETENTION_DAYS,
  readyAfter,
  resource,
  resourceName,
  sizing,
} from "../../lib";

export const EcsCluster = defineModule({
  name: "ecs-cluster",
  description:
    "A Fargate cluster with Container Insights. A topic receives tasks that end, fail their health checks or cannot start, failed deployments, and services that ECS cannot keep running; it receives no scaling and no successful deployments.",
  inputs: {
    name: resourceName(40).describe("Name of the cluster, and prefix of its rules."),
    containerInsights: sizing(z.enum(["enabled", "enhanced"]))
      .default("enabled")
      .describe("Metrics of tasks and services. `enhanced` adds metrics of each container, at a higher price."),
    logKmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the log of Container Insights. ECS can write a last metric after a destruction and then creates the group again: delete that group before the next creation.",
    ),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the Container Insights log."),
    alertTopicArn: arnOf("sns").describe("Topic that is notified. Its policy has to allow `events.amazonaws.com`."),
  },
  outputs: {
    arn: z.string().describe("ARN of the cluster."),
    name: z.string().describe("Name of the cluster, available after it can run Fargate tasks."),
  },
  example: {
    name: "shop",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  },
  build(scope, input) {
    /** If the group is missing, ECS creates it without a key and with another retention. */
    const insights = resource(scope, CloudwatchLogGroup, "container_insights", {
      name: `/aws/ecs/containerinsights/${input.name}/performance`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const cluster = resource(scope, AwsEcsCluster, "this", {
      name: input.name,
      setting: [{ name: "containerInsights", value: input.containerInsights }],
      dependsOn: [insights],
    });
    const capacity = resource(scope, EcsClusterCapacityProviders, "this", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    });
    for (const [name, { description, event }] of Object.entries(failures(cluster.arn))) {
      report(scope, name, { clusterName: input.name, topicArn: input.alertTopicArn, description, event });
    }
    return { arn: cluster.arn, name: readyAfter(cluster.name, capacity) };
  },
});

/**
 * A task of a service never ends normally, so that exit code 0 is a failure, too. A task outside of services, such as a
 * migration, ends with 0 on success. If the scheduler stops a task, only the reason distinguishes failed health checks
 * from scaling and deployments. Service actions are `WARN` if tasks repeatedly fail to start, and `ERROR` for all other
 * failures.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
function failures(clusterArn: Expression<string>) {
  const stopped = (stopCode: string, detail: object = {}) => ({
    "detail-type": ["ECS Task State Change"],
    detail: { clusterArn: [clusterArn], lastStatus: ["STOPPED"], stopCode: [stopCode], ...detail },
  });
  return {
    task_crashed: {
      description: "A container that a task of a service needs ended, whatever its exit code",
      event: stopped("EssentialContainerExited", { group: [{ prefix: SERVICE_GROUP }] }),
    },
    one_off_task_failed: {
      description: "A container that a task outside of services needs ended with an exit code other than 0",
      event: stopped("EssentialContainerExited", {
        group: [{ "anything-but": { prefix: SERVICE_GROUP } }],
        containers: { exitCode: [{ "anything-but": 0 }] },
      }),
    },
    task_unhealthy: {
      description: "ECS stopped a task that failed the health checks of its container or load balancer",
      event: stopped("ServiceSchedulerInitiated", { stoppedReason: [{ prefix: "Task failed " }] }),
    },
    task_failed_to_start: {
      description: "A task could not start: image, secret, network or capacity",
      event: stopped("TaskFailedToStart"),
    },
    deployment_failed: {
      description: "A deployment failed and is rolled back",
      event: {
        "detail-type": ["ECS Deployment State Change"],
        resources: [{ prefix: hcl<string>`replace(${`${clusterArn}/`}, ":cluster/", ":service/")` }],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      },
    },
    service_action_failed: {
      description: "ECS cannot keep a service at its number of tasks: placement, quota, network or start failures",
      event: {
        "detail-type": ["ECS Service Action"],
        detail: { clusterArn: [clusterArn], eventType: ["ERROR", "WARN"] },
      },
    },
  };
}

/** Prefix of the group of a service's tasks; other tasks have the group of their family, or another one. */
const SERVICE_GROUP = "service:";

interface Report {
  readonly clusterName: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly description: string;
  readonly event: object;
}

function report(scope: Construct, name: string, { clusterName, topicArn, description, event }: Report) {
  const rule = resource(scope, CloudwatchEventRule, name, {
    name: `${clusterName}-${name.replaceAll("_", "-")}`,
    description,
    eventPattern: jsonencode({ source: ["aws.ecs"], ...event }),
  });
  resource(scope, CloudwatchEventTarget, name, { rule: rule.name, arn: topicArn });
}
