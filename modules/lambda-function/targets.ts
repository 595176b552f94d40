/** The aliases as targets of load balancers. */
import type { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import type { Construct } from "constructs";
import { type Expression, hcl, type ResourceMap, resourceForEach } from "../../lib";

interface TargetInput {
  readonly name: Expression<string>;
  readonly pathPatterns: Expression<string[]>;
  readonly rulePriority: Expression<number>;
  readonly aliases: Expression<Record<string, { readonly listenerArn: string }>>;
}

export function forwardRequests(
  scope: Construct,
  input: TargetInput,
  functionName: Expression<string>,
  aliases: ResourceMap<LambdaAlias>,
) {
  const groups = resourceForEach(scope, LbTargetGroup, "this", input.aliases, (_, alias) => ({
    namePrefix: hcl<string>`substr(${alias}, 0, 6)`,
    targetType: "lambda",
    tags: { Name: `${input.name}-${alias}` },
    lifecycle: { createBeforeDestroy: true },
  }));
  const permissions = resourceForEach(scope, LambdaPermission, "this", input.aliases, (_, alias) => ({
    statementIdPrefix: "load-balancer-",
    action: "lambda:InvokeFunction",
    functionName,
    qualifier: aliases.at(alias).name,
    principal: "elasticloadbalancing.amazonaws.com",
    sourceArn: groups.at(alias).arn,
    lifecycle: { createBeforeDestroy: true },
  }));
  const attachments = resourceForEach(scope, LbTargetGroupAttachment, "this", input.aliases, (_, alias) => ({
    targetGroupArn: groups.at(alias).arn,
    targetId: aliases.at(alias).arn,
    dependsOn: [permissions],
  }));
  return resourceForEach(scope, LbListenerRule, "this", input.aliases, ({ listenerArn }, alias) => ({
    listenerArn,
    priority: input.rulePriority,
    condition: [{ pathPattern: { values: input.pathPatterns } }],
    action: [{ type: "forward", targetGroupArn: groups.at(alias).arn }],
    tags: { Name: `${input.name}-${alias}` },
    dependsOn: [attachments],
  }));
}
