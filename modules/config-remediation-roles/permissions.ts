/** The permissions that the document of a correction needs. */
import type { ConfigRemediation, Expression, PolicyStatement } from "../../lib";

interface Place {
  readonly arnPartition: Expression<string>;
  readonly accountId: Expression<string>;
}

/** @param rule first part of the ids of the statements, which differ in a policy */
export function permissions(rule: string, remediation: ConfigRemediation, place: Place): PolicyStatement[] {
  const { arnPartition, accountId } = place;
  const id = rule.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const allow = { Effect: "Allow" } as const;
  const run: PolicyStatement = {
    ...allow,
    Sid: `Run${id}`,
    Action: "ssm:StartAutomationExecution",
    Resource: `arn:${arnPartition}:ssm:*:*:automation-definition/${remediation.document}:*`,
  };
  const follow: PolicyStatement = {
    ...allow,
    Sid: `Follow${id}`,
    Action: "ssm:GetAutomationExecution",
    Resource: `arn:${arnPartition}:ssm:*:${accountId}:automation-execution/*`,
  };
  const change = remediation.onResources.map(({ actions, service, resource }) => ({
    ...allow,
    Sid: `Change${id}`,
    Action: actions,
    // The ARN of a bucket has no region and no account.
    Resource:
      service === "s3"
        ? `arn:${arnPartition}:s3:::${resource}`
        : `arn:${arnPartition}:${service}:*:${accountId}:${resource}`,
    Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
  }));
  const onAll = { ...allow, Sid: `All${id}`, Action: remediation.onAll, Resource: "*" };
  return [run, follow, ...change, ...(remediation.onAll.length > 0 ? [onAll] : [])];
}
