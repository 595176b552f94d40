/** Permissions of an account's operators: the manual steps in its runbooks and after its alarms. */
import type { Application, SplitEnvironment } from "../common/application";

interface Operation {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The resources of an environment that operators work on. */
interface Operated {
  readonly region: string;
  /** First part of the secrets' names. */
  readonly secrets: string;
  readonly database: string;
  readonly queues: readonly string[];
  /** Whether CodeDeploy shifts clients to new versions of its services. */
  readonly shifted: boolean;
}

export function operatedBy(
  applications: readonly Application[],
  split: readonly SplitEnvironment[],
): readonly Operated[] {
  return [
    ...applications.map(({ region, cluster, database, queues, services }) => ({
      region,
      secrets: cluster,
      database,
      queues,
      shifted: services.some(({ deployedBy }) => deployedBy === "codedeploy"),
    })),
    ...split.map(({ region, settings, database }) => ({
      region,
      secrets: settings,
      database,
      queues: [],
      shifted: false,
    })),
  ];
}

export function operations(accountId: string, operated: readonly Operated[]): Record<string, Operation> {
  const each = (service: string, what: (one: Operated) => readonly string[]) =>
    operated.flatMap((one) => what(one).map((resource) => `arn:aws:${service}:${one.region}:${accountId}:${resource}`));
  const all: Record<string, Operation> = {
    PutSecrets: {
      actions: ["secretsmanager:PutSecretValue"],
      resources: each("secretsmanager", ({ secrets }) => [`secret:${secrets}/*`]),
    },
    MakeSnapshots: {
      actions: ["rds:AddTagsToResource", "rds:CreateDBSnapshot"],
      resources: each("rds", ({ database }) => [`db:${database}`, `db:${database}-*`, `snapshot:${database}-*`]),
    },
    MoveDeadLetters: {
      actions: [
        "sqs:CancelMessageMoveTask",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ListMessageMoveTasks",
        "sqs:ReceiveMessage",
        "sqs:StartMessageMoveTask",
      ],
      resources: each("sqs", ({ queues }) => queues.map((queue) => `${queue}-dead-letters`)),
    },
    SendDeadLettersBack: { actions: ["sqs:SendMessage"], resources: each("sqs", ({ queues }) => queues) },
    // These actions support no resource ARN.
    ConfirmDeployments: {
      actions: ["codedeploy:ContinueDeployment", "codedeploy:StopDeployment"],
      resources: operated.some(({ shifted }) => shifted) ? ["*"] : [],
    },
  };
  return Object.fromEntries(Object.entries(all).filter(([, { resources }]) => resources.length > 0));
}
