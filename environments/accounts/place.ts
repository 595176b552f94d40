/** The account and region of an application, and the permissions that its deploy and migrate roles share. */
import { type Application, taskRoleArns } from "../common/application";

export interface Place {
  readonly accountId: string;
  readonly application: Application;
  /** ARN of a resource in the application's region: `arn("ecs", "service/…")`. */
  arn(service: string, resource: string): string;
}

export function placeOf(accountId: string, application: Application): Place {
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:${application.region}:${accountId}:${resource}`;
  return { accountId, application, arn };
}

/** Permissions to register a new revision with the tags and the roles of the previous one. */
export function register({ accountId, arn }: Pick<Place, "accountId" | "arn">, families: readonly string[]) {
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
