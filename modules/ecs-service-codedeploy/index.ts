import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, REGION, resource, resourceName, set, sizing } from "../../lib";
import { appSpec } from "./appspec";
import { deploymentGroup } from "./deployment";
import { reportFailures } from "./failures";
import { deploymentRole } from "./role";
import { scale } from "./scaling";

export const EcsServiceCodedeploy = defineModule({
  name: "ecs-service-codedeploy",
  description:
    "A Fargate service that CodeDeploy deploys beside the running version: tested on a port of its own, given its requests step by step, taken back by itself where it fails or an alarm goes off. No public addresses and no shell access; autoscaling on CPU, memory and requests.",
  inputs: {
    name: resourceName(40).describe(
      "Name of the service, of its CodeDeploy application and deployment group, and prefix of CodeDeploy's role: one of its kind in the account.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the service."),
    region: REGION.describe("Region of the service."),
    clusterName: z.string().min(1).describe("Cluster that it runs in."),
    taskDefinitionArn: arnOf("ecs").describe(
      "First revision. The pipeline deploys later ones, and Terraform leaves them alone: a change of the task definition takes effect with the next deployment.",
    ),
    taskRoleArn: arnOf("iam").describe("Role of the code in the container, which CodeDeploy hands to new tasks."),
    executionRoleArn: arnOf("iam").describe("Role with which Fargate starts the container, likewise."),
    containerName: z.string().min(1).describe("Container that gets the requests."),
    containerPort: z.int().min(1).max(65535).describe("Port that the container listens on."),
    subnetIds: set(z.string()).describe(
      "Private subnets, in two zones or more. A change takes effect with the next deployment, by its appspec.",
    ),
    securityGroupId: z
      .string()
      .min(1)
      .describe("Security group of the tasks. A change takes effect with the next deployment, by its appspec."),
    listenerArn: arnOf("elasticloadbalancing").describe("Listener whose requests the service answers."),
    testListenerArn: arnOf("elasticloadbalancing").describe(
      "Listener on which a new version answers before that; only those who test may reach it.",
    ),
    targetGroups: z
      .object({
        blue: z.object({ arn: arnOf("elasticloadbalancing"), name: z.string().min(1), arnSuffix: z.string().min(1) }),
        green: z.object({ name: z.string().min(1), arnSuffix: z.string().min(1) }),
      })
      .describe("Target groups that deployments take in turns. The first tasks belong to blue."),
    loadBalancerArnSuffix: z.string().min(1).describe("Load balancer as CloudWatch knows it: `app/<name>/<id>`."),
    healthCheckGracePeriodSeconds: z
      .int()
      .min(0)
      .default(60)
      .describe("Time in which a task that starts may fail the load balancer's health checks."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, where whoever applies may make no role without one."),
    minTasks: sizing(z.int().min(1)).describe("Tasks that always run. One has no second to answer while a zone fails."),
    maxTasks: sizing(z.int().min(1)).describe(
      "Tasks that scaling may start at the most; twice as many run during a deployment. A deployment fails where scaling during it is not done within five minutes.",
    ),
    cpuTargetPercent: sizing(z.int().min(10).max(90)).default(60).describe("Average CPU that scaling aims at."),
    memoryTargetPercent: sizing(z.int().min(10).max(90)).default(70).describe("Average memory that scaling aims at."),
    requestsPerTarget: sizing(z.int().min(1)).describe("Requests a minute that one task should get."),
    trafficShift: z
      .enum([
        "all-at-once",
        "canary-10-percent-5-minutes",
        "canary-10-percent-15-minutes",
        "linear-10-percent-every-1-minute",
        "linear-10-percent-every-3-minutes",
      ])
      .default("canary-10-percent-5-minutes")
      .describe("How requests move to a new version: a canary gets a tenth of them, and the rest after its minutes."),
    testMinutes: z
      .int()
      .min(1)
      .max(2880)
      .nullable()
      .default(null)
      .describe(
        "Time to test a new version on the test listener and to say `aws deploy continue-deployment`; where nobody does, it is taken back. With null requests move as soon as the new tasks are healthy.",
      ),
    terminationWaitMinutes: sizing(z.int().min(0).max(2880))
      .default(60)
      .describe(
        "Time that the old tasks stay after all requests have moved. They are paid for, no other deployment starts, and a rollback takes seconds.",
      ),
    alarmNames: set(z.string().min(1))
      .min(1)
      .max(10)
      .describe(
        "CloudWatch alarms, any of which takes a deployment back. While one is on, no deployment gets through.",
      ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that is told of deployments that fail or are stopped; its policy and its key have to admit `events.amazonaws.com`.",
    ),
  },
  rules: [
    {
      inputs: ["maxTasks", "minTasks"],
      allowed: "a maximum of tasks that is not below the minimum",
      holds: ({ minTasks, maxTasks }) => maxTasks >= minTasks,
      condition: "var.max_tasks >= var.min_tasks",
      counterexample: { minTasks: 3, maxTasks: 2 },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the service."),
    arn: z.string().describe("ARN of the service."),
    applicationName: z.string().describe("CodeDeploy application that the pipeline deploys to."),
    deploymentGroupName: z.string().describe("Deployment group that the pipeline deploys to."),
    deploymentGroupArn: z.string().describe("ARN of the deployment group, for the pipeline's permissions."),
    appspec: z
      .string()
      .describe(
        "The pipeline's appspec as YAML, with `<TASK_DEFINITION>` where the ARN of the revision belongs. It carries subnets and security group, so that their changes take effect.",
      ),
  },
  example: {
    name: "shop-api",
    accountId: "111122223333",
    region: "eu-central-1",
    clusterName: "shop",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:1",
    taskRoleArn: "arn:aws:iam::111122223333:role/shop-api-task",
    executionRoleArn: "arn:aws:iam::111122223333:role/shop-api-execution",
    containerName: "app",
    containerPort: 8000,
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    listenerArn:
      "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/0123456789abcdef",
    testListenerArn:
      "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/fedcba9876543210",
    targetGroups: {
      blue: {
        arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop-blue/0123456789abcdef",
        name: "shop-blue",
        arnSuffix: "targetgroup/shop-blue/0123456789abcdef",
      },
      green: { name: "shop-green", arnSuffix: "targetgroup/shop-green/fedcba9876543210" },
    },
    loadBalancerArnSuffix: "app/shop/0123456789abcdef",
    minTasks: 2,
    maxTasks: 6,
    requestsPerTarget: 1000,
    alarmNames: ["shop-api-5xx"],
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  },
  build(scope, input) {
    const service = resource(scope, EcsService, "this", {
      name: input.name,
      cluster: input.clusterName,
      taskDefinition: input.taskDefinitionArn,
      launchType: "FARGATE",
      desiredCount: input.minTasks,
      deploymentController: { type: "CODE_DEPLOY" },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      networkConfiguration: {
        subnets: input.subnetIds,
        securityGroups: [input.securityGroupId],
        assignPublicIp: false,
      },
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
      loadBalancer: [
        {
          targetGroupArn: input.targetGroups.blue.arn,
          containerName: input.containerName,
          containerPort: input.containerPort,
        },
      ],
      lifecycle: { ignoreChanges: DEPLOYED },
    });
    scale(scope, service, input);
    const group = deploymentGroup(scope, input, service, deploymentRole(scope, input));
    reportFailures(scope, input, group);
    return {
      name: service.name,
      arn: service.id,
      applicationName: group.appName,
      deploymentGroupName: group.deploymentGroupName,
      deploymentGroupArn: group.arn,
      appspec: appSpec(scope, input),
    };
  },
});

/**
 * What deployments and scaling decide. Of a service with this controller, UpdateService refuses to change any but the count.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
const DEPLOYED = ["desiredCount", "loadBalancer", "networkConfiguration", "taskDefinition"] as const;
