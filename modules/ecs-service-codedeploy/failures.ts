/** Reports of failed and stopped deployments. */
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import type { Construct } from "constructs";
import { type Expression, jsonencode, type Resource, resource } from "../../lib";

/**
 * Each of these events is followed by a rollback, which is a deployment of the same group: its failure is such an event,
 * too. CodeDeploy's own triggers publish with the service role, which would need the topic and its key.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
const STATES = ["FAILURE", "STOP"];

export function reportFailures(
  scope: Construct,
  input: { readonly name: Expression<string>; readonly alertTopicArn: Expression<string> },
  { appName, deploymentGroupName }: Resource<CodedeployDeploymentGroup>,
): void {
  const rule = resource(scope, CloudwatchEventRule, "deployment_failed", {
    name: `${input.name}-deployment-failed`,
    description: "A deployment by CodeDeploy failed or was stopped, and is rolled back",
    eventPattern: jsonencode({
      source: ["aws.codedeploy"],
      "detail-type": ["CodeDeploy Deployment State-change Notification"],
      detail: { application: [appName], deploymentGroup: [deploymentGroupName], state: STATES },
    }),
  });
  resource(scope, CloudwatchEventTarget, "deployment_failed", { rule: rule.name, arn: input.alertTopicArn });
}
