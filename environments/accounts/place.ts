/** Where an application runs, and what both of its roles may do there. */
import { type Application, taskRoleArns } from "../common/application";

export interface Place {
  readonly accountId: string;
  readonly application: Application;
  /** ARN of something of the application's region: `arn("ecs", "service/…")`. */
  arn(service: string, resource: string): string;
}

export function placeOf(accountId: string, application: Application): Place {
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:${application.region}:${accountId}:${resource}`;
  return { accountId, application, arn };
}

/** A revision of its own, with the tags and the roles of the one before. */
export function register({ accountId, arn }: Place, families: readonly string[]) {
  const revisions = families.map((family) => arn("ecs", `task-definition/${family}:*`));
  return {
    ReadRevisions: { actions: ["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"], resources: ["*"] },
    RegisterRevisions: { actions: ["ecs:RegisterTaskDefinition"], resources: revisions },
    TagRevisions: {
      actions: ["ecs:TagResource"],
      resources: revisions,
      conditions: { StringEquals: { "ecs:CreateAction": ["RegisterTaskDefinition"] } },
    },
    PassTaskRoles: {
      actions: ["iam:PassRole"],
      resources: taskRoleArns(accountId, families),
      conditions: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } },
    },
  };
}
