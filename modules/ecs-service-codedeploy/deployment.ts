import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { type Expression, hcl, isSet, local, type Resource, resource } from "../../lib";
import type { deploymentRole } from "./role";

type TrafficShift = keyof typeof DEPLOYMENT_CONFIGURATIONS;

/**
 * AWS's own deployment configurations, by how they move requests from the old tasks to the new ones.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-ecs
 */
const DEPLOYMENT_CONFIGURATIONS = {
  "all-at-once": "CodeDeployDefault.ECSAllAtOnce",
  "canary-10-percent-5-minutes": "CodeDeployDefault.ECSCanary10Percent5Minutes",
  "canary-10-percent-15-minutes": "CodeDeployDefault.ECSCanary10Percent15Minutes",
  "linear-10-percent-every-1-minute": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
  "linear-10-percent-every-3-minutes": "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
} as const;

interface Deployment {
  readonly name: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly trafficShift: Expression<TrafficShift>;
  readonly testMinutes: Expression<number | null>;
  readonly terminationWaitMinutes: Expression<number>;
  readonly alarmNames: Expression<string[]>;
  readonly listenerArn: Expression<string>;
  readonly testListenerArn: Expression<string>;
  readonly targetGroups: Readonly<Record<"blue" | "green", { readonly name: Expression<string> }>>;
}

export function deploymentGroup(
  scope: Construct,
  input: Deployment,
  service: Resource<EcsService>,
  { role, policy }: ReturnType<typeof deploymentRole>,
) {
  const app = resource(scope, CodedeployApp, "this", { name: input.name, computePlatform: "ECS" });
  const configurations = local<Record<TrafficShift, string>>(
    scope,
    "deployment_configurations",
    DEPLOYMENT_CONFIGURATIONS,
  );
  const isTested = isSet(input.testMinutes);
  return resource(scope, CodedeployDeploymentGroup, "this", {
    appName: app.name,
    deploymentGroupName: input.name,
    serviceRoleArn: role.arn,
    deploymentConfigName: hcl<string>`${configurations}[${input.trafficShift}]`,
    deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
    ecsService: { clusterName: input.clusterName, serviceName: service.name },
    loadBalancerInfo: {
      targetGroupPairInfo: {
        prodTrafficRoute: { listenerArns: [input.listenerArn] },
        testTrafficRoute: { listenerArns: [input.testListenerArn] },
        targetGroup: [{ name: input.targetGroups.blue.name }, { name: input.targetGroups.green.name }],
      },
    },
    blueGreenDeploymentConfig: {
      deploymentReadyOption: {
        actionOnTimeout: isTested("STOP_DEPLOYMENT", "CONTINUE_DEPLOYMENT"),
        waitTimeInMinutes: input.testMinutes,
      },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: "TERMINATE",
        terminationWaitTimeInMinutes: input.terminationWaitMinutes,
      },
    },
    alarmConfiguration: { enabled: true, alarms: input.alarmNames },
    autoRollbackConfiguration: { enabled: true, events: ROLLBACK_EVENTS },
    dependsOn: [policy],
  });
}

/** CodeDeploy reports an unconfirmed test and a stopped deployment as a stop request. */
const ROLLBACK_EVENTS = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];
