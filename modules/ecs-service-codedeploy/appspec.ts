import type { Construct } from "constructs";
import { type Expression, hcl, local } from "../../lib";

interface AppSpec {
  readonly containerName: Expression<string>;
  readonly containerPort: Expression<number>;
  readonly subnetIds: Expression<string[]>;
  readonly securityGroupId: Expression<string>;
}

/**
 * The AppSpec of a deployment without the revision. CodePipeline replaces `<TASK_DEFINITION>` in the text, and GitHub's
 * amazon-ecs-deploy-task-definition replaces any value. CodeDeploy accepts the version only as `0.0`, which no encoder
 * writes.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function appSpec(scope: Construct, input: AppSpec): string {
  const properties = {
    TaskDefinition: "<TASK_DEFINITION>",
    LoadBalancerInfo: { ContainerName: input.containerName, ContainerPort: input.containerPort },
    PlatformVersion: "LATEST",
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: hcl`sort(${input.subnetIds})`,
        SecurityGroups: [input.securityGroupId],
        AssignPublicIp: "DISABLED",
      },
    },
  };
  const resources = local<object>(scope, "appspec", {
    Resources: [{ TargetService: { Type: "AWS::ECS::Service", Properties: properties } }],
  });
  return `version: 0.0\n${hcl<string>`yamlencode(${resources})`}`;
}
